package io.atalaya.flink.serializer;

import io.atalaya.contracts.plate.PlateArbitraries;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BinaryTest {

    @Provide
    Arbitrary<List<String>> texts() {
        return PlateArbitraries.text(0, 300).list().ofMaxSize(300);
    }

    @Provide
    Arbitrary<String> textOrNull() {
        return PlateArbitraries.text(0, 300).injectNull(0.2);
    }

    @Provide
    Arbitrary<Long> longOrNull() {
        return Arbitraries.longs().injectNull(0.2);
    }

    @Provide
    Arbitrary<Double> doubleOrNull() {
        return Arbitraries.doubles().injectNull(0.2);
    }

    /**
     * All values in one buffer, so that a reader that takes a byte too many breaks the next one.
     */
    @Property
    void whatIsWrittenIsReadAgain(
            @ForAll("textOrNull") String text,
            @ForAll int number,
            @ForAll long large,
            @ForAll long from,
            @ForAll("longOrNull") Long time,
            @ForAll("doubleOrNull") Double fraction,
            @ForAll("texts") List<String> texts)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        Binary.writeString(text, out);
        Binary.writeVarInt(number, out);
        Binary.writeVarLong(large, out);
        Binary.writeDistance(large, from, out);
        Binary.writeLongOrNull(time, out);
        Binary.writeDoubleOrNull(fraction, out);
        Binary.writeList(texts, Binary::writeString, out);
        Binary.writeOptional(text, Binary::writeString, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(Binary.readString(in)).isEqualTo(text);
        assertThat(Binary.readVarInt(in)).isEqualTo(number);
        assertThat(Binary.readVarLong(in)).isEqualTo(large);
        assertThat(Binary.readDistance(from, in)).isEqualTo(large);
        assertThat(Binary.readLongOrNull(in)).isEqualTo(time);
        assertThat(Binary.readDoubleOrNull(in)).isEqualTo(fraction);
        assertThat(Binary.readList(Binary::readString, in)).isEqualTo(texts);
        assertThat(Binary.readOptional(Binary::readString, in)).isEqualTo(text);
        assertThat(in.available()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0,1", "127,1", "128,2", "16383,2", "16384,3", "2097151,3", "2147483647,5"})
    void smallNumbersAreShort(int value, int bytes) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(8);
        Binary.writeVarInt(value, out);
        assertThat(out.length()).isEqualTo(bytes);
    }

    /** A time of this century takes 6 bytes; a negative value takes the full 10. */
    @ParameterizedTest
    @CsvSource({"0,1", "127,1", "128,2", "2147483647,5", "1772539200000,6", "-1,10"})
    void smallLongsAreShort(long value, int bytes) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(8);
        Binary.writeVarLong(value, out);
        assertThat(out.length()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "63,1", "-64,1", "64,2", "-65,2", "8191,2"})
    void whatIsNearIsShort(long distance, int bytes) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(8);
        Binary.writeDistance(1_772_539_200_000L + distance, 1_772_539_200_000L, out);
        assertThat(out.length()).isEqualTo(bytes);
    }

    @Test
    void rejectsBrokenBytes() {
        assertThatThrownBy(
                        () ->
                                Binary.readVarLong(
                                        input(
                                                0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
                                                0x80, 0x80, 0x01)))
                .isInstanceOf(IOException.class)
                .hasMessage("a var-long of more than ten bytes");
        assertThatThrownBy(() -> Binary.readVarInt(input(0x80, 0x80, 0x80, 0x80, 0x80, 0x01)))
                .isInstanceOf(IOException.class)
                .hasMessage("a var-int of more than five bytes");
        assertThatThrownBy(() -> Binary.readString(input(9, 'a', 'b')))
                .isInstanceOf(EOFException.class);
    }

    private static DataInputDeserializer input(int... bytes) {
        byte[] buffer = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            buffer[i] = (byte) bytes[i];
        }
        return new DataInputDeserializer(buffer);
    }
}
