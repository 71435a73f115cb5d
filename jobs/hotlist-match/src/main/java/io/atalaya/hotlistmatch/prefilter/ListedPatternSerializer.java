package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.score.ListedSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link ListedPattern}. */
public final class ListedPatternSerializer implements StateSerializer<ListedPattern> {
    static final ListedPatternSerializer INSTANCE = new ListedPatternSerializer();

    @Override
    public String id() {
        return "pattern-target";
    }

    @Override
    public Class<ListedPattern> type() {
        return ListedPattern.class;
    }

    @Override
    public void write(ListedPattern pattern, DataOutputView out) throws IOException {
        ListedSerializer.INSTANCE.write(pattern.listed(), out);
        out.writeLong(pattern.from());
        out.writeLong(pattern.to());
    }

    @Override
    public ListedPattern read(DataInputView in) throws IOException {
        return new ListedPattern(ListedSerializer.INSTANCE.read(in), in.readLong(), in.readLong());
    }
}
