package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.hotlistmatch.score.ListedFormat;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link ListedPattern}. */
public final class ListedPatternFormat implements BinaryFormat<ListedPattern> {
    static final ListedPatternFormat INSTANCE = new ListedPatternFormat();

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<ListedPattern> type() {
        return ListedPattern.class;
    }

    @Override
    public void write(ListedPattern pattern, DataOutputView out) throws IOException {
        ListedFormat.INSTANCE.write(pattern.listed(), out);
        out.writeLong(pattern.from());
        out.writeLong(pattern.to());
    }

    @Override
    public ListedPattern read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new ListedPattern(
                ListedFormat.INSTANCE.read(version, in), in.readLong(), in.readLong());
    }
}
