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
import java.util.Set;
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
                            lengths(),
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

    /** Every length bound and one more, also in characters of two UTF-16 units. */
    private static Stream<String> lengths() {
        return IntStream.of(8, 16, 32, 64, 128, 256, 1024, 4096, 43692)
                .boxed()
                .flatMap(
                        n ->
                                Stream.of(
                                        "a".repeat(n),
                                        "a".repeat(n + 1),
                                        "A1" + "-".repeat(n - 2),
                                        "A1" + "-".repeat(n - 1)))
                .flatMap(
                        text ->
                                text.length() < 1100
                                        ? Stream.of(text, text.replace("a", "🚗"))
                                        : Stream.of(text))
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
            for (String message : variants(sample)) {
                if (assertAgreement(topic, message)) {
                    accepted++;
                } else {
                    rejected++;
                }
            }
        }
        // If all variants were on one side, the agreement would prove nothing.
        assertThat(accepted).isGreaterThan(100);
        assertThat(rejected).isGreaterThan(100);
    }

    private static boolean assertAgreement(TopicSchema topic, String message) throws IOException {
        Object rejection = topic.rejection(message);
        Object faults = topic.faults(message);
        assertThat(rejection == null)
                .as("codec: %s%nschema: %s%n%s", rejection, faults, message)
                .isEqualTo(faults.equals(Set.of()));
        return rejection == null;
    }

    /** The message with each field, at any depth, left out or replaced by each of the values. */
    private static List<String> variants(String message) throws IOException {
        List<String> variants = new ArrayList<>();
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
                    variants.add(root.toString());
                    for (String value : VALUES) {
                        variants.add(replaced(root, object, name, value));
                    }
                    object.set(name, kept);
                }
            } else if (container instanceof ArrayNode array) {
                for (int i = 0; i < array.size(); i++) {
                    JsonNode kept = array.get(i);
                    for (String value : VALUES) {
                        array.set(i, MARK);
                        variants.add(root.toString().replace(quoted(MARK), value));
                    }
                    array.set(i, kept);
                }
            }
        }
        return variants;
    }

    private static final String MARK = "@value@";

    /** Replaces through a mark in the text, so that a literal such as 1e0 stays as written. */
    private static String replaced(JsonNode root, ObjectNode object, String name, String value) {
        object.put(name, MARK);
        String message = root.toString().replace(quoted(MARK), value);
        object.remove(name);
        return message;
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
