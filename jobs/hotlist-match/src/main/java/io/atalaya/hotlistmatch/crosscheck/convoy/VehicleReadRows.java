package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.plate.Compass;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.hotlistmatch.event.VehicleRead;
import io.atalaya.hotlistmatch.event.VehicleReadSerializer;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Vehicle reads as bytes, in the order in which they came: of each its length in two bytes, then
 * what {@link VehicleReadSerializer} writes. A search looks at all reads of some minutes and needs
 * few of them, so only these become objects.
 */
final class VehicleReadRows {
    private static final int FIRST_BYTES = 256;
    private static final int MAX_ROW = 0xffff;

    private static final VehicleReadSerializer SERIALIZER = new VehicleReadSerializer();

    /** Receives the rows one by one. */
    @FunctionalInterface
    interface Reader {
        /**
         * @param row valid during the call
         */
        void read(Row row) throws IOException;
    }

    private final DataOutputSerializer rows = new DataOutputSerializer(FIRST_BYTES);

    /** Length in bytes. */
    int length() {
        return rows.length();
    }

    /** Adds a read; without a trace if that fails. */
    void add(VehicleRead vehicleRead) throws IOException {
        int start = rows.length();
        int end = start;
        try {
            rows.writeShort(0);
            SERIALIZER.write(vehicleRead, rows);
            int size = rows.length() - start - Short.BYTES;
            if (size > MAX_ROW) {
                throw new IOException("vehicle read: got " + size + " bytes, expected " + MAX_ROW);
            }
            end = rows.length();
            rows.setPosition(start);
            rows.writeShort(size);
        } finally {
            rows.setPositionUnsafe(end);
        }
    }

    /** Adds a row of others. */
    void add(Row row) throws IOException {
        rows.writeShort(row.end - row.start);
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
            int size = in.readUnsignedShort();
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
            int length = Binary.readStringLength(in);
            return ByteBuffer.wrap(bytes, in.getPosition(), length);
        }

        VehicleRead vehicleRead() throws IOException {
            in.setBuffer(bytes, texts, end - texts);
            return VehicleReadSerializer.read(header, in);
        }
    }
}
