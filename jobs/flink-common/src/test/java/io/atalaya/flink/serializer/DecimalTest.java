package io.atalaya.flink.serializer;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

class DecimalTest {

    /** Short decimals, and any 64 bits. */
    @Provide
    Arbitrary<Double> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.integers()
                        .between(0, 8)
                        .flatMap(scale -> Arbitraries.doubles().between(-500, 500).ofScale(scale)),
                Arbitraries.longs().map(Double::longBitsToDouble),
                Arbitraries.of(0.0, -0.0, Double.NaN, Double.MIN_VALUE, 268_435_455.0, 1e300));
    }

    @Property
    void whatIsReadIsBitForBitWhatWasWritten(@ForAll("numbers") double number) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(written(number));
        assertThat(Double.doubleToLongBits(Decimal.read(in)))
                .isEqualTo(Double.doubleToLongBits(number));
        assertThat(in.available()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "0.8,1", "0.93,2", "84.5,2", "0.953,2", "0.9127,3", "0.953127,4"})
    void fewDecimalsAreShort(double number, int bytes) throws IOException {
        assertThat(written(number)).hasSize(bytes);
    }

    @ParameterizedTest
    @CsvSource({"-1", "1e9", "0.1234567", "NaN"})
    void otherNumbersAreNineBytes(double number) throws IOException {
        assertThat(written(number)).hasSize(9);
    }

    private static byte[] written(double number) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        Decimal.write(number, out);
        return out.getCopyOfBuffer();
    }
}
