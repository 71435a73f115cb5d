package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link EndedPlate}. */
public final class EndedPlateSerializer implements StateSerializer<EndedPlate> {
    static final EndedPlateSerializer INSTANCE = new EndedPlateSerializer();

    @Override
    public String id() {
        return "ended-plate";
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
    public EndedPlate read(DataInputView in) throws IOException {
        return new EndedPlate(in.readLong(), in.readLong());
    }
}
