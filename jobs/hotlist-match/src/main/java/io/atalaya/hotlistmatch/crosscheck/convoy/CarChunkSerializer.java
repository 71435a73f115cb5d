package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.event.CarSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link CarChunk}; its versions are those of {@link CarSerializer}. */
public final class CarChunkSerializer implements StateSerializer<CarChunk> {
    static final CarChunkSerializer INSTANCE = new CarChunkSerializer();

    @Override
    public String id() {
        return "vehicle-read-chunk";
    }

    @Override
    public Class<CarChunk> type() {
        return CarChunk.class;
    }

    @Override
    public void write(CarChunk chunk, DataOutputView out) throws IOException {
        Binary.writeList(chunk.cars(), CarSerializer.INSTANCE::write, out);
    }

    @Override
    public CarChunk read(DataInputView in) throws IOException {
        return new CarChunk(Binary.readList(CarSerializer.INSTANCE::read, in));
    }
}
