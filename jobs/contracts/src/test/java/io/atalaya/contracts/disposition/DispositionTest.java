package io.atalaya.contracts.disposition;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateArbitraries;

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

class DispositionTest {
    private record Signature(String operator, String purpose) {}

    @Provide
    Arbitrary<Disposition> dispositions() {
        Arbitrary<String> id = PlateArbitraries.text(1, 128);
        Arbitrary<String> optional = id.injectNull(0.2);
        return Combinators.combine(
                        id,
                        id,
                        optional,
                        optional,
                        optional,
                        Arbitraries.of(Disposition.Outcome.class),
                        Combinators.combine(
                                        id.filter(text -> !text.isBlank()),
                                        PlateArbitraries.text(0, 1024).injectNull(0.2))
                                .as(Signature::new),
                        PlateArbitraries.times())
                .as(
                        (dispositionId, alertId, entryId, source, device, outcome, who, time) ->
                                new Disposition(
                                        dispositionId,
                                        alertId,
                                        entryId,
                                        source,
                                        device,
                                        outcome,
                                        who.operator(),
                                        who.purpose(),
                                        time));
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("dispositions") Disposition disposition)
            throws InvalidRecordException {
        assertThat(Disposition.CODEC.read(Disposition.CODEC.write(disposition)))
                .isEqualTo(disposition);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"alertId\":\"A\",\"outcome\":\"CORRECT\",\"operator\":\"O\",\"time\":1|dispositionId",
                "\"dispositionId\":\"D\",\"outcome\":\"CORRECT\",\"operator\":\"O\",\"time\":1|alertId",
                "\"dispositionId\":\"D\",\"alertId\":\"A\",\"operator\":\"O\",\"time\":1|outcome",
                "\"dispositionId\":\"D\",\"alertId\":\"A\",\"outcome\":\"CORRECT\",\"time\":1|operator",
                "\"dispositionId\":\"D\",\"alertId\":\"A\",\"outcome\":\"CORRECT\",\"operator\":\"O\"|time",
                "\"outcome\":\"WRONG\"|outcome",
                "\"outcome\":\"correct\"|outcome",
                "\"dispositionId\":\"D\",\"alertId\":\"A\",\"outcome\":\"CORRECT\",\"operator\":\" \",\"time\":1|operator",
                "\"deviceId\":7|deviceId",
                "\"dispositionId\":\"D\",\"alertId\":\"A\",\"outcome\":\"CORRECT\",\"operator\":\"O\",\"source\":\"\",\"time\":1|source",
            })
    void rejectsAndNamesTheField(String fields, String field) {
        byte[] message = ("{" + fields + "}").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Disposition.CODEC.read(message))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }
}
