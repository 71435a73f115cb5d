package io.atalaya.hotlistmatch.registry;

import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Binary form of {@link FilterLoad}. The filters of version 1 did not hold plates by themselves;
 * version 2 did not say whether they did.
 */
public final class FilterLoadFormat implements BinaryFormat<FilterLoad> {
    static final FilterLoadFormat INSTANCE = new FilterLoadFormat();

    @Override
    public int version() {
        return 3;
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
        out.writeBoolean(load.holdsWhole());
    }

    @Override
    public FilterLoad read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new FilterLoad(
                in.readInt(), in.readInt(), in.readInt(), version >= 3 && in.readBoolean());
    }
}
