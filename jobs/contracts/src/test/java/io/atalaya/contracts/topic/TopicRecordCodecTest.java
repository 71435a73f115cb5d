package io.atalaya.contracts.topic;

import io.atalaya.contracts.json.InvalidRecordException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TopicRecordCodecTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"plate\" : \"ÁB-1\" ,\"n\":1.50}",
                "{}",
                "[1, 2 ]",
                "-12.50e3",
                "7",
                "true",
                "{\"a\":{\"b\":[{}]}}"
            })
    void aJsonValueKeepsItsBytes(String json) throws Exception {
        for (String line :
                new String[] {
                    "{\"timestamp\":5,\"key\":\"k\",\"value\":" + json + "}",
                    "{\"value\": " + json + " , \"key\":\"k\",\"other\":{\"x\":[]},\"timestamp\":5}"
                }) {
            TopicRecord record = TopicRecordCodec.read("t", utf8(line));
            assertThat(text(record.value())).isEqualTo(json);
            assertThat(record.key()).isEqualTo("k");
            assertThat(record.timestamp()).isEqualTo(5);
            assertThat(record.topic()).isEqualTo("t");
        }
    }

    @Test
    void aStringIsSentAsTheTextItHolds() throws Exception {
        assertThat(text(read("{\"timestamp\":0,\"value\":\"{\\\"plate\\\":\"}").value()))
                .isEqualTo("{\"plate\":");
    }

    @Test
    void nullRemoves() throws Exception {
        TopicRecord record = read("{\"timestamp\":0,\"key\":\"E1\",\"value\":null}");
        assertThat(record.value()).isNull();
        assertThat(text(TopicRecordCodec.write(record)))
                .isEqualTo("{\"timestamp\":0,\"key\":\"E1\",\"value\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"timestamp\":0,\"value\":null,\"valueBase64\":null}",
                "{\"timestamp\":0,\"valueBase64\":null,\"value\":null}",
                "{\"timestamp\":0,\"valueBase64\":null}",
            })
    void nullRemovesUnderEitherName(String line) throws Exception {
        assertThat(read(line).value()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"timestamp\":0,\"value\":null,\"valueBase64\":\"/wAB\"}",
                "{\"timestamp\":0,\"valueBase64\":\"/wAB\",\"value\":null}",
            })
    void nullBesideAValueSaysNothing(String line) throws Exception {
        assertThat(read(line).value()).containsExactly(0xff, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"text\"", "", " ", "{\"a\":", "{} {}", "1 2", "NaN", "tru"})
    void whatIsNoJsonObjectArrayNumberOrBooleanIsWrittenAsItsText(String value) throws Exception {
        byte[] line = TopicRecordCodec.write(new TopicRecord("t", 1, null, utf8(value)));
        assertThat(text(line)).contains("\"value\":\"");
        assertThat(text(TopicRecordCodec.read("t", line).value())).isEqualTo(value);
    }

    @Test
    void bytesThatAreNoTextAreBase64() throws Exception {
        byte[] value = {(byte) 0xff, 0, 1};
        byte[] line = TopicRecordCodec.write(new TopicRecord("t", 1, null, value));
        assertThat(text(line)).isEqualTo("{\"timestamp\":1,\"key\":null,\"valueBase64\":\"/wAB\"}");
        assertThat(TopicRecordCodec.read("t", line).value()).isEqualTo(value);
    }

    @Test
    void aRecordIsOneLine() throws Exception {
        byte[] line =
                TopicRecordCodec.write(
                        new TopicRecord("t", 1, "k\nk", utf8("{\r\n \"a\": \"\\n\"\n}")));
        assertThat(text(line)).doesNotContain("\n").doesNotContain("\r");
        assertThat(text(TopicRecordCodec.read("t", line).value()))
                .isEqualTo("{   \"a\": \"\\n\" }");
    }

    @Test
    void onlyTextThatIsNoJsonKeepsWhiteSpaceAround() throws Exception {
        assertThat(text(throughALine(" no JSON\n"))).isEqualTo(" no JSON\n");
        assertThat(text(throughALine(" 0.9400\n"))).isEqualTo("0.9400");
    }

    private static byte[] throughALine(String value) throws InvalidRecordException {
        TopicRecord record = new TopicRecord("t", 1, null, utf8(value));
        return TopicRecordCodec.read("t", TopicRecordCodec.write(record)).value();
    }

    @Test
    void nestingIsNotBounded() throws Exception {
        String deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);
        TopicRecord record = read("{\"timestamp\":1,\"value\":" + deep + "}");
        assertThat(record.value()).isEqualTo(utf8(deep));
        assertThat(TopicRecordCodec.read("t", TopicRecordCodec.write(record)).value())
                .isEqualTo(utf8(deep));
    }

    @Test
    void aValueTooDeepForOtherReadersIsWrittenAsItsText() throws Exception {
        String bearable = "[".repeat(64) + "]".repeat(64);
        String deep = "[" + bearable + "]";
        assertThat(written(bearable))
                .isEqualTo("{\"timestamp\":1,\"key\":null,\"value\":" + bearable + "}");
        assertThat(written(deep))
                .isEqualTo("{\"timestamp\":1,\"key\":null,\"value\":\"" + deep + "\"}");
        assertThat(text(read(written(deep)).value())).isEqualTo(deep);
    }

    private static String written(String value) {
        return text(TopicRecordCodec.write(new TopicRecord("t", 1, null, utf8(value))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"value\":1}|timestamp: got nothing, expected epoch milliseconds",
                "{\"timestamp\":\"now\",\"value\":1}|timestamp: got \"now\", expected epoch milli",
                "{\"timestamp\":-1,\"value\":1}|timestamp: got \"-1\"",
                "{\"timestamp\":1.5,\"value\":1}|timestamp: got \"1.5\"",
                "{\"timestamp\":99999999999999999999,\"value\":1}|timestamp: got",
                "{\"timestamp\":1}|value: got nothing",
                "{\"timestamp\":1,\"key\":7,\"value\":1}|key: got \"7\", expected a string or null",
                "{\"timestamp\":1,\"value\":1,\"headers\":[]}|headers: got",
                "{\"timestamp\":1,\"value\":1,\"headers\":{\"a\":1}}|headers.a: got \"1\"",
                "{\"timestamp\":1,\"valueBase64\":\"*\"}|valueBase64: got \"*\", expected base64",
                "{\"timestamp\":1,\"valueBase64\":1234}|valueBase64: got \"1234\", expected a string",
                "{\"timestamp\":1,\"value\":1,\"valueBase64\":\"MQ==\"}|valueBase64: got a second",
                "{\"timestamp\":1,\"value\":1,\"value\":2}|value: got the field twice",
                "{\"timestamp\":1,\"value\":1,\"timestamp\":2}|timestamp: got the field twice",
                "{\"timestamp\":1,\"value\":1,\"headers\":{\"a\":\"\",\"a\":null}}|headers.a: got the field",
                "{\"timestamp\":1,\"value\":\"\\ud800\"}|value: got half a surrogate pair",
                "{\"timestamp\":1,\"key\":\"\\udc00\",\"value\":1}|key: got half a surrogate pair",
                "{\"timestamp\":1,\"value\":{|line: got broken JSON (Unexpected end-of-input",
                "[]|line: got \"[]\", expected a JSON object",
                "{\"timestamp\":1,\"value\":1} x|line: got broken JSON",
                "{\"timestamp\":1,\"value\":1} {}|line: got \"{\", expected nothing after",
            })
    void aMalformedLineIsRejectedWithItsField(String line, String message) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(longs = {253_402_300_800_000L, 1_772_539_200_123_000L, Long.MAX_VALUE})
    void aTimestampInAnotherUnitIsRejected(long timestamp) throws Exception {
        assertThatThrownBy(() -> read("{\"timestamp\":" + timestamp + ",\"value\":1}"))
                .hasMessage(
                        "timestamp: got \"%d\", expected epoch milliseconds, years 1970 to 9999",
                        timestamp);
        long last = 253_402_300_799_999L;
        assertThat(read("{\"timestamp\":" + last + ",\"value\":1}").timestamp()).isEqualTo(last);
    }

    @Test
    void aLineThatIsNotUtf8IsRejected() {
        assertThatThrownBy(() -> TopicRecordCodec.read("t", new byte[] {'{', (byte) 0xc3, '}'}))
                .hasMessageContaining("not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00001",
                "1\u0000",
                "\u0000{\u0000}",
                "{\u0000}\u0000",
                "\u0000\u0000\u00001",
                "\uFEFF{}"
            })
    void whatIsJsonOnlyInAnotherEncodingIsWrittenAsItsText(String value) throws Exception {
        byte[] line = TopicRecordCodec.write(new TopicRecord("t", 1, "", utf8(value)));
        assertThat(text(line)).contains("\"value\":\"");
        assertThat(text(TopicRecordCodec.read("t", line).value())).isEqualTo(value);
    }

    @Test
    void anEmptyKeyAndAnEmptyValueComeBack() throws Exception {
        TopicRecord record = new TopicRecord("t", 0, "", new byte[0]);
        assertThat(text(TopicRecordCodec.write(record)))
                .isEqualTo("{\"timestamp\":0,\"key\":\"\",\"value\":\"\"}");
        assertThat(TopicRecordCodec.read("t", TopicRecordCodec.write(record)))
                .usingRecursiveComparison()
                .isEqualTo(record);
    }

    @Property
    void anyRecordComesBack(@ForAll("records") TopicRecord record) throws Exception {
        TopicRecord back = TopicRecordCodec.read("t", TopicRecordCodec.write(record));
        assertThat(back).usingRecursiveComparison().isEqualTo(record);
    }

    @Provide
    Arbitrary<TopicRecord> records() {
        // Lone surrogates are not UTF-8 text and cannot come from a broker's bytes.
        Arbitrary<String> strings =
                Arbitraries.strings().ofMaxLength(20).filter(s -> s.equals(text(utf8(s))));
        Arbitrary<byte[]> bytes =
                Arbitraries.bytes()
                        .array(byte[].class)
                        .ofMaxSize(20)
                        .filter(TopicRecordCodecTest::keepsItsWhiteSpace);
        Arbitrary<byte[]> values =
                Arbitraries.oneOf(
                        bytes,
                        strings.map(TopicRecordCodecTest::utf8)
                                .filter(TopicRecordCodecTest::keepsItsWhiteSpace),
                        Arbitraries.of("{\"a\":[1, {}]}", "[]", "1", "null", "\"a\"")
                                .map(TopicRecordCodecTest::utf8));
        return Combinators.combine(
                        Arbitraries.longs().between(0, 253_402_300_799_999L),
                        strings.injectNull(0.2),
                        values.injectNull(0.2),
                        Arbitraries.maps(strings, strings).ofMaxSize(3))
                .as(
                        (timestamp, key, value, headers) ->
                                new TopicRecord("t", timestamp, key, value, Map.copyOf(headers)));
    }

    /**
     * Whether the value has no white space around it and no line breaks inside, which the codec
     * does not keep.
     */
    private static boolean keepsItsWhiteSpace(byte[] value) {
        String text = text(value);
        return text.equals(text.strip()) && !text.contains("\n") && !text.contains("\r");
    }

    private static TopicRecord read(String line) throws InvalidRecordException {
        return TopicRecordCodec.read("t", utf8(line));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
