package io.atalaya.flink.serializer;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.List;

/**
 * The part of a savepoint that identifies a {@link BinarySerializer}: the {@link SerializerNames
 * name} of its type and the {@link RecordSerializer#schema() schema} of its values.
 */
public final class BinarySerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
    private static final int SNAPSHOT_VERSION = 1;

    private Class<T> type;

    /** For Flink, which fills it through {@link #readSnapshot}. */
    public BinarySerializerSnapshot() {}

    BinarySerializerSnapshot(Class<T> type) {
        if (SerializerNames.of(type) == null) {
            throw new UnsupportedOperationException(
                    type
                            + " cannot be kept in state without a name in "
                            + SerializerNames.RESOURCE);
        }
        this.type = type;
    }

    @Override
    public int getCurrentVersion() {
        return SNAPSHOT_VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(SerializerNames.of(type));
        Binary.writeList(RecordSerializer.of(type).schema(), Binary::writeString, out);
    }

    /**
     * Looks up the type.
     *
     * @throws IOException if this build does not have it or writes it differently, because a silent
     *     misread is worse than a stop
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
        String name = in.readUTF();
        type = (Class<T>) SerializerNames.types().get(name);
        if (type == null) {
            throw new IOException("state: got '" + name + "', which this build does not have");
        }
        checkSchema(name, Binary.readList(Binary::readString, in));
    }

    private void checkSchema(String name, List<String> stored) throws IOException {
        List<String> expected = RecordSerializer.of(type).schema();
        for (int i = 0; i < Math.max(stored.size(), expected.size()); i++) {
            String got = i < stored.size() ? stored.get(i) : "no more components";
            String wanted = i < expected.size() ? expected.get(i) : "no more components";
            if (!got.equals(wanted)) {
                throw new IOException(
                        "state '%s': got '%s', expected '%s'".formatted(name, got, wanted));
            }
        }
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new BinarySerializer<>(type);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> oldSnapshot) {
        return oldSnapshot instanceof BinarySerializerSnapshot<T> old && old.type == type
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
