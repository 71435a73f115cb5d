package io.atalaya.alert;

import io.atalaya.json.InvalidRecordException;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AlertJsonTest {
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
        assertThat(AlertJson.read(AlertJson.write(alert), alert.at())).isEqualTo(alert);
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
    void refusesAnAlertWithout(String field) throws InvalidRecordException {
        assertThat(AlertJson.read(bytes(WHOLE), 7).at()).isEqualTo(7);
        assertThatThrownBy(() -> AlertJson.read(bytes(WHOLE.replace("\"" + field, "\"x")), 7))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage(field + ": got nothing, expected a value: the field is required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"revision\":1|\"revision\":0|revision",
                "hotlist-match|hotlist|type",
                "\"NEW\"|\"OLD\"|status",
                "\"score\":0.5|\"score\":1.5|score",
                "{\"plate\":\"A\"}|{\"plate\":1}|subject.plate",
                "\"score\"|\"evidence\":{\"parts\":[{\"name\":\"a\"},{\"logOdds\":\"1\"}]},\"score\"|evidence.parts[1].logOdds",
                "\"score\"|\"entry\":{\"entryId\":\"E\"},\"score\"|entry.reason",
                "\"score\"|\"evidence\":{\"track\":[{\"latitude\":91}]},\"score\"|evidence.track[0].latitude",
            })
    void refusesAndNamesTheField(String good, String bad, String field) {
        assertThatThrownBy(() -> AlertJson.read(bytes(WHOLE.replace(good, bad)), 7))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
