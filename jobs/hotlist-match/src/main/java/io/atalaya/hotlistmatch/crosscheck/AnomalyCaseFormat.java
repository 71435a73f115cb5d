package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.flink.serializer.StateFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link AnomalyCase}. */
public final class AnomalyCaseFormat implements StateFormat<AnomalyCase> {
    public static final AnomalyCaseFormat INSTANCE = new AnomalyCaseFormat();

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
        AnomalyFormat.INSTANCE.write(value.latest(), out);
        out.writeLong(value.facts());
        out.writeLong(value.revision());
        out.writeBoolean(value.cancelled());
        out.writeBoolean(value.isNews());
    }

    @Override
    public AnomalyCase read(DataInputView in) throws IOException {
        return new AnomalyCase(
                AnomalyFormat.INSTANCE.read(in),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readBoolean());
    }
}
