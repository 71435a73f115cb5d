package io.atalaya.contracts.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The schemas agree with the codecs: every field of every sample, replaced by every boundary value
 * or left out, is accepted by both or rejected by both. Five rules are beyond a schema, so that the
 * samples avoid them: validUntil not before validFrom, days that their month does not have, the
 * names of time zones, that a model is not its own shadow, and the greatest length of mutes.
 */
class SchemaAgreementTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Time zones by name, and the bounded time of a mute. */
    private static final Set<String> BEYOND_SCHEMA = Set.of("timezone", "from", "to");

    /** Literals at, inside and outside every bound of all fields. */
    private static final List<String> VALUES =
            Stream.of(
                            scalars(),
                            times(),
                            texts(),
                            arrays(),
                            Stream.of(
                                    "{}",
                                    "{\"confidence\":1}",
                                    "{\"confidence\":1.1}",
                                    "{\"make\":7}",
                                    "{\"plate\":\"A\",\"confidence\":1}",
                                    "{\"id\":\"A\"}",
                                    "{\"sites\":[\"\"]}",
                                    "{\"directions\":[null]}"))
                    .flatMap(values -> values)
                    .toList();

    /** Texts of rising length, of each kind: every bound and one more. */
    private static final List<List<String>> LENGTHS =
            Stream.<IntFunction<String>>of(
                            "a"::repeat,
                            // Characters of two UTF-16 units.
                            "🚗"::repeat,
                            n -> "A1" + "-".repeat(n - 2))
                    .map(
                            text ->
                                    IntStream.of(8, 16, 32, 64, 128, 256, 1024, 4096, 16384)
                                            .flatMap(n -> IntStream.of(n, n + 1))
                                            .mapToObj(text)
                                            .map(SchemaAgreementTest::quoted)
                                            .toList())
                    .toList();

    private static Stream<String> scalars() {
        return Stream.of(
                "null",
                "true",
                "false",
                "0",
                "-0.0",
                "-1",
                "1",
                "1.0",
                "1e0",
                "0.5",
                "1.5",
                "-0.1",
                "1.1",
                "2",
                "100",
                "101",
                "255",
                "256",
                "360",
                "-360",
                "361",
                "-361",
                "360.5",
                "500",
                "500.5",
                "90",
                "-90",
                "90.5",
                "-90.5",
                "180",
                "-180",
                "180.5",
                "1000",
                "1000.5",
                "1e6",
                "1000001",
                "2147483647",
                "2147483648",
                "253402300799999",
                "253402300800000",
                "9223372036854775808",
                "1e30");
    }

    private static Stream<String> times() {
        return Stream.of(
                        "2026-03-03T12:00:00Z",
                        "2026-03-03T12:00Z",
                        "2026-03-03T12Z",
                        "2026-03-03T12:00:00",
                        "2026-03-03",
                        "2026-03-03t12:00:00.123456789z",
                        "2026-03-03T12:00:00.1234567890Z",
                        "2026-03-03T12:00:00.Z",
                        "2026-03-03T12:00:00+06:00",
                        "2026-03-03T12:00:00-0600",
                        "2026-03-03T12:00:00+06",
                        "2026-03-03T12:00:00+6",
                        "2026-03-03T12:00:00+18:00",
                        "2026-03-03T12:00:00+18:01",
                        "2026-03-03T12:00:00+06:00:00",
                        "2026-03-03T24:00:00Z",
                        "2026-03-03T23:59:59Z",
                        "2026-03-03T23:60:00Z",
                        "2026-03-03T23:59:60Z",
                        "2026-13-03T12:00:00Z",
                        "2026-00-03T12:00:00Z",
                        "2026-01-32T12:00:00Z",
                        "2026-01-00T12:00:00Z",
                        "2026-03-03 12:00:00Z",
                        "1970-01-01T00:00:00Z",
                        "1969-12-31T23:59:59Z",
                        "9999-12-31T23:59:59.999Z",
                        "+10000-01-01T00:00:00Z",
                        "0000-01-01T00:00:00Z",
                        "1772539200000")
                .map(SchemaAgreementTest::quoted);
    }

    private static Stream<String> texts() {
        return Stream.of(
                        "",
                        " ",
                        "\\t\\n",
                        "\\u00a0\\u2003",
                        "a",
                        "ABC123",
                        "abc-12·34",
                        "---",
                        "ABCDEFGHJKLM",
                        "ABCDEFGHJKLMN",
                        "車",
                        "🚗",
                        "ABC*",
                        "AB*",
                        "*",
                        "?A?B?C?",
                        "A B-C*",
                        "ABC%",
                        "ABC[",
                        "ÑABC",
                        "ABC" + "?".repeat(21),
                        "ABC" + "?".repeat(22),
                        "A-B-C-" + "?".repeat(21),
                        "N",
                        "ne",
                        "Nw",
                        "x",
                        "EN",
                        "90",
                        "-90.5",
                        "+7",
                        "360",
                        "360.0",
                        "360.5",
                        "-360",
                        "361",
                        "099",
                        "1e1",
                        "9d",
                        "NaN",
                        "0x1",
                        ".5",
                        "5.",
                        "FUZZY",
                        "fuzzy",
                        "ARCH",
                        "arch",
                        "NEW",
                        "ALERT",
                        "hotlist-match",
                        "true",
                        "null")
                .map(SchemaAgreementTest::quoted);
    }

    private static Stream<String> arrays() {
        String candidate = "{\"plate\":\"A\",\"confidence\":0}";
        return Stream.of(
                "[]",
                "[null]",
                "[\"\"]",
                "[\"a\"]",
                "[1]",
                "[[]]",
                "[{}]",
                "[\"N\",90,\"270\"]",
                "[\"N\",361]",
                many(16, candidate),
                many(17, candidate),
                many(8, "\"N\""),
                many(9, "\"N\""),
                many(100, "\"a\""),
                many(101, "\"a\""),
                many(1000, "\"a\""),
                many(1001, "\"a\""));
    }

    private static String many(int n, String element) {
        return "[" + String.join(",", Collections.nCopies(n, element)) + "]";
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    @ParameterizedTest
    @EnumSource
    void acceptTheSameMessages(TopicSchema topic) throws IOException {
        int accepted = 0;
        int rejected = 0;
        for (String sample : topic.samples()) {
            assertAgreement(topic, sample);
            for (Place place : places(sample)) {
                List<String> messages = new ArrayList<>(place.without().stream().toList());
                VALUES.forEach(value -> messages.add(place.with(value)));
                for (String message : messages) {
                    if (assertAgreement(topic, message)) {
                        accepted++;
                    } else {
                        rejected++;
                    }
                }
                for (List<String> lengths : LENGTHS) {
                    assertAgreement(topic, place, lengths);
                }
            }
        }
        // If all variants were on one side, the agreement would prove nothing.
        assertThat(accepted).isGreaterThan(100);
        assertThat(rejected).isGreaterThan(100);
    }

    /** Up to one bound beyond the one from which on texts are too long, because they are slow. */
    private static void assertAgreement(TopicSchema topic, Place place, List<String> lengths)
            throws IOException {
        int tooLong = 0;
        for (int i = 0; i < lengths.size() && tooLong < 3; i++) {
            tooLong = assertAgreement(topic, place.with(lengths.get(i))) ? 0 : tooLong + 1;
        }
    }

    private static boolean assertAgreement(TopicSchema topic, String message) throws IOException {
        Object rejection = topic.rejection(message);
        Object faults = topic.faults(message);
        assertThat(rejection == null)
                .as("codec: %s%nschema: %s%n%s", rejection, faults, message)
                .isEqualTo(faults.equals(Set.of()));
        return rejection == null;
    }

    private static final String MARK = "@value@";

    /**
     * A field or an element of a message, at any depth.
     *
     * @param marked the message with a mark in its place, so that a literal such as 1e0 stays as
     *     written
     * @param without the message without the field
     */
    private record Place(String marked, Optional<String> without) {
        String with(String value) {
            return marked.replace(quoted(MARK), value);
        }
    }

    private static List<Place> places(String message) throws IOException {
        List<Place> places = new ArrayList<>();
        JsonNode root = MAPPER.readTree(message);
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        for (JsonNode container : containers) {
            if (container instanceof ObjectNode object) {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                names.removeAll(BEYOND_SCHEMA);
                for (String name : names) {
                    JsonNode kept = object.remove(name);
                    Optional<String> without = Optional.of(root.toString());
                    object.put(name, MARK);
                    places.add(new Place(root.toString(), without));
                    object.set(name, kept);
                }
            } else if (container instanceof ArrayNode array) {
                for (int i = 0; i < array.size(); i++) {
                    JsonNode kept = array.get(i);
                    array.set(i, MARK);
                    places.add(new Place(root.toString(), Optional.empty()));
                    array.set(i, kept);
                }
            }
        }
        return places;
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
