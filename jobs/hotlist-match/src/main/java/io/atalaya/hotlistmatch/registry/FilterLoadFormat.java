package io.atalaya.hotlistmatch.registry;

import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link FilterLoad}. */
public final class FilterLoadFormat implements BinaryFormat<FilterLoad> {
    static final FilterLoadFormat INSTANCE = new FilterLoadFormat();

    @Override
    public int version() {
        return 1;
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
    public FilterLoad read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new FilterLoad(in.readInt(), in.readInt(), in.readInt());
    }
}
