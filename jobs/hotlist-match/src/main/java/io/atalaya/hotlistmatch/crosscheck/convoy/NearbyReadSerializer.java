package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.event.AssignedTagSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link NearbyRead}. */
public final class NearbyReadSerializer implements RecordSerializer<NearbyRead> {
    static final NearbyReadSerializer INSTANCE = new NearbyReadSerializer();

    @Override
    public Class<NearbyRead> type() {
        return NearbyRead.class;
    }

    @Override
    public void write(NearbyRead vehicleRead, DataOutputView out) throws IOException {
        Binary.writeString(vehicleRead.readId(), out);
        Binary.writeString(vehicleRead.plate(), out);
        out.writeLong(vehicleRead.time());
        out.writeLong(vehicleRead.arrival());
        out.writeLong(vehicleRead.retractedAt());
        Binary.writeList(vehicleRead.tags(), AssignedTagSerializer.INSTANCE::write, out);
    }

    @Override
    public NearbyRead read(DataInputView in) throws IOException {
        return new NearbyRead(
                Binary.readString(in),
                Binary.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Binary.readList(AssignedTagSerializer.INSTANCE::read, in));
    }
}
