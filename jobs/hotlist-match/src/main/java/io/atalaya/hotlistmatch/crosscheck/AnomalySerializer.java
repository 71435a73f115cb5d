package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.flink.serializer.AlertSerializer;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.event.ReadOrigin;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Anomaly}. */
public final class AnomalySerializer implements StateSerializer<Anomaly> {
    public static final AnomalySerializer INSTANCE = new AnomalySerializer();

    @Override
    public String id() {
        return "cross-check-finding";
    }

    @Override
    public Class<Anomaly> type() {
        return Anomaly.class;
    }

    @Override
    public void write(Anomaly anomaly, DataOutputView out) throws IOException {
        AlertSerializer.INSTANCE.write(anomaly.draft(), out);
        Binary.writeList(anomaly.plates(), Binary::writeString, out);
        Binary.writeList(anomaly.tags(), Binary::writeString, out);
        out.writeLong(anomaly.arrival());
        anomaly.read().write(out);
    }

    @Override
    public Anomaly read(DataInputView in) throws IOException {
        return new Anomaly(
                AlertSerializer.INSTANCE.read(in),
                Binary.readList(Binary::readString, in),
                Binary.readList(Binary::readString, in),
                in.readLong(),
                ReadOrigin.read(in));
    }
}
