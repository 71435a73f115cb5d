package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.score.MatchTargetSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link PatternTarget}. */
public final class PatternTargetSerializer implements StateSerializer<PatternTarget> {
    static final PatternTargetSerializer INSTANCE = new PatternTargetSerializer();

    @Override
    public String id() {
        return "pattern-target";
    }

    @Override
    public Class<PatternTarget> type() {
        return PatternTarget.class;
    }

    @Override
    public void write(PatternTarget pattern, DataOutputView out) throws IOException {
        MatchTargetSerializer.INSTANCE.write(pattern.listed(), out);
        out.writeLong(pattern.from());
        out.writeLong(pattern.to());
    }

    @Override
    public PatternTarget read(DataInputView in) throws IOException {
        return new PatternTarget(
                MatchTargetSerializer.INSTANCE.read(in), in.readLong(), in.readLong());
    }
}
