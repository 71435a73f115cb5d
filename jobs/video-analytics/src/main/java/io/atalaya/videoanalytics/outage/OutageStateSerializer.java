package io.atalaya.videoanalytics.outage;

import io.atalaya.flink.serializer.AlertSerializer;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Serializer of {@link OutageState}. */
public final class OutageStateSerializer implements StateSerializer<OutageState> {
    public static final OutageStateSerializer INSTANCE = new OutageStateSerializer();

    @Override
    public String id() {
        return "outage-state";
    }

    @Override
    public Class<OutageState> type() {
        return OutageState.class;
    }

    @Override
    public void write(OutageState memory, DataOutputView out) throws IOException {
        Binary.writeList(memory.steady(), Binary::writeString, out);
        Binary.writeList(
                List.copyOf(new TreeMap<>(memory.quiet()).entrySet()),
                (each, o) -> {
                    Binary.writeString(each.getKey(), o);
                    o.writeLong(each.getValue());
                },
                out);
        Binary.writeList(memory.known(), Binary::writeString, out);
        Binary.writeList(memory.suppressed(), AlertSerializer.INSTANCE::write, out);
        Binary.writeOptional(memory.outage(), OutageStateSerializer::writeOutage, out);
        out.writeLong(memory.overSince());
        out.writeLong(memory.arrival());
    }

    private static void writeOutage(Outage outage, DataOutputView out) throws IOException {
        out.writeLong(outage.since());
        out.writeInt(outage.cameras());
        out.writeInt(outage.most());
        out.writeInt(outage.limit());
        out.writeLong(outage.revision());
        out.writeInt(outage.emitted());
        out.writeBoolean(outage.wasSeen());
    }

    @Override
    public OutageState read(DataInputView in) throws IOException {
        List<String> steady = Binary.readList(Binary::readString, in);
        Map<String, Long> quiet = new HashMap<>();
        Binary.readList(i -> quiet.put(Binary.readString(i), i.readLong()) == null, in);
        return new OutageState(
                steady,
                Map.copyOf(quiet),
                Binary.readList(Binary::readString, in),
                Binary.readList(AlertSerializer.INSTANCE::read, in),
                Binary.readOptional(
                        i ->
                                new Outage(
                                        i.readLong(),
                                        i.readInt(),
                                        i.readInt(),
                                        i.readInt(),
                                        i.readLong(),
                                        i.readInt(),
                                        i.readBoolean()),
                        in),
                in.readLong(),
                in.readLong());
    }
}
