package io.atalaya.dispatch.incident;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivalClockTest {
    private static final long ARRIVAL = 1_700_000_000_000L;
    private static final long WALL = 1_800_000_000_000L;

    private final ArrivalClock clock = new ArrivalClock(true);

    @Test
    void isUnknownBeforeTheFirstRecord() {
        assertThat(clock.now(WALL)).isEqualTo(ArrivalClock.UNKNOWN);
    }

    @Test
    void followsTheLatestArrivalWhileRecordsCome() {
        clock.update(ARRIVAL, WALL);
        clock.update(ARRIVAL + 60_000, WALL + 1);
        clock.update(ARRIVAL + 30_000, WALL + 2);

        assertThat(clock.now(WALL + ArrivalClock.IDLE_MS)).isEqualTo(ARRIVAL + 60_000);
    }

    @Test
    void goesOnInASilentNight() {
        clock.update(ARRIVAL, WALL);

        assertThat(clock.now(WALL + ArrivalClock.IDLE_MS - 1)).isEqualTo(ARRIVAL);
        assertThat(clock.now(WALL + ArrivalClock.IDLE_MS))
                .isEqualTo(ARRIVAL + ArrivalClock.IDLE_MS);
        assertThat(clock.now(WALL + 90_000)).isEqualTo(ARRIVAL + 90_000);
    }

    @Test
    void neverGoesBack() {
        clock.update(ARRIVAL, WALL);
        clock.now(WALL + 90_000);

        clock.update(ARRIVAL + 80_000, WALL + 90_000);

        assertThat(clock.now(WALL + 90_000)).isEqualTo(ARRIVAL + 90_000);
    }

    @Test
    void standsStillInAReplayAtFullSpeed() {
        ArrivalClock replayed = new ArrivalClock(false);
        replayed.update(ARRIVAL, WALL);

        assertThat(replayed.now(WALL + 90_000)).isEqualTo(ARRIVAL);
    }

    @Test
    void waitsAfterARestartForTheRecordsOfTheTimeBetween() {
        clock.update(ARRIVAL, WALL);
        ArrivalClock restarted = new ArrivalClock(true);
        long start = WALL + 1_200_000;
        restarted.restore(clock.state(), start);

        assertThat(restarted.now(start + 1_000)).isEqualTo(ARRIVAL);
        restarted.update(ARRIVAL + 5_000, start + 1_500);
        assertThat(restarted.now(start + 1_500)).isEqualTo(ARRIVAL + 5_000);
    }

    @Test
    void catchesUpAsLongAsRecordsOfTheTimeBeforeCome() {
        clock.update(ARRIVAL, ARRIVAL);
        assertThat(clock.isCatchingUp(ARRIVAL)).isFalse();
        ArrivalClock restarted = new ArrivalClock(true);
        long start = ARRIVAL + 1_200_000;
        restarted.restore(clock.state(), start);
        restarted.update(start - 1, start + 1_000);
        restarted.update(ARRIVAL + 60_000, start + 3_000);

        long last = start + 3_000 + ArrivalClock.SETTLED_MS;
        assertThat(restarted.isCatchingUp(start)).isTrue();
        assertThat(restarted.isCatchingUp(last - 1)).isTrue();
        assertThat(restarted.isCatchingUp(last)).isFalse();
    }

    @Test
    void aJobThatStaysBehindKeepsItsDeadlines() {
        clock.update(ARRIVAL, ARRIVAL + 60_000);
        long last = ARRIVAL + 60_000 + ArrivalClock.MAX_CATCH_UP_MS;
        for (long wall = ARRIVAL + 61_000; wall <= last; wall += 1_000) {
            clock.update(wall - 60_000, wall);
            assertThat(clock.isCatchingUp(wall)).isEqualTo(wall < last);
        }
    }

    @Test
    void aJobThatReadsALateRecordNowAndThenKeepsItsDeadlines() {
        long last = ARRIVAL + ArrivalClock.MAX_CATCH_UP_MS;
        for (long wall = ARRIVAL; wall <= last + 60_000; wall += ArrivalClock.SETTLED_MS + 1_000) {
            clock.update(wall - 12_000, wall);
            assertThat(clock.isCatchingUp(wall)).isEqualTo(wall < last);
        }
        long later = last + 10 * ArrivalClock.MAX_CATCH_UP_MS;
        clock.update(later - 12_000, later);
        assertThat(clock.isCatchingUp(later)).as("another pause").isTrue();
    }

    @Test
    void catchesUpAfterARestartUntilTheFirstRecordButNotThroughASilentNight() {
        clock.update(ARRIVAL, ARRIVAL);
        ArrivalClock restarted = new ArrivalClock(true);
        long start = ARRIVAL + 5_000;
        restarted.restore(clock.state(), start);
        long last = start + ArrivalClock.MAX_CATCH_UP_MS;
        assertThat(restarted.isCatchingUp(last - 1)).isTrue();
        assertThat(restarted.isCatchingUp(last)).isFalse();

        long first = start + 60_000;
        restarted.update(first, first);
        assertThat(restarted.isCatchingUp(first + ArrivalClock.SETTLED_MS - 1)).isTrue();
        assertThat(restarted.isCatchingUp(first + ArrivalClock.SETTLED_MS)).isFalse();
    }

    @Test
    void countsTheTimeOfARestartIfNothingArrived() {
        clock.update(ARRIVAL, WALL);
        ArrivalClock restarted = new ArrivalClock(true);
        restarted.restore(clock.state(), WALL + 1_200_000);

        assertThat(restarted.now(WALL + 1_202_000)).isEqualTo(ARRIVAL + 1_202_000);
    }
}
