package io.atalaya.hotlistmatch.registry;

import io.atalaya.hotlist.HotlistEntryFormat;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link EntryVersion}. */
public final class EntryVersionFormat implements BinaryFormat<EntryVersion> {
    public static final EntryVersionFormat INSTANCE = new EntryVersionFormat();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<EntryVersion> type() {
        return EntryVersion.class;
    }

    @Override
    public void write(EntryVersion value, DataOutputView out) throws IOException {
        HotlistEntryFormat.INSTANCE.write(value.entry(), out);
        out.writeLong(value.from());
        out.writeBoolean(value.looksBack());
    }

    @Override
    public EntryVersion read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new EntryVersion(
                HotlistEntryFormat.INSTANCE.read(HotlistEntryFormat.INSTANCE.version(), in),
                in.readLong(),
                in.readBoolean());
    }

    /** Reads a version nested in another form. */
    public static EntryVersion readCurrent(DataInputView in) throws IOException {
        return INSTANCE.read(INSTANCE.version(), in);
    }
}
