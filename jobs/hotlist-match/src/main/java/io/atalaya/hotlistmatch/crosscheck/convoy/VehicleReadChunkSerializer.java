package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.crosscheck.convoy.RecentVehicleReads.VehicleReadChunk;
import io.atalaya.hotlistmatch.event.VehicleReadSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of {@link VehicleReadChunk}; its versions are those of {@link VehicleReadSerializer}.
 */
public final class VehicleReadChunkSerializer implements StateSerializer<VehicleReadChunk> {
    static final VehicleReadChunkSerializer INSTANCE = new VehicleReadChunkSerializer();

    @Override
    public String id() {
        return "vehicle-read-chunk";
    }

    @Override
    public Class<VehicleReadChunk> type() {
        return VehicleReadChunk.class;
    }

    @Override
    public void write(VehicleReadChunk chunk, DataOutputView out) throws IOException {
        Binary.writeList(chunk.vehicleReads(), VehicleReadSerializer.INSTANCE::write, out);
    }

    @Override
    public VehicleReadChunk read(DataInputView in) throws IOException {
        return new VehicleReadChunk(Binary.readList(VehicleReadSerializer.INSTANCE::read, in));
    }
}
