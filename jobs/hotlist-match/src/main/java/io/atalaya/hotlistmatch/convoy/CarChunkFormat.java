package io.atalaya.hotlistmatch.convoy;

import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link CarChunk}; its versions are those of {@link CarFormat}. */
public final class CarChunkFormat implements BinaryFormat<CarChunk> {
    static final CarChunkFormat INSTANCE = new CarChunkFormat();

    @Override
    public int version() {
        return 2;
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
    public CarChunk read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new CarChunk(Binary.readList(i -> CarFormat.INSTANCE.read(version, i), in));
    }
}
