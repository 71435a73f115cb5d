package io.atalaya.hotlistmatch.anomaly;

import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link AnomalyCase}. Version 1 did not say whether there is news. */
public final class AnomalyCaseFormat implements BinaryFormat<AnomalyCase> {
    public static final AnomalyCaseFormat INSTANCE = new AnomalyCaseFormat();

    private static final int ANOMALY_VERSION = 1;

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<AnomalyCase> type() {
        return AnomalyCase.class;
    }

    @Override
    public void write(AnomalyCase value, DataOutputView out) throws IOException {
        AnomalyFormat.INSTANCE.write(value.latest(), out);
        out.writeInt(value.revision());
        out.writeBoolean(value.cancelled());
        out.writeBoolean(value.isNews());
    }

    @Override
    public AnomalyCase read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new AnomalyCase(
                AnomalyFormat.INSTANCE.read(ANOMALY_VERSION, in),
                in.readInt(),
                in.readBoolean(),
                version > 1 && in.readBoolean());
    }
}
