package io.atalaya.hotlistmatch.anomaly;

import io.atalaya.alert.AlertFormat;
import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Anomaly}. Version 1 holds version 2 of an alert. */
public final class AnomalyFormat implements BinaryFormat<Anomaly> {
    public static final AnomalyFormat INSTANCE = new AnomalyFormat();

    private static final int ALERT_OF_VERSION_1 = 2;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<Anomaly> type() {
        return Anomaly.class;
    }

    @Override
    public void write(Anomaly anomaly, DataOutputView out) throws IOException {
        AlertFormat.INSTANCE.write(anomaly.draft(), out);
        Binary.writeList(anomaly.plates(), Binary::writeString, out);
        Binary.writeList(anomaly.tags(), Binary::writeString, out);
        out.writeLong(anomaly.arrival());
    }

    @Override
    public Anomaly read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new Anomaly(
                AlertFormat.INSTANCE.read(ALERT_OF_VERSION_1, in),
                Binary.readList(Binary::readString, in),
                Binary.readList(Binary::readString, in),
                in.readLong());
    }
}
