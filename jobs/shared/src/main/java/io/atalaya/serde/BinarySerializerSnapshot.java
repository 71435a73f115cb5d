package io.atalaya.serde;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

import java.io.IOException;

/** What a savepoint remembers of a {@link BinarySerializer}: the format's class and version. */
public final class BinarySerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
    private static final int SNAPSHOT_VERSION = 1;

    private BinaryFormat<T> format;
    private int formatVersion;

    /** For Flink, which fills it by {@link #readSnapshot}. */
    public BinarySerializerSnapshot() {}

    BinarySerializerSnapshot(BinaryFormat<T> format, int formatVersion) {
        this.format = format;
        this.formatVersion = formatVersion;
    }

    @Override
    public int getCurrentVersion() {
        return SNAPSHOT_VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(format.getClass().getName());
        out.writeInt(formatVersion);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader)
            throws IOException {
        if (readVersion != SNAPSHOT_VERSION) {
            throw new IOException("serializer snapshot version " + readVersion + " is unknown");
        }
        Class<?> formatClass =
                InstantiationUtil.resolveClassByName(in, classLoader, BinaryFormat.class);
        format = BinarySerializer.instantiate((Class<? extends BinaryFormat<T>>) formatClass);
        formatVersion = in.readInt();
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new BinarySerializer<>(format, formatVersion);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> oldSnapshot) {
        if (!(oldSnapshot instanceof BinarySerializerSnapshot<T> old)
                || old.format.getClass() != format.getClass()
                || old.formatVersion > formatVersion) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        return old.formatVersion == formatVersion
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }
}
