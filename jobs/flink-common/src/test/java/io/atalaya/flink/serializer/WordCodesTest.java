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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WordCodesTest {
    /** Number of lines that existing savepoints may use. */
    private static final int RELEASED = 118;

    /** Hash of those lines, as {@link List#hashCode} defines it. */
    private static final int RELEASED_HASH = -96_481_632;

    @Provide
    Arbitrary<String> texts() throws IOException {
        return Arbitraries.oneOf(
                Arbitraries.of(lines()),
                Arbitraries.of(lines()).map(word -> word.toLowerCase(Locale.ROOT)),
                PlateArbitraries.text(0, 64));
    }

    @Property
    void whatIsReadIsWhatWasWritten(@ForAll("texts") String text) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(written(text));
        assertThat(WordCodes.read(in)).isEqualTo(text);
        assertThat(in.available()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"MX,1", "WHITE,1", "white,1", "NISSAN,1", "YUC,2", "White,7", "Tsuru,7"})
    void typicalWordsAreShort(String text, int bytes) throws IOException {
        assertThat(written(text)).hasSize(bytes);
    }

    @Test
    void aCodeMeansTheSameForEver() throws IOException {
        assertThat(lines()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(RELEASED);
        assertThat(lines().subList(0, RELEASED).hashCode())
                .as(
                        "the first %d lines of codes.txt are the codes in the savepoints that exist: put them"
                                + " back, and new words after the last",
                        RELEASED)
                .isEqualTo(RELEASED_HASH);
    }

    @Test
    void rejectsAnUnknownCode() {
        assertThatThrownBy(() -> WordCodes.read(new DataInputDeserializer(new byte[] {-1, 0x7f})))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("word code 16383 is unknown, this build knows 1 to \\d+");
    }

    private static List<String> lines() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                WordCodes.class.getResourceAsStream("codes.txt"),
                                StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    private static byte[] written(String text) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        WordCodes.write(text, out);
        return out.getCopyOfBuffer();
    }
}
