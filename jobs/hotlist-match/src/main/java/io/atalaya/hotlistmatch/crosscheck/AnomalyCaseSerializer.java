package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link AnomalyCase}. */
public final class AnomalyCaseSerializer implements StateSerializer<AnomalyCase> {
    public static final AnomalyCaseSerializer INSTANCE = new AnomalyCaseSerializer();

    @Override
    public String id() {
        return "cross-check-alert";
    }

    @Override
    public Class<AnomalyCase> type() {
        return AnomalyCase.class;
    }

    @Override
    public void write(AnomalyCase value, DataOutputView out) throws IOException {
        AnomalySerializer.INSTANCE.write(value.latest(), out);
        out.writeLong(value.facts());
        out.writeLong(value.revision());
        out.writeBoolean(value.cancelled());
        out.writeBoolean(value.isNews());
    }

    @Override
    public AnomalyCase read(DataInputView in) throws IOException {
        return new AnomalyCase(
                AnomalySerializer.INSTANCE.read(in),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readBoolean());
    }
}
