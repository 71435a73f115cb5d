package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.InvalidRecordException;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CallTest {
    private static final String EMERGENCY =
            "{\"line\":\"911\",\"callId\":\"C\",\"time\":61000,\"cnieCode\":\"10104\",\"language\":\"es-MX\","
                    + "\"place\":{\"latitude\":19.3,\"longitude\":-99.6,\"radiusMetres\":200},\"text\":\"t\"}";
    private static final String REPORT = EMERGENCY.replace("911", "089");

    @Provide
    Arbitrary<Call> calls() {
        return DispatchArbitraries.calls();
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("calls") Call call) throws InvalidRecordException {
        assertThat(CallCodec.read(CallCodec.write(call))).isEqualTo(call);
    }

    @Test
    void theLineDecidesTheRecord() throws InvalidRecordException {
        assertThat(read(EMERGENCY)).isInstanceOf(Call.Emergency.class);
        assertThat(read(REPORT)).isInstanceOf(Call.AnonymousReport.class);
    }

    @Test
    void theTimeOfAnAnonymousReportIsNotExact() throws InvalidRecordException {
        assertThat(read(EMERGENCY).time()).isEqualTo(61_000);
        assertThat(read(REPORT).time()).isEqualTo(60_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "caller",
                "callerReference",
                "phone",
                "Phone",
                "telefono",
                "voice",
                "audio",
                "name",
                "ani",
                "silent",
                "anything"
            })
    void rejectsAnAnonymousReportWithAnyOtherField(String field) throws InvalidRecordException {
        for (String value : new String[] {"\"5512345678\"", "{\"a\":1}", "false", "null"}) {
            String other = "{\"" + field + "\":" + value + ",";
            // The message goes to logs, so that it must not show the value.
            assertThatThrownBy(() -> read(REPORT.replace("{\"line", other + "\"line")))
                    .isInstanceOf(InvalidRecordException.class)
                    .hasMessageStartingWith(field + ": got an unknown field, expected one of [")
                    .hasMessageNotContaining("5512345678");
        }
        assertThatThrownBy(() -> read(REPORT.replace("{\"lat", "{\"phone\":\"5\",\"lat")))
                .hasMessageStartingWith("place.phone: got an unknown field");
    }

    @Test
    void improperCallsAreNotDispatched() throws InvalidRecordException {
        assertThat(read(EMERGENCY).isDispatchable()).isTrue();
        assertThat(read(EMERGENCY.replace("\"10104\"", "null")).isDispatchable()).isTrue();
        assertThat(read(EMERGENCY.replace("10104", "70104")).isDispatchable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"line\":\"911\"|\"line\":null|line",
                "\"line\":\"911\"|\"line\":911|line",
                "\"line\":\"911\"|\"line\":\"066\"|line",
                "\"callId\":\"C\"|\"callId\":\"\"|callId",
                "\"time\":61000|\"time\":\"noon\"|time",
                "\"10104\"|\"1010\"|cnieCode",
                "\"10104\"|\"80104\"|cnieCode",
                "\"10104\"|10104|cnieCode",
                "\"es-MX\"|\"español\"|language",
                "200}|\"x\"}|place.radiusMetres",
                "\"text\":\"t\"|\"silent\":\"no\"|silent",
            })
    void rejectsAndNamesTheField(String part, String instead, String field) {
        assertThat(EMERGENCY).contains(part);
        assertThatThrownBy(() -> read(EMERGENCY.replace(part, instead)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }

    private static Call read(String json) throws InvalidRecordException {
        return CallCodec.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
