package io.atalaya.serde;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** State written by one build and read by the next, through Flink's own snapshot mechanism. */
class BinarySerializerTest {

    /** A lane count: version 1 is one byte, version 2 an int with a name. */
    record Lanes(int count, String name) {}

    public static class LanesFormat implements BinaryFormat<Lanes> {
        @Override
        public int version() {
            return 2;
        }

        @Override
        public Class<Lanes> type() {
            return Lanes.class;
        }

        @Override
        public void write(Lanes value, DataOutputView out) throws IOException {
            out.writeInt(value.count());
            Binary.writeString(value.name(), out);
        }

        @Override
        public Lanes read(int version, DataInputView in) throws IOException {
            requireKnown(version);
            return version == 1
                    ? new Lanes(in.readByte(), "unnamed")
                    : new Lanes(in.readInt(), Binary.readString(in));
        }
    }

    public static final class OtherFormat extends LanesFormat {}

    private static final TypeSerializer<Lanes> CURRENT =
            new LanesFormat().typeInfo().createSerializer(null);

    @Test
    void roundTripsThroughItsSnapshot() throws Exception {
        Lanes lanes = new Lanes(70_000, "Paseo Tollocan");
        byte[] snapshot = write(CURRENT.snapshotConfiguration());
        TypeSerializer<Lanes> restored = read(snapshot).restoreSerializer();
        assertThat(restored).isEqualTo(CURRENT).hasSameHashCodeAs(CURRENT);
        assertThat(restored.deserialize(input(bytes(CURRENT, lanes)))).isEqualTo(lanes);
        assertThat(compatibility(CURRENT, snapshot).isCompatibleAsIs()).isTrue();
    }

    @Test
    void readsAnOlderVersionAndMigrates() throws Exception {
        byte[] snapshot = snapshot(1, LanesFormat.class.getName(), 1);
        assertThat(compatibility(CURRENT, snapshot).isCompatibleAfterMigration()).isTrue();
        TypeSerializer<Lanes> restored = read(snapshot).restoreSerializer();
        assertThat(restored.deserialize(input(new byte[] {6}))).isEqualTo(new Lanes(6, "unnamed"));
        assertThat(restored).isNotEqualTo(CURRENT);
        // Copying bytes migrates them as well: old in, newest out.
        DataOutputSerializer out = new DataOutputSerializer(16);
        restored.copy(input(new byte[] {6}), out);
        assertThat(CURRENT.deserialize(input(out.getCopyOfBuffer())))
                .isEqualTo(new Lanes(6, "unnamed"));
    }

    @Test
    void refusesANewerVersion() throws Exception {
        byte[] snapshot = snapshot(1, LanesFormat.class.getName(), 3);
        assertThat(compatibility(CURRENT, snapshot).isIncompatible()).isTrue();
        TypeSerializer<Lanes> restored = read(snapshot).restoreSerializer();
        assertThatThrownBy(() -> restored.deserialize(input(new byte[8])))
                .isInstanceOf(IOException.class)
                .hasMessage("LanesFormat: version 3 is unknown, this build reads 1 to 2");
    }

    @Test
    void refusesAnUnknownSnapshotVersion() throws Exception {
        byte[] snapshot = snapshot(2, LanesFormat.class.getName(), 1);
        assertThatThrownBy(() -> read(snapshot))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("serializer snapshot version 2 is unknown");
    }

    @Test
    void refusesAnotherFormat() throws Exception {
        byte[] snapshot = snapshot(1, OtherFormat.class.getName(), 1);
        assertThat(compatibility(CURRENT, snapshot).isIncompatible()).isTrue();
        byte[] gone = snapshot(1, "io.atalaya.serde.GoneFormat", 1);
        assertThatThrownBy(() -> read(gone)).isInstanceOf(IOException.class);
        byte[] foreign = snapshot(1, String.class.getName(), 1);
        assertThatThrownBy(() -> read(foreign)).isInstanceOf(IOException.class);
    }

    @Test
    void survivesBeingShippedToATask() throws Exception {
        TypeSerializer<Lanes> shipped = InstantiationUtil.clone(CURRENT);
        Lanes lanes = new Lanes(3, null);
        assertThat(shipped).isEqualTo(CURRENT);
        assertThat(shipped.deserialize(input(bytes(shipped, lanes)))).isEqualTo(lanes);
        assertThat(new LanesFormat().typeInfo())
                .isEqualTo(new LanesFormat().typeInfo())
                .isNotEqualTo(new OtherFormat().typeInfo());
        assertThat(InstantiationUtil.clone(new LanesFormat().typeInfo()).getTypeClass())
                .isEqualTo(Lanes.class);
    }

    private static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }

    private static byte[] write(TypeSerializerSnapshot<Lanes> snapshot) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);
        return out.getCopyOfBuffer();
    }

    /** What a savepoint holds: the snapshot's class and version, the format's class and version. */
    private static byte[] snapshot(int snapshotVersion, String format, int formatVersion)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF(BinarySerializerSnapshot.class.getName());
        out.writeInt(snapshotVersion);
        out.writeUTF(format);
        out.writeInt(formatVersion);
        return out.getCopyOfBuffer();
    }

    private static TypeSerializerSnapshot<Lanes> read(byte[] snapshot) throws IOException {
        return TypeSerializerSnapshot.readVersionedSnapshot(
                input(snapshot), BinarySerializerTest.class.getClassLoader());
    }

    private static TypeSerializerSchemaCompatibility<Lanes> compatibility(
            TypeSerializer<Lanes> now, byte[] before) throws IOException {
        return now.snapshotConfiguration().resolveSchemaCompatibility(read(before));
    }

    private static DataInputDeserializer input(byte[] bytes) {
        return new DataInputDeserializer(bytes);
    }

    @Test
    void theSnapshotIsPlainText() throws Exception {
        assertThat(new String(write(CURRENT.snapshotConfiguration()), StandardCharsets.UTF_8))
                .contains(LanesFormat.class.getName());
    }
}
