package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.InvalidRecordException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AlertCodecTest {
    private static final String WHOLE =
            "{\"alertId\":\"a\",\"revision\":1,\"status\":\"NEW\",\"type\":\"hotlist-match\",\"time\":1,"
                    + "\"detectedAt\":2,\"action\":\"ALERT\",\"startedAt\":1,\"subject\":{\"plate\":\"A\"},"
                    + "\"score\":0.5,\"priority\":50}";

    @Provide
    Arbitrary<Alert> alerts() {
        return AlertArbitraries.alerts();
    }

    @Property(tries = 500)
    void whatIsWrittenIsReadAgain(@ForAll("alerts") Alert alert) throws InvalidRecordException {
        assertThat(AlertCodec.read(AlertCodec.write(alert), alert.causedAt())).isEqualTo(alert);
    }

    @ParameterizedTest
    @CsvSource({
        "alertId",
        "revision",
        "status",
        "type",
        "time",
        "detectedAt",
        "action",
        "startedAt",
        "subject",
        "score",
        "priority",
    })
    void rejectsAnAlertWithout(String field) throws InvalidRecordException {
        assertThat(AlertCodec.read(bytes(WHOLE), 7).causedAt()).isEqualTo(7);
        assertThatThrownBy(() -> AlertCodec.read(bytes(WHOLE.replace("\"" + field, "\"x")), 7))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage(field + ": got nothing, expected a value: the field is required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"revision\":1|\"revision\":-1|revision",
                "hotlist-match|hotlist|type",
                "\"NEW\"|\"OLD\"|status",
                "\"NEW\"|\" NEW\"|status",
                "hotlist-match\"|hotlist-match \"|type",
                "\"score\":0.5|\"score\":1.5|score",
                "{\"plate\":\"A\"}|{\"plate\":1}|subject.plate",
                "\"score\"|\"evidence\":{\"parts\":[{\"name\":\"a\"},{\"logOdds\":\"1\"}]},\"score\"|evidence.parts[1].logOdds",
                "hotlist-match\"|convoy\",\"evidence\":{\"arches\":[{\"device\":\"A\",\"listedTime\":1,\"companionTime\":1,\"gapSeconds\":0}]}|evidence.arches[0].listedReadId",
                "\"score\"|\"evidence\":{\"tag\":{\"readId\":\"T\"}},\"score\"|evidence.tag.tagId",
                "\"score\"|\"entry\":{\"entryId\":\"E\"},\"score\"|entry.reason",
                "\"score\"|\"evidence\":{\"track\":[{\"readId\":\"R\",\"device\":\"A\",\"time\":1,\"latitude\":91}]},\"score\"|evidence.track[0].latitude",
            })
    void rejectsAndNamesTheField(String good, String bad, String field) {
        assertThatThrownBy(() -> AlertCodec.read(bytes(WHOLE.replace(good, bad)), 7))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }

    /** The evidence's kind follows from the type, which may come after it. */
    @Property(tries = 200)
    void theOrderOfFieldsDoesNotMatter(@ForAll("alerts") Alert alert) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode inOrder = (ObjectNode) mapper.readTree(AlertCodec.write(alert));
        List<String> names = new ArrayList<>();
        inOrder.fieldNames().forEachRemaining(names::add);
        Collections.reverse(names);
        ObjectNode reversed = mapper.createObjectNode();
        names.forEach(name -> reversed.set(name, inOrder.get(name)));

        assertThat(AlertCodec.read(mapper.writeValueAsBytes(reversed), alert.causedAt()))
                .isEqualTo(alert);
    }

    @Test
    void rejectsAFaultInEvidenceThatComesBeforeItsType() {
        String early =
                WHOLE.replace(
                                "{\"alertId\"",
                                "{\"evidence\":{\"pairs\":[{\"distanceKm\":1,\"seconds\":1,\"neededKmh\":1}]},\"alertId\"")
                        .replace("hotlist-match", "cloned-plate");

        assertThatThrownBy(() -> AlertCodec.read(bytes(early), 7))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith("evidence.pairs[0].first: got ");
    }

    @Test
    void anAlertCarriesTheEvidenceOfItsType() throws InvalidRecordException {
        Alert alert = AlertCodec.read(bytes(WHOLE), 7);
        Evidence other = new MismatchEvidence(List.of(), List.of(), null, null, List.of());

        assertThatThrownBy(
                        () ->
                                new Alert(
                                        alert.identity(),
                                        alert.emission(),
                                        alert.lifecycle(),
                                        alert.place(),
                                        alert.subject(),
                                        alert.assessment(),
                                        other,
                                        alert.entry(),
                                        alert.disclosure()))
                .hasMessage(
                        "evidence: got MismatchEvidence, expected HotlistEvidence in an alert of"
                                + " type hotlist-match");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
