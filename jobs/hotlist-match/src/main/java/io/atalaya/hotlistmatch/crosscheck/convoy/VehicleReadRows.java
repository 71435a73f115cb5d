package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.plate.Compass;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.hotlistmatch.event.VehicleRead;
import io.atalaya.hotlistmatch.event.VehicleReadSerializer;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Vehicle reads as bytes, in the order in which they came: each its length as a var-int, then as
 * {@link VehicleReadSerializer} writes it. A search looks at all reads of some minutes and needs
 * few of them, so only these become objects.
 */
final class VehicleReadRows {
    private static final int TYPICAL_BYTES = 1_024;

    private static final VehicleReadSerializer SERIALIZER = new VehicleReadSerializer();

    /** Receives the rows one by one. */
    @FunctionalInterface
    interface Reader {
        /**
         * @param row valid during the call
         */
        void read(Row row) throws IOException;
    }

    private final DataOutputSerializer rows = new DataOutputSerializer(TYPICAL_BYTES);
    private final DataOutputSerializer next = new DataOutputSerializer(Byte.MAX_VALUE);

    /** Length in bytes. */
    int length() {
        return rows.length();
    }

    void add(VehicleRead vehicleRead) {
        try {
            next.clear();
            SERIALIZER.write(vehicleRead, next);
            Binary.writeVarInt(next.length(), rows);
            rows.write(next.getSharedBuffer(), 0, next.length());
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail", e);
        }
    }

    /** Adds a row of others. */
    void add(Row row) throws IOException {
        Binary.writeVarInt(row.end - row.start, rows);
        rows.write(row.bytes, row.start, row.end - row.start);
    }

    /** Drops what was added since the rows had that length. */
    void truncate(int length) {
        rows.setPosition(length);
    }

    byte[] copy() {
        return rows.getCopyOfBuffer();
    }

    void forEach(Reader reader) throws IOException {
        forEach(rows.getSharedBuffer(), rows.length(), reader);
    }

    /** Passes on the rows of a {@link #copy}. */
    static void forEach(byte[] rows, Reader reader) throws IOException {
        forEach(rows, rows.length, reader);
    }

    private static void forEach(byte[] rows, int length, Reader reader) throws IOException {
        Row row = new Row(rows);
        DataInputDeserializer in = new DataInputDeserializer(rows, 0, length);
        while (in.available() > 0) {
            int size = Binary.readVarInt(in);
            row.select(in.getPosition(), size);
            in.skipBytesToRead(size);
            reader.read(row);
        }
    }

    /** One row. */
    static final class Row {
        private final byte[] bytes;
        private final DataInputDeserializer in = new DataInputDeserializer();
        private final VehicleReadSerializer.Header header = new VehicleReadSerializer.Header();
        private int start;
        private int texts;
        private int end;

        private Row(byte[] bytes) {
            this.bytes = bytes;
        }

        private void select(int from, int size) throws IOException {
            start = from;
            end = from + size;
            in.setBuffer(bytes, start, size);
            header.read(in);
            texts = in.getPosition();
        }

        long deviceTime() {
            return header.deviceTime();
        }

        long causedAt() {
            return header.causedAt();
        }

        boolean isOfTag() {
            return header.isOfTag();
        }

        Compass direction() throws IOException {
            return header.direction();
        }

        /** The UTF-8 of the readId that names the passage; no copy. */
        ByteBuffer firstReadId() throws IOException {
            in.setBuffer(bytes, texts, end - texts);
            int length = Binary.readVarInt(in) - 1;
            return ByteBuffer.wrap(bytes, in.getPosition(), length);
        }

        /** Whether one of these is the UTF-8 of the readId that names the passage. */
        boolean isOfAny(List<byte[]> firstReadIds) throws IOException {
            in.setBuffer(bytes, texts, end - texts);
            int length = Binary.readVarInt(in) - 1;
            int from = in.getPosition();
            for (byte[] id : firstReadIds) {
                if (Arrays.equals(bytes, from, from + length, id, 0, id.length)) {
                    return true;
                }
            }
            return false;
        }

        VehicleRead vehicleRead() throws IOException {
            in.setBuffer(bytes, texts, end - texts);
            return VehicleReadSerializer.read(header, in);
        }
    }
}
