package io.atalaya.videoanalytics.anomaly;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RealisedRateTest {
    private static final long NOON = AnomalySamples.NOON;
    private static final long HOUR = 3_600_000;

    private final RealisedRate rate = new RealisedRate();

    /** Some cameras over some hours, with one score per hour each. */
    private void pass(int cameras, int fromHour, int untilHour, int alertEach) {
        for (int hour = fromHour; hour < untilHour; hour++) {
            for (int camera = 0; camera < cameras; camera++) {
                rate.count(NOON + hour * HOUR, camera == 0 && hour % alertEach == 0, 1.0 / 24);
            }
        }
    }

    @Test
    void nothingIsNoRate() {
        assertThat(rate.perDay()).isZero();
        assertThat(rate.cameraDays()).isZero();
    }

    @Test
    void alertsAreCountedByCameraAndDay() {
        pass(10, 0, 12, 3);

        assertThat(rate.cameraDays()).isCloseTo(5, within(1e-9));
        assertThat(rate.perDay()).isCloseTo(4 / 5.0, within(1e-9));
    }

    @Test
    void onlyTheLastDayCounts() {
        pass(10, 0, 48, 1);
        pass(10, 48, 72, 24);

        assertThat(rate.cameraDays()).isCloseTo(10, within(1e-9));
        assertThat(rate.perDay()).isCloseTo(1 / 10.0, within(1e-9));
    }

    @Test
    void afterALongPauseNothingOldCounts() {
        pass(10, 0, 24, 1);
        rate.count(NOON + 240 * HOUR, false, 0.5);

        assertThat(rate.cameraDays()).isEqualTo(0.5);
        assertThat(rate.perDay()).isZero();
    }

    @Test
    void whatComesLateCountsInItsHourIfThatIsRecent() {
        pass(1, 0, 24, 100);
        rate.count(NOON + 3 * HOUR, true, 0);
        rate.count(NOON - 3 * HOUR, true, 0);

        assertThat(rate.perDay()).isCloseTo(2, within(1e-9));
    }
}
