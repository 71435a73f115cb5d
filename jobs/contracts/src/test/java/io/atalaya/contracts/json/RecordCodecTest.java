package io.atalaya.contracts.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("attack")
class RecordCodecTest {
    private enum Colour {
        RED,
        @JsonProperty("green")
        GREEN
    }

    private record Part(String name, List<Integer> sizes) {
        private Part {
            Field.text("name", name, 1, 4);
        }
    }

    private record Whole(
            double number,
            Double other,
            @EpochMillis Long time,
            boolean flag,
            @JsonProperty(defaultValue = "7") int count,
            Colour colour,
            List<Part> parts,
            Map<String, Double> byName) {}

    private static final RecordCodec<Whole> CODEC = new RecordCodec<>(Whole.class, 4096);

    @Test
    void anAbsentFieldHasItsDefault() throws InvalidRecordException {
        Whole whole = new Whole(1, null, null, false, 7, null, List.of(), Map.of());
        assertThat(read("{'number':1}")).isEqualTo(whole);
        assertThat(
                        read(
                                "{'number':1,'other':null,'time':null,'flag':null,'count':null,"
                                        + "'colour':null,'parts':null,'byName':{'a':null}}"))
                .isEqualTo(whole);
    }

    @Test
    void writesNeitherNullNorAnEmptyList() throws InvalidRecordException {
        Whole whole = new Whole(0.5, null, 1L, true, 8, Colour.GREEN, List.of(), Map.of("a", 1.0));
        assertThat(new String(CODEC.write(whole), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"number\":0.5,\"time\":1,\"flag\":true,\"count\":8,\"colour\":\"green\","
                                + "\"byName\":{\"a\":1.0}}");
        assertThat(CODEC.read(CODEC.write(whole))).isEqualTo(whole);
        assertThatThrownBy(
                        () ->
                                CODEC.write(
                                        new Whole(
                                                Double.NaN,
                                                null,
                                                1L,
                                                true,
                                                8,
                                                null,
                                                List.of(),
                                                Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number: got NaN, expected a finite number");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|number: got nothing, expected a value: the field is required",
                "{'number':null}|number: got nothing, expected a value: the field is required",
                "{'number':'1'}|number: got \"1\", expected a number",
                "{'number':1e999}|number: got \"1e999\", expected a number",
                "{'number':1,'count':1.5}|count: got \"1.5\", expected a whole number",
                "{'number':1,'count':2147483648}|count: got \"2147483648\", expected a whole number up to 2147483647",
                "{'number':1,'flag':'true'}|flag: got \"true\", expected true or false",
                "{'number':1,'flag':1}|flag: got \"1\", expected true or false",
                "{'number':1,'time':'noon'}|time: got \"noon\", expected epoch milliseconds or ISO-8601 with an offset, years 1970 to 9999",
                "{'number':1,'time':-1}|time: got \"-1\", expected epoch milliseconds or ISO-8601 with an offset, years 1970 to 9999",
                "{'number':1,'colour':'GREEN'}|colour: got \"GREEN\", expected one of [RED, green]",
                "{'number':1,'colour':' green'}|colour: got \" green\", expected one of [RED, green]",
                "{'number':1,'colour':0}|colour: got \"0\", expected one of [RED, green]",
                "{'number':1,'colour':''}|colour: got \"\", expected one of [RED, green]",
                "{'number':1,'parts':{}}|parts: got \"{\", expected an array",
                "{'number':1,'parts':''}|parts: got \"\", expected an array",
                "{'number':1,'parts':[{'name':'a'},null]}|parts[1]: got nothing, expected a value: the field is required",
                "{'number':1,'parts':['a']}|parts[0]: got \"a\", expected an object",
                "{'number':1,'parts':[{'name':1}]}|parts[0].name: got \"1\", expected a string",
                "{'number':1,'parts':[{'name':'abcde'}]}|parts[0].name: got \"abcde\", expected 1 to 4 characters",
                "{'number':1,'parts':[{'name':'\\ud83d'}]}|parts[0].name: got \"\\ud83d\", expected text without half surrogate pairs",
                "{'number':1,'parts':[{'name':'a','sizes':[1,'2']}]}|parts[0].sizes[1]: got \"2\", expected a whole number",
                "{'number':1,'byName':{'a':true}}|byName.a: got \"true\", expected a number",
                "{'number':1,'byName':[]}|byName: got \"[\", expected an object",
                "{'number':1,'number':1}|number: got a second value, expected each field once",
                "{'number':1,'x':{'y':[1,{'z':1,'z':2}]}}|x.y[1].z: got a second value, expected each field once",
                "{'number':1} 2|value: got \"2\", expected nothing after the JSON object",
                "[]|value: got \"[\", expected a JSON object",
                "{'number':1,'parts':[{'name':|parts[0].name: got broken JSON (Unexpected end-of-input within/between Object entries at byte 29), expected well-formed JSON within the bounds",
                "{'number':tru}|number: got broken JSON (Unrecognized token 'tru': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false') at byte 10), expected well-formed JSON within the bounds",
            })
    void rejectsAndNamesTheField(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage(message);
    }

    @Test
    void unknownFieldsArePassedOverUnlessTheCodecIsStrict() throws InvalidRecordException {
        String json = "{'number':1,'x':{'number':[]}}";
        assertThat(read(json).number()).isEqualTo(1);
        RecordCodec<Whole> strict =
                new RecordCodec<>(
                        Whole.class, 4096, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        assertThatThrownBy(() -> strict.read(bytes(json)))
                .hasMessageStartingWith("x: got an unknown field, expected one of [");
    }

    @Test
    void depthAndSizeAreBounded() {
        assertThatThrownBy(() -> read("{'x':" + "[".repeat(40)))
                .hasMessageContaining(
                        "Document nesting depth (33) exceeds the maximum allowed (32");
        assertThatThrownBy(() -> read("{'x':'" + "a".repeat(4096) + "'}"))
                .hasMessage("value: got 4104 bytes, expected at most 4096 bytes");
    }

    private static Whole read(String json) throws InvalidRecordException {
        return CODEC.read(bytes(json));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
