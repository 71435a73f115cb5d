package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.dispatch.SitePresence.Position;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateArbitraries;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SitePresenceTest {
    private static final String WHOLE =
            "{\"site\":\"S\",\"positions\":[{\"position\":\"P\",\"operator\":\"O\",\"supervisor\":true}],\"time\":1}";

    @Provide
    Arbitrary<SitePresence> presences() {
        Arbitrary<String> name = DispatchArbitraries.ids().filter(text -> !text.isBlank());
        Arbitrary<Position> positions =
                Combinators.combine(name, name, Arbitraries.of(true, false)).as(Position::new);
        return Combinators.combine(name, positions.list().ofMaxSize(5), PlateArbitraries.times())
                .as(SitePresence::new);
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("presences") SitePresence presence)
            throws InvalidRecordException {
        assertThat(SitePresence.CODEC.read(SitePresence.CODEC.write(presence))).isEqualTo(presence);
    }

    @Test
    void theLongestPresenceIsReadAgain() throws InvalidRecordException {
        String name = "x" + "\u0000".repeat(Limits.MAX_NAME - 1);
        SitePresence longest =
                new SitePresence(
                        name,
                        Collections.nCopies(250, new Position(name, name, true)),
                        1_772_539_200_000L);
        assertThat(SitePresence.CODEC.read(SitePresence.CODEC.write(longest))).isEqualTo(longest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"site\":\"S\"|\"site\":\" \"|site",
                "\"time\":1|\"at\":1|time",
                "[{|[null,{|positions[0]",
                "\"position\":\"P\"|\"position\":\"\"|positions[0].position",
                "\"operator\":\"O\"|\"operator\":null|positions[0].operator",
                "true|\"yes\"|positions[0].supervisor",
            })
    void rejectsAndNamesTheField(String part, String instead, String field) {
        assertThat(WHOLE).contains(part);
        byte[] message = WHOLE.replace(part, instead).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SitePresence.CODEC.read(message))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }
}
