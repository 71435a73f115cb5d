package io.atalaya.contracts.hotlist;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.Compass;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class HotlistEntryCodecTest {
    private static final String GROUND =
            "{\"entryId\":\"E1\",\"reason\":\"STOLEN_VEHICLE\",\"caseNumber\":\"FGJ/1/2026\",\"agency\":\"SSEM\",";

    @Provide
    Arbitrary<HotlistEntry> entries() {
        return HotlistArbitraries.entries();
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("entries") HotlistEntry entry)
            throws InvalidRecordException {
        assertThat(HotlistEntryCodec.read(HotlistEntryCodec.write(entry))).isEqualTo(entry);
    }

    @Test
    void fillsInTheDefaults() throws InvalidRecordException {
        HotlistEntry entry = parse(GROUND + "\"plate\":\"ABC-123\"}");
        assertThat(entry.priority()).isEqualTo(50);
        assertThat(entry.match()).isEqualTo(MatchMode.FUZZY);
        assertThat(entry.scope()).isEqualTo(Scope.EVERYWHERE);
        assertThat(entry.covert()).isFalse();
        assertThat(entry.notified()).isEmpty();
    }

    @Test
    void readsAScope() throws InvalidRecordException {
        HotlistEntry entry =
                parse(
                        GROUND
                                + "\"tagId\":\"T\",\"scope\":{\"sites\":[\"TOLUCA\"],\"directions\":[\"n\",90],\"x\":1}}");
        assertThat(entry.scope())
                .isEqualTo(new Scope(List.of("TOLUCA"), List.of(), List.of(Compass.N, Compass.E)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"priority\":1|plate|a plate, a pattern or a tagId",
                "\"plate\":\"\"|plate|1 to 12",
                "\"plate\":\"ABC*\"|plate|they belong in pattern",
                "\"plate\":\"ABC12?4\"|plate|they belong in pattern",
                "\"plate\":\"ABC123\",\"pattern\":\"ABC*\"|pattern|not both",
                "\"pattern\":\"ABC------------------------------\"|pattern|at most 24 characters besides blanks and hyphens",
                "\"plate\":\"ABC123\",\"validFrom\":\"2026-01-02T00:00:00-06:00\",\"validUntil\":\"2026-01-01T00:00:00-06:00\"|validUntil|not before validFrom 2026-01-02T06:00:00Z",
                "\"pattern\":\"*\"|pattern|at least 3 letters or digits",
                "\"plate\":\"ABC123\",\"priority\":101|priority|100",
                "\"plate\":\"ABC123\",\"priority\":50.5|priority|whole number",
                "\"plate\":\"ABC123\",\"match\":\"ANY\"|match|[EXACT, CONFUSABLE, FUZZY]",
                "\"plate\":\"ABC123\",\"validFrom\":2000,\"validUntil\":1999|validUntil|not before validFrom",
                "\"plate\":\"ABC123\",\"validUntil\":\"31.12.2026\"|validUntil|ISO-8601",
                "\"plate\":\"ABC123\",\"notify\":[\"a\",\"\"]|notify[1]|1 to 256",
                "\"plate\":\"ABC123\",\"scope\":{\"directions\":[\"N\",\"X\"]}|scope.directions[1]|degrees",
                "\"plate\":\"ABC123\",\"scope\":{\"sites\":[1]}|scope.sites[0]|a string",
                "\"plate\":\"ABC123\",\"vehicle\":\"red\"|vehicle|an object",
            })
    void rejectsAndNamesTheField(String fields, String field, String expected) {
        assertRejected(GROUND + fields + "}", field, expected);
    }

    @ParameterizedTest
    @CsvSource({"entryId", "reason", "caseNumber", "agency"})
    void rejectsAnEntryWithoutItsLegalGround(String field) {
        String entry = GROUND + "\"plate\":\"ABC123\"}";
        assertRejected(entry.replace("\"" + field + "\"", "\"x\""), field, "required");
        assertRejected(
                entry.replaceFirst("(\"" + field + "\"):\"[^\"]*\"", "$1:\"\""), field, "1 to ");
    }

    @ParameterizedTest
    @CsvSource({"reason", "caseNumber", "agency"})
    void rejectsALegalGroundOfBlanks(String field) {
        String entry = GROUND + "\"plate\":\"ABC123\"}";
        for (String blank : List.of(" ", "\\t", "\\u00a0", "\\u2003 ")) {
            assertRejected(
                    entry.replaceFirst(
                            "(\"" + field + "\"):\"[^\"]*\"",
                            "$1:\"" + blank.replace("\\", "\\\\") + "\""),
                    field,
                    "a character that is not blank");
        }
    }

    private static HotlistEntry parse(String json) throws InvalidRecordException {
        return HotlistEntryCodec.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRejected(String json, String field, String expected) {
        InvalidRecordException rejection =
                catchThrowableOfType(InvalidRecordException.class, () -> parse(json));
        assertThat(rejection)
                .hasMessageStartingWith(field + ": got ")
                .hasMessageContaining(expected);
        assertThat(rejection.field()).isEqualTo(field);
    }
}
