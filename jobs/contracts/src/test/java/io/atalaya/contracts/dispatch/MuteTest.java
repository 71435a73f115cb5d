package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.dispatch.Mute.Matcher;
import io.atalaya.contracts.json.InvalidRecordException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MuteTest {
    private static final long MAX_LENGTH = Mute.MAX_LENGTH.toMillis();

    private static final String WHOLE =
            "{\"muteId\":\"M\",\"matcher\":{\"deviceId\":\"B\"},\"author\":\"A\",\"reason\":\"R\","
                    + "\"caseNumber\":\"C\",\"from\":1000,\"to\":2000}";

    @Provide
    Arbitrary<Mute> mutes() {
        Arbitrary<String> id = DispatchArbitraries.ids();
        Arbitrary<String> name = id.filter(text -> !text.isBlank());
        Arbitrary<String> optional = id.injectNull(0.5);
        Arbitrary<Matcher> matchers =
                Combinators.combine(
                                Arbitraries.of(Incident.Kind.class).injectNull(0.5),
                                optional,
                                optional,
                                id,
                                optional,
                                optional)
                        .as(Matcher::new);
        return Combinators.combine(
                        id,
                        matchers,
                        name,
                        name,
                        name,
                        Arbitraries.longs().between(0, 1_772_539_200_000L),
                        Arbitraries.longs().between(1, MAX_LENGTH))
                .as(
                        (muteId, matcher, author, reason, caseNumber, from, length) ->
                                new Mute(
                                        muteId,
                                        matcher,
                                        author,
                                        reason,
                                        caseNumber,
                                        from,
                                        from + length));
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("mutes") Mute mute) throws InvalidRecordException {
        assertThat(Mute.CODEC.read(Mute.CODEC.write(mute))).isEqualTo(mute);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"muteId\":\"M\"|\"muteId\":\"\"|muteId",
                "\"matcher\":{\"deviceId\":\"B\"}|\"matcher\":null|matcher",
                "{\"deviceId\":\"B\"}|{\"deviceId\":null}|matcher",
                "{\"deviceId\":\"B\"}|{\"device\":\"B\"}|matcher",
                "{\"deviceId\":\"B\"}|{\"kind\":\"CROWD\"}|matcher.kind",
                "{\"deviceId\":\"B\"}|{\"site\":\"\"}|matcher.site",
                "\"author\":\"A\"|\"author\":\" \"|author",
                "\"reason\":\"R\"|\"reason\":null|reason",
                "\"caseNumber\":\"C\"|\"case\":\"C\"|caseNumber",
                "\"from\":1000|\"from\":null|from",
                "\"to\":2000|\"to\":1000|to",
                "\"to\":2000|\"to\":28801001|to",
            })
    void rejectsAndNamesTheField(String part, String instead, String field) {
        assertThat(WHOLE).contains(part);
        assertThatThrownBy(() -> read(WHOLE.replace(part, instead)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }

    @ParameterizedTest
    @CsvSource({"1001", "28801000"})
    void acceptsUpToTheGreatestLength(long to) throws InvalidRecordException {
        assertThat(read(WHOLE.replace("2000", String.valueOf(to))).to()).isEqualTo(to);
    }

    private static Mute read(String json) throws InvalidRecordException {
        return Mute.CODEC.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
