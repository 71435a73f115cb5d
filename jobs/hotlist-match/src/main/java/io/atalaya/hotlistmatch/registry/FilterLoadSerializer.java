package io.atalaya.hotlistmatch.registry;

import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link FilterLoad}. */
public final class FilterLoadSerializer implements StateSerializer<FilterLoad> {
    static final FilterLoadSerializer INSTANCE = new FilterLoadSerializer();

    @Override
    public String id() {
        return "filter-load";
    }

    @Override
    public Class<FilterLoad> type() {
        return FilterLoad.class;
    }

    @Override
    public void write(FilterLoad load, DataOutputView out) throws IOException {
        out.writeInt(load.capacity());
        out.writeInt(load.added());
        out.writeInt(load.live());
    }

    @Override
    public FilterLoad read(DataInputView in) throws IOException {
        return new FilterLoad(in.readInt(), in.readInt(), in.readInt());
    }
}
