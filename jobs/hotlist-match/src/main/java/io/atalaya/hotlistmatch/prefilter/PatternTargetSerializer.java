package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.score.MatchTargetSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link Prefilter.PatternTarget}. */
public final class PatternTargetSerializer implements StateSerializer<Prefilter.PatternTarget> {
    static final PatternTargetSerializer INSTANCE = new PatternTargetSerializer();

    @Override
    public String id() {
        return "pattern-target";
    }

    @Override
    public Class<Prefilter.PatternTarget> type() {
        return Prefilter.PatternTarget.class;
    }

    @Override
    public void write(Prefilter.PatternTarget pattern, DataOutputView out) throws IOException {
        MatchTargetSerializer.INSTANCE.write(pattern.listed(), out);
        out.writeLong(pattern.from());
        out.writeLong(pattern.to());
    }

    @Override
    public Prefilter.PatternTarget read(DataInputView in) throws IOException {
        return new Prefilter.PatternTarget(
                MatchTargetSerializer.INSTANCE.read(in), in.readLong(), in.readLong());
    }
}
