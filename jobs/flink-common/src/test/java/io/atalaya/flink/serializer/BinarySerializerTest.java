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
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** State that a build restores by the names of its types, through Flink's own snapshots. */
class BinarySerializerTest {

    private record Lanes(
            int count, Long since, List<Shape> signs, Map<String, Double> lengths, Packed packed) {}

    private record OtherLanes(int count) {}

    private record Unnamed(int count) {}

    private record Packed(int value) {}

    sealed interface Shape permits Circle, Square {}

    private record Circle(double radius) implements Shape {}

    private record Square(double side, Kind kind) implements Shape {}

    enum Kind {
        STOP
    }

    private static final class PackedSerializer implements RecordSerializer<Packed> {
        @Override
        public void write(Packed value, DataOutputView out) throws IOException {
            out.writeByte(value.value());
        }

        @Override
        public Packed read(DataInputView in) throws IOException {
            return new Packed(in.readByte());
        }
    }

    private static final Lanes LANES =
            new Lanes(
                    70_000,
                    null,
                    List.of(new Circle(0.5), new Square(2, Kind.STOP)),
                    Map.of("b", 1.5, "a", 2.5),
                    new Packed(7));

    private static final String[] SCHEMA = {
        "count: int",
        "since?: long",
        "signs[]? is circle",
        "signs[]?(circle).radius: double",
        "signs[]? is square",
        "signs[]?(square).side: double",
        "signs[]?(square).kind?: enum",
        "lengths{key}: text",
        "lengths{value}?: double",
        "packed?: version 1"
    };

    private static final TypeSerializer<Lanes> CURRENT =
            BinaryTypeInfo.of(Lanes.class).createSerializer(null);

    @Test
    void roundTripsThroughItsSnapshot() throws Exception {
        byte[] snapshot = write(CURRENT.snapshotConfiguration());
        TypeSerializer<Lanes> restored = read(snapshot).restoreSerializer();
        assertThat(restored).isEqualTo(CURRENT).hasSameHashCodeAs(CURRENT);
        assertThat(restored.deserialize(input(bytes(CURRENT, LANES)))).isEqualTo(LANES);
        assertThat(compatibility(CURRENT, snapshot).isCompatibleAsIs()).isTrue();
    }

    @Test
    void namesTheTypeAndNoClassButTheSnapshot() throws Exception {
        assertThat(write(CURRENT.snapshotConfiguration())).isEqualTo(snapshot(1, "lanes", SCHEMA));
    }

    @Test
    void rejectsAChangedComponent() throws Exception {
        String[] changed = SCHEMA.clone();
        changed[1] = "since: long";
        byte[] snapshot = snapshot(1, "lanes", changed);
        assertThatThrownBy(() -> read(snapshot))
                .isInstanceOf(IOException.class)
                .hasMessage("state 'lanes': got 'since: long', expected 'since?: long'");
    }

    @Test
    void rejectsAMissingComponent() throws Exception {
        byte[] snapshot = snapshot(1, "lanes", "count: int");
        assertThatThrownBy(() -> read(snapshot))
                .isInstanceOf(IOException.class)
                .hasMessage("state 'lanes': got 'no more components', expected 'since?: long'");
    }

    @Test
    void rejectsAnotherSnapshotVersion() throws Exception {
        byte[] snapshot = snapshot(2, "lanes", SCHEMA);
        assertThatThrownBy(() -> read(snapshot))
                .isInstanceOf(IOException.class)
                .hasMessage("serializer snapshot: got version 2, expected 1");
    }

    @Test
    void rejectsAnUnknownName() throws Exception {
        byte[] snapshot = snapshot(1, "gone");
        assertThatThrownBy(() -> read(snapshot))
                .isInstanceOf(IOException.class)
                .hasMessage("state: got 'gone', which this build does not have");
    }

    @Test
    void rejectsTheTypeOfAnotherState() throws Exception {
        byte[] snapshot = snapshot(1, "other-lanes", "count: int");
        assertThat(compatibility(CURRENT, snapshot).isIncompatible()).isTrue();
    }

    @Test
    void rejectsToKeepATypeWithoutAName() {
        TypeSerializer<Unnamed> edge = BinaryTypeInfo.of(Unnamed.class).createSerializer(null);
        assertThatThrownBy(edge::snapshotConfiguration)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageEndingWith(
                        "Unnamed cannot be kept in state without a name in"
                                + " META-INF/atalaya/serializers.properties");
    }

    @Test
    void survivesBeingShippedToATask() throws Exception {
        TypeSerializer<Lanes> shipped = InstantiationUtil.clone(CURRENT);
        assertThat(shipped).isEqualTo(CURRENT);
        assertThat(shipped.deserialize(input(bytes(shipped, LANES)))).isEqualTo(LANES);
        assertThat(BinaryTypeInfo.of(Lanes.class))
                .isEqualTo(BinaryTypeInfo.of(Lanes.class))
                .isNotEqualTo(BinaryTypeInfo.of(OtherLanes.class));
        assertThat(InstantiationUtil.clone(BinaryTypeInfo.of(Lanes.class)).getTypeClass())
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

    /** What a savepoint holds: the snapshot's class and version, the type's name and schema. */
    private static byte[] snapshot(int version, String name, String... schema) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF(BinarySerializerSnapshot.class.getName());
        out.writeInt(version);
        out.writeUTF(name);
        Binary.writeList(List.of(schema), Binary::writeString, out);
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
