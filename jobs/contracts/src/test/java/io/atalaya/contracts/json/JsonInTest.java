package io.atalaya.contracts.json;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Hostile input: every fault is the one exception that names the field. */
class JsonInTest {
    private static final int MAX = 64 * 1024;

    /** The whole message is the first level, so that 31 names have a value within the bound. */
    private static final String NESTED_TO_THE_BOUND = "nested" + ".nested".repeat(30);

    /** A sample codec with every kind of field of the contracts. */
    private static final class Sample {
        String text;
        Double number;
        Integer integer;
        Boolean bool;
        Long time;
        Thread.State name;
        final List<String> names = new ArrayList<>();
        final List<Double> numbers = new ArrayList<>();

        static Sample read(byte[] message) throws InvalidRecordException {
            Sample sample = new Sample();
            try (JsonIn in = JsonIn.object(message, MAX)) {
                sample.fields(in);
            }
            return sample;
        }

        private Sample fields(JsonIn in) throws InvalidRecordException {
            while (in.nextField()) {
                switch (in.field()) {
                    case "text" -> text = in.string(8);
                    case "number" -> number = in.number(0, 1);
                    case "integer" -> integer = in.integer(0, 255);
                    case "bool" -> bool = in.bool();
                    case "time" -> time = in.time();
                    case "name" -> name = in.oneOf(Thread.State.class);
                    case "numbers" -> numbers.addAll(in.list(3, i -> i.number(0, 9)));
                    case "nested" -> in.object(this::fields);
                    case "items" -> in.list(3, i -> i.object(this::fields));
                    case "extra" -> in.unlessWrong(i -> i.object(this::fields));
                    case "extras" -> in.list(3, i -> i.unlessWrong(j -> j.number(0, 1)) == null);
                    default -> in.skip();
                }
            }
            return this;
        }
    }

    private static Sample read(String json) throws InvalidRecordException {
        return Sample.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRejected(byte[] message, String field, String... parts) {
        Throwable thrown = catchThrowable(() -> Sample.read(message));
        assertThat(thrown).isInstanceOf(InvalidRecordException.class);
        assertThat(((InvalidRecordException) thrown).field()).isEqualTo(field);
        assertThat(thrown).hasMessageStartingWith(field + ": got ");
        for (String part : parts) {
            assertThat(thrown).hasMessageContaining(part);
        }
    }

    private static void assertRejected(String json, String field, String... parts) {
        assertRejected(json.getBytes(StandardCharsets.UTF_8), field, parts);
    }

    @Test
    void readsEveryKindOfField() throws InvalidRecordException {
        Sample sample =
                read(
                        """
                        {"text":"a\\u00f1\\ud83d\\ude97","number":0.5,"integer":1.0,"bool":true,"time":12,
                         "name":"NEW","numbers":[1,2.5],"unknown":{"text":[1,{"x":null}]},"items":[],
                         "missing":null}
                        """);
        assertThat(sample.text).isEqualTo("a\u00f1\ud83d\ude97");
        assertThat(sample.number).isEqualTo(0.5);
        assertThat(sample.integer).isEqualTo(1);
        assertThat(sample.bool).isTrue();
        assertThat(sample.time).isEqualTo(12);
        assertThat(sample.name).isEqualTo(Thread.State.NEW);
        assertThat(sample.numbers).containsExactly(1.0, 2.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1970-01-01T00:00:00Z|0",
                "2026-03-03T06:00:00-06:00|1772539200000",
                "2026-03-03T12:00:00.123Z|1772539200123",
                "2026-03-03T12:00:00.123456789Z|1772539200123",
                "2026-03-03T12:00Z|1772539200000",
                "2026-03-03t06:00:00.5-0600|1772539200500",
                "2026-03-03T18:00:00+06|1772539200000",
                "9999-12-31T23:59:59.999Z|253402300799999",
            })
    void readsTimesWithAnOffset(String text, long expected) throws InvalidRecordException {
        assertThat(read("{\"time\":\"" + text + "\"}").time).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"extra\":7",
                "\"extra\":[{\"text\":[1]}]",
                "\"extra\":{\"text\":1,\"items\":[{}],\"number\":0.5}",
                "\"extra\":{\"items\":[{\"bool\":{\"a\":[1,{}]}},{}],\"number\":0.5}",
                "\"extra\":{\"text\":\"a\",\"text\":\"b\"}",
                "\"extra\":{\"nested\":{\"text\":\"\\ud83d\"}}",
                "\"extras\":[0.5,\"x\",{\"text\":[]}]",
            })
    void passesOverWhatIsWrongAndNotRequired(String extra) throws InvalidRecordException {
        assertThat(read("{" + extra + ",\"text\":\"b\",\"integer\":7}").integer).isEqualTo(7);
        assertThat(read("{\"items\":[{" + extra + "}],\"integer\":7}").integer).isEqualTo(7);
        assertRejected("{\"nested\":{" + extra + ",\"integer\":-1}}", "nested.integer");
        assertRejected("{\"text\":\"a\"," + extra + ",\"text\":\"b\"}", "text");
    }

    /** The end of a broken value is unknown. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"extra\":{\"text\":\"\\q\"},\"integer\":7}|extra.text",
                "{\"extra\":{\"number\":01},\"integer\":7}|extra.number",
                "{\"extra\":{\"text\":1,\"number\":01},\"integer\":7}|extra",
                "{\"extra\":{\"text\":1|extra",
            })
    void rejectsBrokenJsonAlsoWhereItIsNotRequired(String json, String field) {
        assertRejected(json, field, "broken JSON");
    }

    @ParameterizedTest
    @CsvSource({"1772539200123,1772539200123", "1772539200123.0,1772539200123", "1e3,1000", "-0,0"})
    void readsTimesAsMilliseconds(String number, long expected) throws InvalidRecordException {
        assertThat(read("{\"time\":" + number + "}").time).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // wrong types
                "{\"text\":1}|text",
                "{\"text\":true}|text",
                "{\"text\":{}}|text",
                "{\"text\":[\"a\"]}|text",
                "{\"text\":\"\"}|text",
                "{\"text\":\"123456789\"}|text",
                "{\"number\":\"0.5\"}|number",
                "{\"number\":true}|number",
                "{\"number\":{}}|number",
                "{\"integer\":true}|integer",
                "{\"integer\":1.5}|integer",
                "{\"integer\":-1}|integer",
                "{\"integer\":256}|integer",
                "{\"bool\":\"true\"}|bool",
                "{\"bool\":1}|bool",
                "{\"name\":\"new\"}|name",
                "{\"name\":\"\"}|name",
                "{\"name\":3}|name",
                "{\"nested\":[]}|nested",
                "{\"nested\":\"x\"}|nested",
                "{\"numbers\":{}}|numbers",
                "{\"numbers\":7}|numbers",
                "{\"numbers\":[1,\"x\"]}|numbers[1]",
                "{\"numbers\":[null]}|numbers[0]",
                "{\"numbers\":[1,2,3,4]}|numbers[3]",
                "{\"items\":[{},{\"number\":2}]}|items[1].number",
                "{\"items\":[{},null]}|items[1]",
                "{\"nested\":{\"items\":[{\"nested\":{\"bool\":0}}]}}|nested.items[0].nested.bool",
                // numbers
                "{\"number\":1e999}|number",
                "{\"number\":-1e999}|number",
                "{\"number\":NaN}|number",
                "{\"number\":Infinity}|number",
                "{\"number\":1.0000001}|number",
                "{\"number\":01}|number",
                "{\"number\":.5}|number",
                "{\"integer\":99999999999999999999999999999999}|integer",
                "{\"integer\":1e999}|integer",
                // times
                "{\"time\":\"yesterday\"}|time",
                "{\"time\":\"\"}|time",
                "{\"time\":\"2026-03-03T12:00:00\"}|time",
                "{\"time\":\"2026-03-03\"}|time",
                "{\"time\":\"2026-03-03T12:00:00+6\"}|time",
                "{\"time\":\"2026-03-03 12:00:00Z\"}|time",
                "{\"time\":\"2026-03-03T12:00:60Z\"}|time",
                "{\"time\":\"03/03/2026 12:00\"}|time",
                "{\"time\":\"2026-02-30T12:00:00Z\"}|time",
                "{\"time\":\"1969-12-31T23:59:59.999Z\"}|time",
                "{\"time\":\"+10000-01-01T00:00:00Z\"}|time",
                "{\"time\":\"+999999999-12-31T23:59:59Z\"}|time",
                "{\"time\":-1}|time",
                "{\"time\":1.5}|time",
                "{\"time\":253402300800000}|time",
                "{\"time\":9223372036854775807}|time",
                "{\"time\":99999999999999999999999999}|time",
                "{\"time\":1e999}|time",
                "{\"time\":{}}|time",
                "{\"time\":false}|time",
                // repeated and trailing content
                "{\"text\":\"a\",\"text\":\"a\"}|text",
                "{\"text\":null,\"text\":\"a\"}|text",
                "{\"other\":1,\"other\":2}|other",
                "{\"items\":[{\"text\":\"a\"},{\"text\":\"a\",\"text\":\"b\"}]}|items[1].text",
                "{\"nested\":{\"text\":\"a\"},\"text\":\"b\",\"nested\":{}}|nested",
                "{} {}|value",
                "{}x|value",
                "{\"text\":\"a\"}]|value",
                "{\"text\":\"a\"},|value",
                // not an object at all
                "[]|value",
                "\"text\"|value",
                "17|value",
                "null|value",
                "NaN|value",
                "}|value",
                "`   `|value",
                // not JSON
                "{text:\"a\"}|value",
                "{'text':'a'}|value",
                "{\"text\":\"a\" \"bool\":true}|text",
                "{\"text\":\"\\q\"}|text",
                "{\"other\":\"\\q\"}|other",
                "{\"text\":\"\\u12\"}|text",
                "{\"text\":tru}|text",
                "{\"text\":\"a\",}|text",
                // text that cannot be written again
                "{\"text\":\"\\ud800\"}|text",
                "{\"text\":\"\\udc00\\ud800\"}|text",
                "{\"text\":\"\\ud800a\"}|text",
            })
    void rejectsAndNamesTheField(String json, String field) {
        assertRejected(json, field);
    }

    @Test
    void acceptsOneNameInTwoObjects() throws InvalidRecordException {
        Sample sample =
                read(
                        "{\"items\":[{\"text\":\"a\"},{\"text\":\"b\"}],\"text\":\"c\",\"nested\":{\"bool\":true}}");
        assertThat(sample.text).isEqualTo("c");
        assertThat(sample.bool).isTrue();
    }

    @Test
    void rejectsNothing() {
        assertThatThrownBy(() -> JsonIn.object(null, MAX))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage("value: got an empty message, expected a JSON object");
        assertRejected(new byte[0], "value", "an empty message");
    }

    @Test
    void rejectsLargeValues() {
        String large = "x".repeat(10 << 20);
        assertRejected("{\"other\":\"" + large + "\"}", "value", "10485772 bytes", "at most 65536");
        assertRejected(
                "{\"text\":\"" + large.substring(0, 60_000) + "\"}", "text", "60000 characters");
    }

    /** A wrong type stops at the first bracket, a skipped field at the depth bound. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text|[|text",
                "number|{\"other\":|number",
                "nested|[|nested",
                "nested|{\"other\":|nested.other",
                "items|[|items[0]",
                "other|[|other",
                "other|{\"other\":|other",
            })
    void rejectsDeepNestingWithoutOverflow(String name, String open, String field) {
        assertRejected("{\"" + name + "\":" + open.repeat(60_000 / open.length()), field);
    }

    @Test
    void rejectsDeepNestingOfKnownFields() {
        assertRejected("{\"nested\":".repeat(5_000), NESTED_TO_THE_BOUND, "depth (33)");
        assertRejected("[".repeat(1_000_000), "value", "1000000 bytes");
    }

    @Test
    void deepNestingWithinALargeLimitIsRejectedToo() throws InvalidRecordException {
        byte[] deep = ("{\"other\":" + "[".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8);
        try (JsonIn in = JsonIn.object(deep, 16 << 20)) {
            assertThat(in.nextField()).isTrue();
            assertThatThrownBy(in::skip)
                    .isInstanceOf(InvalidRecordException.class)
                    .hasMessageStartingWith("other: got broken JSON (Document nesting depth (33)")
                    .hasMessageContaining("maximum allowed (32))")
                    .hasMessageNotContainingAny("Stream", "Source", "`");
        }
    }

    @Test
    void whatIsNoNumberIsRejectedWithoutAdviceToProgrammers() {
        assertThatThrownBy(() -> read("{\"number\":NaN}"))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(
                        "number: got broken JSON (Non-standard token 'NaN' at byte ")
                .hasMessageNotContaining("`");
    }

    @Test
    void rejectsManyFields() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 5_000; i++) {
            json.append("\"").append(Integer.toString(i, 36)).append("\":1,");
        }
        assertRejected(json.append("\"text\":\"a\"}").toString(), "74", "at most 256 fields");
    }

    @Test
    void rejectsLongNamesAndNumbers() {
        assertRejected("{\"" + "n".repeat(50_000) + "\":1}", "value", "broken JSON");
        assertRejected("{\"number\":0." + "1".repeat(50_000) + "}", "number", "broken JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"text\":\"a#\"}|text",
                "{\"text\":\"a\",\"other\":\"#\"}|other",
                "{\"text\":\"a\",\"other\":{\"x\":[1,{\"y\":\"ok#\"}]}}|other.x[1].y",
                "{\"text\":\"a\",\"te#xt\":1}|text",
                "{\"items\":[{\"text\":\"a\"},{\"text\":\"#\"}]}|items[1].text",
                "{\"text\":#}|text",
                "#{}|value",
            })
    void rejectsWhatIsNotUtf8(String json, String field) {
        for (int[] bad :
                new int[][] {
                    {0xff}, {0xc3}, {0xc0, 0xaf}, {0xed, 0xa0, 0x80}, {0x80}, {0xf5, 0x80}
                }) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            for (byte b : json.getBytes(StandardCharsets.UTF_8)) {
                if (b == '#') {
                    for (int x : bad) {
                        message.write(x);
                    }
                } else {
                    message.write(b);
                }
            }
            assertRejected(
                    message.toByteArray(),
                    field,
                    String.format(
                            "a byte 0x%02X that is not UTF-8, at byte %d",
                            bad[0], json.indexOf('#')));
        }
    }

    @Test
    void findsABadByteBehindMuchGoodText() {
        byte[] message =
                ("{\"other\":\"" + "ñ".repeat(20_000) + "#\"}").getBytes(StandardCharsets.UTF_8);
        message[40_010] = (byte) 0xfe;
        assertRejected(message, "other", "0xFE", "at byte 40010");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
    void rejectsOtherEncodings(String charset) {
        assertRejected("{\"text\":\"a\"}".getBytes(Charset.forName(charset)), "value", "UTF-8");
    }

    @Test
    void messagesCarryNoControlCharacters() {
        assertThatThrownBy(() -> read("{\"name\":\"\\u001b[2J\\n\"}"))
                .hasMessageContaining("\\u001b[2J\\u000a");
        assertThatThrownBy(() -> read("{\"a\\u0007\":tru}"))
                .hasMessageStartingWith("a\\u0007: got broken JSON");
    }

    /** A truncated message is rejected at the field that began last. */
    @Property
    void rejectsEveryTruncation(@ForAll @IntRange(max = 500) int at) {
        String whole =
                "{\"text\":\"a\",\"numbers\":[1,2.5],\"nested\":{\"bool\":true,\"items\":[{\"integer\":3},{}]},"
                        + "\"other\":[1,[2,{\"x\":\"ñ\"}]],\"time\":\"2026-03-03T12:00:00Z\"}";
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(bytes, at % bytes.length);
        assertThatThrownBy(() -> Sample.read(cut)).isInstanceOf(InvalidRecordException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|value",
                "{\"te|value",
                "{\"text\"|text",
                "{\"text\":|text",
                "{\"text\":\"a|text",
                "{\"numbers\":[1,2|numbers[1]",
                "{\"numbers\":[1,|numbers[0]",
                "{\"numbers\":[|numbers",
                "{\"nested\":{\"bool\":tr|nested.bool",
                "{\"items\":[{},{\"integer\":|items[1].integer",
                "{\"other\":[1,[2|other",
            })
    void namesTheFieldThatATruncationBroke(String json, String field) {
        assertRejected(json, field, "broken JSON", "at byte");
    }

    /** One byte of a valid message replaced by any other gives a value or the one exception. */
    @Property(tries = 5000)
    void survivesEveryFlippedByte(@ForAll @IntRange(max = 250) int at, @ForAll byte with) {
        byte[] bytes =
                "{\"text\":\"a\",\"numbers\":[1,2.5],\"nested\":{\"bool\":true,\"time\":17,\"name\":\"NEW\"},\"number\":1e-1,\"x\":{}}"
                        .getBytes(StandardCharsets.UTF_8);
        bytes[at % bytes.length] = with;
        assertValueOrRejection(bytes);
    }

    @Property
    void survivesAnyBytes(@ForAll byte[] bytes) {
        assertValueOrRejection(bytes);
    }

    @Test
    void aStringThatIsTooLongForItsFieldCanBeLeftOut() throws InvalidRecordException {
        String beyondTheParsersBound = "x".repeat(2 << 20);
        String message =
                "{\"a\":\"1\\\"3\",\"b\":\"1234\",\"c\":\"" + beyondTheParsersBound + "\",\"d\":7}";
        List<String> seen = new ArrayList<>();
        try (JsonIn in = JsonIn.object(message.getBytes(StandardCharsets.UTF_8), 4 << 20)) {
            while (in.nextField()) {
                seen.add(in.field() + "=" + in.scalarUnlessLonger(3));
            }
        }
        assertThat(seen).containsExactly("a=1\"3", "b=null", "c=null", "d=7");
    }

    @Test
    void aScalarIsTakenAsItIsWritten() throws InvalidRecordException {
        String message = "{\"a\":\"x\",\"b\":1.50,\"c\":true,\"d\":{}}";
        try (JsonIn in = JsonIn.object(message.getBytes(StandardCharsets.UTF_8), MAX)) {
            List<String> seen = new ArrayList<>();
            while (in.nextField() && in.shape() == JsonIn.Shape.SCALAR) {
                seen.add(in.scalar(8));
            }
            assertThat(seen).containsExactly("x", "1.50", "true");
            assertThatThrownBy(() -> in.scalar(8))
                    .isInstanceOf(InvalidRecordException.class)
                    .hasMessageContaining("d: got")
                    .hasMessageContaining("a string or a number");
        }
    }

    private static void assertValueOrRejection(byte[] bytes) {
        Throwable thrown = catchThrowable(() -> Sample.read(bytes));
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(InvalidRecordException.class);
            assertThat(((InvalidRecordException) thrown).field()).isNotEmpty();
        }
    }

    @Test
    void foreignFieldNamesDoNotMakeLaterMessagesDearer() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            readField("foreign" + i);
        }
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1_000; i++) {
            readField("another" + i);
        }
        assertThat((thread.getCurrentThreadAllocatedBytes() - before) / 1_000).isLessThan(100_000);
    }

    private static void readField(String name) throws InvalidRecordException {
        try (JsonIn in =
                JsonIn.object(("{\"" + name + "\":1}").getBytes(StandardCharsets.UTF_8), 1_000)) {
            while (in.nextField()) {
                in.skip();
            }
        }
    }
}
