package io.atalaya.flink.serializer;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * The part of a savepoint that identifies a {@link BinarySerializer}: the id and version of its
 * {@link StateSerializer}.
 */
public final class BinarySerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
    private static final int SNAPSHOT_VERSION = 1;

    private StateSerializer<T> format;

    /** For Flink, which fills it through {@link #readSnapshot}. */
    public BinarySerializerSnapshot() {}

    BinarySerializerSnapshot(StateSerializer<T> format) {
        this.format = format;
    }

    @Override
    public int getCurrentVersion() {
        return SNAPSHOT_VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(format.id());
        out.writeInt(format.version());
    }

    /**
     * Looks up the serializer.
     *
     * @throws IOException if this build does not have it, because a silent misread is worse than a
     *     stop
     */
    @Override
    @SuppressWarnings("unchecked")
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader)
            throws IOException {
        if (readVersion != SNAPSHOT_VERSION) {
            throw new IOException(
                    "serializer snapshot: got version %d, expected %d"
                            .formatted(readVersion, SNAPSHOT_VERSION));
        }
        format = (StateSerializer<T>) StateSerializer.of(in.readUTF(), classLoader);
        int version = in.readInt();
        if (version != format.version()) {
            throw new IOException(
                    "state format '%s': got version %d, expected %d"
                            .formatted(format.id(), version, format.version()));
        }
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new BinarySerializer<>(format);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> oldSnapshot) {
        return oldSnapshot instanceof BinarySerializerSnapshot<T> old
                        && old.format.id().equals(format.id())
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
