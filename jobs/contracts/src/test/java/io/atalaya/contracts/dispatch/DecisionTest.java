package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateArbitraries;
import io.atalaya.contracts.text.Text;

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
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DecisionTest {
    private static final String WHOLE =
            "{\"decisionId\":\"D\",\"time\":1,\"incidentId\":\"I\",\"kind\":\"ROUTED\",\"reason\":\"site\","
                    + "\"text\":{\"es\":\"x\"},\"policyVersion\":\"P\",\"details\":[{\"name\":\"N\",\"value\":\"V\"}]}";

    @Provide
    Arbitrary<Decision> decisions() {
        Arbitrary<String> id = DispatchArbitraries.ids();
        Arbitrary<String> optional = id.injectNull(0.3);
        Arbitrary<Decision.Detail> details =
                Combinators.combine(DispatchArbitraries.codes(), DispatchArbitraries.texts())
                        .as(Decision.Detail::new);
        return Combinators.combine(
                        optional,
                        optional,
                        optional,
                        PlateArbitraries.times(),
                        Arbitraries.of(Decision.Kind.class),
                        DispatchArbitraries.codes(),
                        DispatchArbitraries.translations(),
                        Combinators.combine(id, details.list().ofMaxSize(3)).as(Policy::new))
                .as(
                        (incidentId, eventId, deviceId, time, kind, reason, text, policy) ->
                                new Decision(
                                        "D" + time,
                                        time,
                                        incidentId,
                                        eventId,
                                        deviceId,
                                        kind,
                                        reason,
                                        text,
                                        policy.version(),
                                        policy.details()));
    }

    private record Policy(String version, List<Decision.Detail> details) {}

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("decisions") Decision decision)
            throws InvalidRecordException {
        assertThat(Decision.CODEC.read(Decision.CODEC.write(decision))).isEqualTo(decision);
    }

    @Test
    void theLongestDecisionIsReadAgain() throws InvalidRecordException {
        String id = "\u0000".repeat(Limits.MAX_ID);
        String text = "\u0000".repeat(Limits.MAX_TEXT);
        String code = "x" + "\u0000".repeat(Limits.MAX_CODE - 1);
        Decision.Detail detail = new Decision.Detail(code, "\u0000".repeat(Limits.MAX_REASON));
        Decision longest =
                new Decision(
                        id,
                        1_772_539_200_000L,
                        id,
                        id,
                        id,
                        Decision.Kind.ROUTED,
                        code,
                        new Text.Translation(text, text),
                        id,
                        Collections.nCopies(64, detail));
        assertThat(Decision.CODEC.read(Decision.CODEC.write(longest))).isEqualTo(longest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"decisionId\":\"D\"|\"decisionId\":null|decisionId",
                "\"time\":1|\"time\":\"now\"|time",
                "\"incidentId\":\"I\"|\"incidentId\":\"\"|incidentId",
                "\"ROUTED\"|\"LOST\"|kind",
                "\"site\"|\" \"|reason",
                "{\"es\":\"x\"}|{\"es\":7}|text.es",
                "\"policyVersion\":\"P\"|\"policy\":\"P\"|policyVersion",
                "\"value\":\"V\"|\"value\":null|details[0].value",
            })
    void rejectsAndNamesTheField(String part, String instead, String field) {
        assertThat(WHOLE).contains(part);
        byte[] message = WHOLE.replace(part, instead).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Decision.CODEC.read(message))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }
}
