package io.atalaya.flink.serializer;

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** State that a build restores by the ids of its serializers, through Flink's own snapshots. */
class BinarySerializerTest {

    record Lanes(int count, String name) {}

    public static class LanesFormat implements StateSerializer<Lanes> {
        @Override
        public String id() {
            return "lanes";
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
        public Lanes read(DataInputView in) throws IOException {
            return new Lanes(in.readInt(), Binary.readString(in));
        }
    }

    public static final class OtherFormat extends LanesFormat {
        @Override
        public String id() {
            return "other-lanes";
        }
    }

    /** A serializer for edges only, not for state. */
    public static final class EdgeFormat implements RecordSerializer<Lanes> {
        @Override
        public Class<Lanes> type() {
            return Lanes.class;
        }

        @Override
        public void write(Lanes value, DataOutputView out) throws IOException {
            out.writeInt(value.count());
        }

        @Override
        public Lanes read(DataInputView in) throws IOException {
            return new Lanes(in.readInt(), null);
        }
    }

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
    void namesTheFormByItsIdAndNoClassButItsOwn() throws Exception {
        assertThat(write(CURRENT.snapshotConfiguration())).isEqualTo(snapshot(1, "lanes", 1));
    }

    @Test
    void refusesAnotherVersion() throws Exception {
        byte[] snapshot = snapshot(1, "lanes", 2);
        assertThatThrownBy(() -> read(snapshot))
                .isInstanceOf(IOException.class)
                .hasMessage("state format 'lanes': got version 2, expected 1");
    }

    @Test
    void refusesAnotherSnapshotVersion() throws Exception {
        byte[] snapshot = snapshot(2, "lanes", 1);
        assertThatThrownBy(() -> read(snapshot))
                .isInstanceOf(IOException.class)
                .hasMessage("serializer snapshot: got version 2, expected 1");
    }

    @Test
    void refusesAnUnknownForm() throws Exception {
        byte[] snapshot = snapshot(1, "gone", 1);
        assertThatThrownBy(() -> read(snapshot))
                .isInstanceOf(IOException.class)
                .hasMessage("state format: got 'gone', which this build does not have");
    }

    @Test
    void refusesTheFormOfAnotherState() throws Exception {
        byte[] snapshot = snapshot(1, "other-lanes", 1);
        assertThat(compatibility(CURRENT, snapshot).isIncompatible()).isTrue();
    }

    @Test
    void refusesToKeepAFormForEdges() {
        TypeSerializer<Lanes> edge = new EdgeFormat().typeInfo().createSerializer(null);
        assertThatThrownBy(edge::snapshotConfiguration)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(
                        "EdgeFormat is for edges only: a form that is kept in state must be a"
                                + " StateSerializer");
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

    /**
     * The content of a savepoint: the snapshot's class and version, the serializer's id and
     * version.
     */
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
}
