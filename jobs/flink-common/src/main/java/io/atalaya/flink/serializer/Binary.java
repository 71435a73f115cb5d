package io.atalaya.flink.serializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The building blocks of {@link RecordSerializer}s: absent values, strings, lists, small numbers.
 */
public final class Binary {
    private static final int ABSENT = 0;

    private Binary() {}

    /** Writes one element. */
    @FunctionalInterface
    public interface Writer<T> {
        void write(T value, DataOutputView out) throws IOException;
    }

    /** Reads one element. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(DataInputView in) throws IOException;
    }

    /** A string or null: a var-int of the length plus one, then UTF-8. */
    public static void writeString(String text, DataOutputView out) throws IOException {
        if (text == null) {
            out.writeByte(ABSENT);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeVarInt(bytes.length + 1, out);
        out.write(bytes);
    }

    /** The number of bytes of a string, which follow; -1 if it is null. */
    public static int readStringLength(DataInputView in) throws IOException {
        return readVarInt(in) - 1;
    }

    public static String readString(DataInputView in) throws IOException {
        int length = readStringLength(in);
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A non-negative int in seven-bit groups, least significant first. */
    public static void writeVarInt(int value, DataOutputView out) throws IOException {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.writeByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    public static int readVarInt(DataInputView in) throws IOException {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 7) {
            int part = in.readByte();
            value |= (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IOException("a var-int of more than five bytes");
    }

    /** A long in seven-bit groups, least significant first; short for small non-negative values. */
    public static void writeVarLong(long value, DataOutputView out) throws IOException {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    public static long readVarLong(DataInputView in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int part = in.readByte();
            value |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IOException("a var-long of more than ten bytes");
    }

    /**
     * The difference of {@code value} from a number that the reader knows; short for near values.
     */
    public static void writeDistance(long value, long from, DataOutputView out) throws IOException {
        long distance = value - from;
        // Moves the sign to the last bit, so that small negative differences are short too.
        writeVarLong(distance << 1 ^ distance >> 63, out);
    }

    public static long readDistance(long from, DataInputView in) throws IOException {
        long written = readVarLong(in);
        return from + (written >>> 1 ^ -(written & 1));
    }

    public static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
        writeVarInt(bytes.length, out);
        out.write(bytes);
    }

    public static byte[] readBytes(DataInputView in) throws IOException {
        byte[] bytes = new byte[readVarInt(in)];
        in.readFully(bytes);
        return bytes;
    }

    /** A value or null. */
    public static <T> void writeOptional(T value, Writer<T> writer, DataOutputView out)
            throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            writer.write(value, out);
        }
    }

    public static <T> T readOptional(Reader<T> reader, DataInputView in) throws IOException {
        return in.readBoolean() ? reader.read(in) : null;
    }

    public static <T> void writeList(List<T> values, Writer<T> writer, DataOutputView out)
            throws IOException {
        writeVarInt(values.size(), out);
        for (T value : values) {
            writer.write(value, out);
        }
    }

    public static <T> List<T> readList(Reader<T> reader, DataInputView in) throws IOException {
        int size = readVarInt(in);
        if (size == 0) {
            return List.of();
        }
        List<T> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(reader.read(in));
        }
        return List.copyOf(values);
    }

    public static void writeLongOrNull(Long value, DataOutputView out) throws IOException {
        writeOptional(value, (v, o) -> o.writeLong(v), out);
    }

    public static Long readLongOrNull(DataInputView in) throws IOException {
        return readOptional(DataInputView::readLong, in);
    }

    public static void writeDoubleOrNull(Double value, DataOutputView out) throws IOException {
        writeOptional(value, (v, o) -> o.writeDouble(v), out);
    }

    public static Double readDoubleOrNull(DataInputView in) throws IOException {
        return readOptional(DataInputView::readDouble, in);
    }
}
