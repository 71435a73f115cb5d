package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link EndedPlate}. */
public final class EndedPlateFormat implements BinaryFormat<EndedPlate> {
    static final EndedPlateFormat INSTANCE = new EndedPlateFormat();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<EndedPlate> type() {
        return EndedPlate.class;
    }

    @Override
    public void write(EndedPlate ended, DataOutputView out) throws IOException {
        out.writeLong(ended.plate());
        out.writeLong(ended.to());
    }

    @Override
    public EndedPlate read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new EndedPlate(in.readLong(), in.readLong());
    }
}
