package io.atalaya.flink.clock;

import org.junit.jupiter.api.Test;

import static io.atalaya.flink.clock.WatermarkStallDetector.STALLED_MS;
import static org.assertj.core.api.Assertions.assertThat;

class WatermarkStallDetectorTest {
    private static final long NOON = 1_772_539_200_000L;

    private final WatermarkStallDetector stall = new WatermarkStallDetector();

    @Test
    void standsStillFromWhenItWasFirstSeenThere() {
        stall.update(NOON, NOON + 10);
        assertThat(stall.isStalled(NOON, NOON + 9 + STALLED_MS, 0)).isFalse();
        assertThat(stall.isStalled(NOON, NOON + 10 + STALLED_MS, 0)).isTrue();
    }

    @Test
    void anyAdvanceRestartsTheDetection() {
        stall.update(NOON, NOON);
        assertThat(stall.isStalled(NOON + 1, NOON + STALLED_MS, 0)).isFalse();
        assertThat(stall.isStalled(NOON + 1, NOON + 2 * STALLED_MS, 0)).isTrue();
        assertThat(stall.isStalled(NOON + 2, NOON + 2 * STALLED_MS, 0)).isFalse();
    }

    @Test
    void aStallDelaysByTheWaitOnAMovingWatermark() {
        stall.update(NOON, NOON);
        assertThat(stall.isStalled(NOON, NOON + STALLED_MS + 2_499, 2_500)).isFalse();
        assertThat(stall.isStalled(NOON, NOON + STALLED_MS + 2_500, 2_500)).isTrue();
    }

    @Test
    void aJobThatStartsIsNotIdle() {
        stall.update(Long.MIN_VALUE, NOON);
        assertThat(stall.isStalled(Long.MIN_VALUE, NOON + 60_000, 0)).isFalse();
    }
}
