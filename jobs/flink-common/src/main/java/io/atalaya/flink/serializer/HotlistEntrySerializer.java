package io.atalaya.flink.serializer;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.plate.Compass;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.List;

/**
 * The serializer of {@link HotlistEntry}, by hand because a million entries cross several edges
 * when the list is loaded.
 */
public final class HotlistEntrySerializer implements RecordSerializer<HotlistEntry> {
    private static final Compass[] POINTS = Compass.values();

    @Override
    public void write(HotlistEntry entry, DataOutputView out) throws IOException {
        Binary.writeString(entry.entryId(), out);
        Binary.writeString(entry.plate(), out);
        Binary.writeString(entry.pattern(), out);
        Binary.writeString(entry.tagId(), out);
        Binary.writeString(entry.country(), out);
        Binary.writeString(entry.state(), out);
        Binary.writeString(entry.reason(), out);
        Binary.writeString(entry.caseNumber(), out);
        Binary.writeString(entry.agency(), out);
        Binary.writeString(entry.source(), out);
        out.writeByte(entry.priority());
        Binary.writeLongOrNull(entry.validFrom(), out);
        Binary.writeLongOrNull(entry.validUntil(), out);
        Binary.writeOptional(entry.vehicle(), VehicleCode::write, out);
        Binary.writeList(entry.scope().sites(), Binary::writeString, out);
        Binary.writeList(entry.scope().devices(), Binary::writeString, out);
        Binary.writeList(
                entry.scope().directions(), (point, o) -> o.writeByte(point.ordinal()), out);
        MatchModeCode.write(entry.match(), out);
        out.writeBoolean(entry.covert());
        Binary.writeList(entry.notified(), Binary::writeString, out);
    }

    @Override
    public HotlistEntry read(DataInputView in) throws IOException {
        return new HotlistEntry(
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                in.readByte(),
                Binary.readLongOrNull(in),
                Binary.readLongOrNull(in),
                Binary.readOptional(VehicleCode::read, in),
                scope(in),
                MatchModeCode.read(in),
                in.readBoolean(),
                Binary.readList(Binary::readString, in));
    }

    private static Scope scope(DataInputView in) throws IOException {
        List<String> sites = Binary.readList(Binary::readString, in);
        List<String> devices = Binary.readList(Binary::readString, in);
        List<Compass> directions = Binary.readList(i -> POINTS[i.readByte()], in);
        return sites.isEmpty() && devices.isEmpty() && directions.isEmpty()
                ? Scope.EVERYWHERE
                : new Scope(sites, devices, directions);
    }
}
