package io.atalaya.videoanalytics.scene;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class HabitsTest {
    private static final long HOUR = 3_600_000;

    @Test
    void anHourHasItsOwnLevelOnceItWasSeen() {
        HourlyBaseline level = new HourlyBaseline();
        for (int minute = 0; minute < 24 * 60; minute++) {
            level.learn(minute * 60_000L, minute / 60 == 8 ? 20 : 2);
        }
        assertThat(level.mean(8 * HOUR)).isCloseTo(20, within(0.1f));
        assertThat(level.mean(3 * HOUR)).isCloseTo(2, within(0.1f));
        assertThat(level.mean(8 * HOUR + 24 * HOUR)).isCloseTo(20, within(0.1f));
    }

    @Test
    void anHourThatWasNeverSeenBorrowsFromAll() {
        HourlyBaseline level = new HourlyBaseline();
        for (int minute = 0; minute < 60; minute++) {
            level.learn(minute * 60_000L, 7);
        }
        assertThat(level.mean(13 * HOUR)).isCloseTo(7, within(0.1f));
    }

    @Test
    void aHighLevelIsAboveWhatWasSeen() {
        HourlyBaseline level = new HourlyBaseline();
        for (int minute = 0; minute < 60; minute++) {
            level.learn(minute * 60_000L, minute % 5);
        }
        assertThat(level.high(0)).isGreaterThan(4);
    }

    @Test
    void aDurationIsExceededByTheShareThatWasLonger() {
        DurationHistogram durationHistogram = new DurationHistogram();
        for (int i = 0; i < 100; i++) {
            durationHistogram.learn(i < 95 ? 10_000 : 100_000, 1);
        }
        assertThat(durationHistogram.exceededBy(0.2f)).isBetween(8_000f, 13_000f);
        assertThat(durationHistogram.exceededBy(0.02f)).isBetween(80_000f, 130_000f);
        assertThat(durationHistogram.count()).isGreaterThan(80);
    }

    @Test
    void nothingSeenIsNothingExceeded() {
        assertThat(new DurationHistogram().exceededBy(0.02f)).isZero();
    }
}
