package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.flink.serializer.AlertSerializer;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.event.ReadOrigin;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link CrossCheckFinding}. */
public final class CrossCheckFindingSerializer implements StateSerializer<CrossCheckFinding> {
    public static final CrossCheckFindingSerializer INSTANCE = new CrossCheckFindingSerializer();

    @Override
    public String id() {
        return "cross-check-finding";
    }

    @Override
    public Class<CrossCheckFinding> type() {
        return CrossCheckFinding.class;
    }

    @Override
    public void write(CrossCheckFinding crossCheckFinding, DataOutputView out) throws IOException {
        AlertSerializer.INSTANCE.write(crossCheckFinding.derivedAlert(), out);
        Binary.writeList(crossCheckFinding.plates(), Binary::writeString, out);
        Binary.writeList(crossCheckFinding.tags(), Binary::writeString, out);
        out.writeLong(crossCheckFinding.arrival());
        crossCheckFinding.read().write(out);
    }

    @Override
    public CrossCheckFinding read(DataInputView in) throws IOException {
        return new CrossCheckFinding(
                AlertSerializer.INSTANCE.read(in),
                Binary.readList(Binary::readString, in),
                Binary.readList(Binary::readString, in),
                in.readLong(),
                ReadOrigin.read(in));
    }
}
