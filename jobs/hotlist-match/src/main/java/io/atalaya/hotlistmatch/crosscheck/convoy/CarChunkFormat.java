package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateFormat;
import io.atalaya.hotlistmatch.event.CarFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link CarChunk}; its versions are those of {@link CarFormat}. */
public final class CarChunkFormat implements StateFormat<CarChunk> {
    static final CarChunkFormat INSTANCE = new CarChunkFormat();

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
        Binary.writeList(chunk.cars(), CarFormat.INSTANCE::write, out);
    }

    @Override
    public CarChunk read(DataInputView in) throws IOException {
        return new CarChunk(Binary.readList(CarFormat.INSTANCE::read, in));
    }
}
