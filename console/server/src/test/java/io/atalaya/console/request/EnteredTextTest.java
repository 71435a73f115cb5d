package io.atalaya.console.request;

import io.atalaya.console.account.Sessions;
import io.atalaya.contracts.json.Field;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

@Tag("attack")
class EnteredTextTest {
    private record Body(String name, Set<String> groups) {}

    private final JsonMapper mapper = mapper();

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder();
        Json.ofRequests(builder);
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x0, 0x7, 0x1B, 0x7F, 0x85, 0xAD, 0x200B, 0x202E, 0x2028, 0x2066, 0xFEFF, 0xD800,
                0xE000, 0xFFFE, 0x3164
            })
    void refusesWhatNoPersonWrites(int character) {
        assertThatThrownBy(
                        () ->
                                EnteredText.checked(
                                        "note", "a" + Character.toString(character) + "b", 80))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(String.format("U+%04X", character));
    }

    @Test
    void writesEachTextInOneForm() {
        assertThat(EnteredText.checked("name", "Jose\u0301\u00A0N\u2003ñ", 80))
                .isEqualTo("José N ñ");
        assertThat(EnteredText.checked("note", "one\n\ttwo", 80)).isEqualTo("one\n\ttwo");
        assertThat(EnteredText.checked("note", null, 80)).isNull();
    }

    /** What passes here must not be refused later, where it would stop all that wait behind it. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00A0", "\u2003", " ", "\u3000\n"})
    void takesABlankPositionForNone(String blank) {
        assertThat(Sessions.requirePosition(blank)).isNull();
        String position = Sessions.requirePosition(blank + "TOLUCA-1");
        assertThat(Field.visible("position", position, 128)).isEqualTo("TOLUCA-1");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> EnteredText.checked("note", "x".repeat(81), 80))
                .hasMessageContaining("at most 80 characters");
        assertThatThrownBy(() -> EnteredText.required("note", "\u00A0", 80))
                .isInstanceOf(Problem.class);
    }

    @Test
    void holdsForEachTextOfAnObjectThatTheConsoleDoesNotKnow() {
        ObjectNode entry =
                (ObjectNode)
                        mapper.readTree(
                                "{\"a\":\"x\u00A0y\",\"list\":[\"x\u00A0y\",[\"x\u00A0y\"],"
                                        + "{\"b\":\"x\u00A0y\"},7]}");
        EnteredText.check("entry", entry);
        assertThat(entry.toString())
                .isEqualTo("{\"a\":\"x y\",\"list\":[\"x y\",[\"x y\"],{\"b\":\"x y\"},7]}");

        ObjectNode hidden = (ObjectNode) mapper.readTree("{\"list\":[[\"\u200B\"]]}");
        assertThatThrownBy(() -> EnteredText.check("entry", hidden)).isInstanceOf(Problem.class);
    }

    @Test
    void holdsForEachTextOfABody() {
        assertThat(mapper.readValue("{\"name\":\"a\u00A0b\"}", Body.class).name()).isEqualTo("a b");
        for (String body :
                new String[] {
                    "{\"name\":\"a\\u0000\"}",
                    "{\"groups\":[\"a\\u0000\"]}",
                    "{\"groups\":[null]}",
                    "{\"name\":\"" + "x".repeat(EnteredText.MAX + 1) + "\"}"
                }) {
            Throwable refused = catchThrowable(() -> mapper.readValue(body, Body.class));
            assertThat(refused).as(body).isNotNull();
            assertThat(Json.problem(refused).body().code()).isEqualTo("invalid");
        }
    }
}
