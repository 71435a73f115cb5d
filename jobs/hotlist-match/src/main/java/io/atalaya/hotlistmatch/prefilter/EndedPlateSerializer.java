package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link HotlistFilter.EndedPlate}. */
public final class EndedPlateSerializer implements StateSerializer<HotlistFilter.EndedPlate> {
    static final EndedPlateSerializer INSTANCE = new EndedPlateSerializer();

    @Override
    public String id() {
        return "ended-plate";
    }

    @Override
    public Class<HotlistFilter.EndedPlate> type() {
        return HotlistFilter.EndedPlate.class;
    }

    @Override
    public void write(HotlistFilter.EndedPlate ended, DataOutputView out) throws IOException {
        out.writeLong(ended.plate());
        out.writeLong(ended.to());
    }

    @Override
    public HotlistFilter.EndedPlate read(DataInputView in) throws IOException {
        return new HotlistFilter.EndedPlate(in.readLong(), in.readLong());
    }
}
