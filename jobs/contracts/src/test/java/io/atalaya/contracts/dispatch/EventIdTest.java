package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.dispatch.EventId.Source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventIdTest {
    @Test
    void namesItsSource() {
        assertThat(EventId.of(Source.ALERT, "A-1")).isEqualTo("alert:A-1");
        assertThat(EventId.of(Source.CALL, "C")).isEqualTo("call:C");
        assertThat(EventId.ofDevice("BTN-1", "E")).isEqualTo("device:BTN-1/E");
        assertThat(EventId.ofWarning("c.mx", "W")).isEqualTo("warning:c.mx,W");
        assertThat(EventId.of(Source.NATIONAL, "c5.one/I")).isEqualTo("national:c5.one/I");
    }

    @ParameterizedTest
    @EnumSource
    void itsSourceIsKnownAlsoOfAHash(Source source) {
        assertThat(Source.of(EventId.of(source, "1"))).isEqualTo(source);
        String hashed = EventId.of(source, "x".repeat(128));
        assertThat(hashed).hasSizeLessThanOrEqualTo(128).isNotEqualTo(EventId.of(source, "x"));
        assertThat(Source.of(hashed)).isEqualTo(source);
        assertThat(EventId.of(source, "y".repeat(128))).isNotEqualTo(hashed);
    }

    @ParameterizedTest
    @CsvSource({
        "alert:A-1, A-1, ",
        "device:BTN-1/E, , BTN-1",
        "device:BTN-1/2026/7, , BTN-1",
        "device:0123456789abcdef, , ",
        "device:/E, , ''",
        "national:c5.one/I, , ",
        "R-1/alert:A, , ",
        ", , ",
    })
    void namesItsAlertOrDevice(String eventId, String alertId, String deviceId) {
        assertThat(EventId.alertId(eventId)).isEqualTo(alertId);
        assertThat(EventId.deviceId(eventId)).isEqualTo(deviceId);
    }
}
