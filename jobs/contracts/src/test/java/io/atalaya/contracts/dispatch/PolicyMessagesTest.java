package io.atalaya.contracts.dispatch;

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
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PolicyMessagesTest {
    private static final String REQUEST =
            "{\"version\":\"V\",\"files\":{\"policy\":\"version: V\"},\"requestedBy\":\"O\",\"time\":1}";
    private static final String ANSWER =
            "{\"version\":\"V\",\"answer\":\"rejected\",\"faults\":[\"F\"],\"request\":\"policy-0-1\",\"at\":1}";

    @Provide
    Arbitrary<PolicyRequest> requests() {
        Arbitrary<String> id = DispatchArbitraries.ids();
        return Combinators.combine(
                        id,
                        Arbitraries.maps(id, PlateArbitraries.text(0, 100))
                                .ofMinSize(1)
                                .ofMaxSize(5),
                        id.filter(text -> !text.isBlank()),
                        PlateArbitraries.text(0, 100).injectNull(0.3),
                        PlateArbitraries.times())
                .as(PolicyRequest::new);
    }

    @Property
    void aRequestIsReadAgain(@ForAll("requests") PolicyRequest request)
            throws InvalidRecordException {
        assertThat(PolicyRequest.CODEC.read(PolicyRequest.CODEC.write(request))).isEqualTo(request);
    }

    @Test
    void theSameRequestIsTheSameBytes() {
        Map<String, String> files = new TreeMap<>(Comparator.reverseOrder());
        "abcdefghij".chars().forEach(name -> files.put(Character.toString(name), ""));
        byte[] written = PolicyRequest.CODEC.write(new PolicyRequest("V", files, "O", null, 1));
        assertThat(new String(written, StandardCharsets.UTF_8).replaceAll("[^a-j]+", ""))
                .contains("abcdefghij");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\":\"V\"|\"version\":\"\"|version",
                "{\"policy\":\"version: V\"}|{}|files",
                "{\"policy\":\"version: V\"}|null|files",
                "{\"policy\":\"version: V\"}|[]|files",
                "\"version: V\"|7|files.policy",
                "\"requestedBy\":\"O\"|\"requestedBy\":\" \"|requestedBy",
                "\"time\":1|\"at\":1|time",
            })
    void rejectsARequestAndNamesTheField(String part, String instead, String field) {
        assertThat(REQUEST).contains(part);
        byte[] message = REQUEST.replace(part, instead).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> PolicyRequest.CODEC.read(message))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }

    @Provide
    Arbitrary<PolicyAnswer> answers() {
        Arbitrary<String> id = DispatchArbitraries.ids();
        return Combinators.combine(
                        id.injectNull(0.3),
                        PlateArbitraries.text(1, 100).list().ofMaxSize(3),
                        id.filter(text -> !text.isBlank()),
                        PlateArbitraries.times())
                .as(
                        (version, faults, request, at) ->
                                new PolicyAnswer(
                                        version,
                                        faults.isEmpty()
                                                ? PolicyAnswer.Answer.ACCEPTED
                                                : PolicyAnswer.Answer.REJECTED,
                                        faults,
                                        request,
                                        at));
    }

    @Property
    void anAnswerIsReadAgain(@ForAll("answers") PolicyAnswer answer) throws InvalidRecordException {
        assertThat(PolicyAnswer.CODEC.read(PolicyAnswer.CODEC.write(answer))).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"rejected\"|\"REJECTED\"|answer",
                "\"rejected\"|\"accepted\"|faults",
                "[\"F\"]|[]|faults",
                "[\"F\"]|[\"\"]|faults[0]",
                "\"policy-0-1\"|null|request",
                "\"at\":1|\"time\":1|at",
            })
    void rejectsAnAnswerAndNamesTheField(String part, String instead, String field) {
        assertThat(ANSWER).contains(part);
        byte[] message = ANSWER.replace(part, instead).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> PolicyAnswer.CODEC.read(message))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }
}
