package io.atalaya.flink.clock;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PlausibleTimeTest {
    private static final long ARRIVAL = Instant.parse("2026-03-03T12:00:00Z").toEpochMilli();
    private static final long DAY = Duration.ofDays(1).toMillis();

    @Test
    void theBoundsAreIncluded() throws InvalidRecordException {
        PlausibleTime.require(ARRIVAL - 30 * DAY, ARRIVAL, 30 * DAY);
        PlausibleTime.require(ARRIVAL + DAY, ARRIVAL, 30 * DAY);
        assertThat(rejection(ARRIVAL - 30 * DAY - 1)).hasMessageContaining("2026-02-01T12:00:00Z");
        assertThat(rejection(ARRIVAL + DAY + 1)).hasMessageContaining("2026-03-04T12:00:00Z");
    }

    @Test
    void secondsAreDistinguishedFromOtherWrongTimes() {
        assertThat(rejection(ARRIVAL / 1000))
                .hasMessageEndingWith("; it looks like seconds, where milliseconds are expected");
        for (long wrong : new long[] {0, ARRIVAL - 365 * DAY, JsonIn.MAX_TIME}) {
            assertThat(rejection(wrong)).hasMessageNotContaining("seconds");
        }
    }

    private static InvalidRecordException rejection(long time) {
        return catchThrowableOfType(
                InvalidRecordException.class, () -> PlausibleTime.require(time, ARRIVAL, 30 * DAY));
    }
}
