package io.atalaya.contracts.model;

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ModelAnswerTest {
    private static final String WHOLE =
            "{\"model\":\"trajectory\",\"active\":\"1\",\"shadow\":\"2\",\"answer\":\"accepted\","
                    + "\"reason\":\"it works\",\"request\":\"model-control-0-7\",\"at\":1767268981250}";

    @Provide
    Arbitrary<ModelAnswer> answers() {
        Arbitrary<String> name = Arbitraries.of("trajectory", "2", "2026-11", "a.b_c");
        Arbitrary<String> text = PlateArbitraries.text(1, 256).filter(each -> !each.isBlank());
        return Combinators.combine(
                        name,
                        name.injectNull(0.3),
                        name.injectNull(0.3),
                        Arbitraries.of(ModelAnswer.Answer.class),
                        text,
                        text,
                        PlateArbitraries.times())
                .as(ModelAnswer::new);
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("answers") ModelAnswer answer)
            throws InvalidRecordException {
        assertThat(ModelAnswer.CODEC.read(ModelAnswer.CODEC.write(answer))).isEqualTo(answer);
    }

    @Test
    void readsEveryField() throws InvalidRecordException {
        ModelAnswer answer = ModelAnswer.CODEC.read(utf8(WHOLE));
        assertThat(answer)
                .isEqualTo(
                        new ModelAnswer(
                                "trajectory",
                                "1",
                                "2",
                                ModelAnswer.Answer.ACCEPTED,
                                "it works",
                                "model-control-0-7",
                                1767268981250L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"model\":\"trajectory\"|\"model\":null|model",
                "\"trajectory\"|\"../etc\"|model",
                "\"active\":\"1\"|\"active\":1|active",
                "\"answer\":\"accepted\"|\"answer\":null|answer",
                "\"accepted\"|\"ACCEPTED\"|answer",
                "\"accepted\"|true|answer",
                "\"it works\"|\" \"|reason",
                "\"model-control-0-7\"|null|request",
                "1767268981250|\"noon\"|at",
            })
    void rejectsAndNamesTheField(String part, String instead, String field) {
        assertThat(WHOLE).contains(part);
        byte[] message = utf8(WHOLE.replace(part, instead));
        assertThatThrownBy(() -> ModelAnswer.CODEC.read(message))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
