package io.atalaya.flink.bulkhead;

import io.atalaya.contracts.topic.DeadLetter.InternalError;
import io.atalaya.contracts.topic.Traceable;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailureHistoryTest {
    private static final long NOON = 1_700_000_000_000L;

    private static final InternalError ERROR =
            new InternalError("step", null, "java.lang.Exception", "io.atalaya.X", null);

    private final FailureHistory history = new FailureHistory(new BulkheadSettings(0.01, 0.1));

    private FailureHistory.Verdict failAt(Object key, long arrival) {
        return failAt(key, null, arrival);
    }

    private FailureHistory.Verdict failAt(Object key, Object part, long arrival) {
        history.count(key, arrival);
        FailureHistory.Verdict verdict = history.failed(key, part);
        history.describe(verdict, ERROR);
        return verdict;
    }

    private boolean isPaused(Object key, long arrival) {
        return isPaused(key, null, arrival);
    }

    private boolean isPaused(Object key, Object part, long arrival) {
        return history.pausedBy(key, input(part), arrival) != null;
    }

    private static Traceable input(Object part) {
        return new Traceable() {
            @Override
            public Origin origin() {
                return Origin.described(null, null, part);
            }

            @Override
            public Object part() {
                return part;
            }
        };
    }

    @Test
    void doesNotPauseForAFirstFailure() {
        assertThat(failAt("a", NOON).isPaused()).isFalse();
        assertThat(isPaused("a", NOON)).isFalse();
    }

    @Test
    void pausesLongerWithEachFailureWithinMinutes() {
        failAt("a", NOON);
        long now = NOON + 1_000;
        long pause = FailureHistory.MIN_PAUSE_MS;
        for (int i = 0; i < 10; i++) {
            assertThat(failAt("a", now).pausedUntil()).isEqualTo(now + pause);
            assertThat(isPaused("a", now + pause - 1)).isTrue();
            assertThat(isPaused("a", now + pause)).isFalse();
            assertThat(isPaused("b", now)).isFalse();
            now += pause;
            pause = Math.min(2 * pause, FailureHistory.MAX_PAUSE_MS);
        }
        assertThat(pause).isEqualTo(FailureHistory.MAX_PAUSE_MS);
    }

    @Test
    void beginsAgainWhenTheLastFailureIsLongAgo() {
        failAt("a", NOON);
        failAt("a", NOON);
        long later = NOON + FailureHistory.MIN_PAUSE_MS + FailureHistory.RECENT_MS;
        assertThat(failAt("a", later).isPaused()).isFalse();
    }

    @Test
    void aFailureIsRepeatedUnlessWorkHasSucceededSince() {
        assertThat(failAt("a", NOON).isRepeated()).isFalse();
        assertThat(failAt("a", NOON).isRepeated()).isTrue();
        history.succeeded("a");
        assertThat(failAt("a", NOON).isRepeated()).isFalse();
    }

    @Test
    void pausesThePartThatFailsAndNoOther() {
        assertThat(failAt("arch", "ABC123", NOON).isRepeated()).isFalse();
        history.succeeded("arch");
        FailureHistory.Verdict second = failAt("arch", "ABC123", NOON + 1_000);
        assertThat(second.pausedUntil()).isEqualTo(NOON + 1_000 + FailureHistory.MIN_PAUSE_MS);
        assertThat(second.isRepeated()).isFalse();
        assertThat(isPaused("arch", "ABC123", NOON + 2_000)).isTrue();
        assertThat(isPaused("arch", "XYZ789", NOON + 2_000)).isFalse();
        assertThat(isPaused("arch", NOON + 2_000)).isFalse();
        assertThat(isPaused("other arch", "ABC123", NOON + 2_000)).isFalse();
    }

    @Test
    void partsThatFailInARowAreTheKeysOwnFailure() {
        failAt("arch", "A", NOON);
        assertThat(failAt("arch", "B", NOON).isRepeated()).isFalse();
        FailureHistory.Verdict third = failAt("arch", "C", NOON);
        assertThat(third.isRepeated()).as("the state is the likely cause").isTrue();
        assertThat(third.isPaused()).as("a new state has not been tried yet").isFalse();
        assertThat(failAt("arch", "D", NOON).isPaused()).isTrue();
        assertThat(isPaused("arch", "E", NOON)).as("the whole arch").isTrue();
    }

    @Test
    void partsThatFailNowAndThenArePausedAloneHoweverMany() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(failAt("arch", "plate " + i, NOON + i).isRepeated()).isFalse();
            history.succeeded("arch");
        }
        assertThat(isPaused("arch", "another plate", NOON + 1_000)).isFalse();
    }

    @Test
    void oneInTenThousandRecordsIsNeverWidespread() {
        for (int i = 1; i <= 2_000_000; i++) {
            String key = "camera-" + i % 100;
            history.count(key, NOON + i);
            if (i % 10_000 == 0) {
                history.failed(key, null);
                assertThat(history.widespread()).as("after %d records", i).isNull();
                history.succeeded(key);
            }
        }
    }

    @Test
    void failuresOfAllKeysAreWidespread() {
        int failures = 0;
        while (history.widespread() == null) {
            failAt("camera-" + failures++, NOON + failures);
            assertThat(failures).isLessThanOrEqualTo(FailureHistory.MIN_FAILED_RECORDS);
        }
        assertThat(history.widespread()).contains("bulkhead.max-failed-records");
    }

    @Test
    void pausesOfManyOfFewKeysAreWidespread() {
        for (int i = 0; i < 10_000; i++) {
            history.count("camera-" + i % 4, NOON + i);
        }
        for (int camera = 0; camera < 3; camera++) {
            assertThat(history.widespread()).isNull();
            failAt("camera-" + camera, NOON + 20_000);
            failAt("camera-" + camera, NOON + 20_000);
        }
        assertThat(history.widespread()).contains("bulkhead.max-paused-keys").contains("about 4");
    }

    @Test
    void pausesOfBothOfTwoKeysAreWidespreadAndOfAnOnlyOneAreNot() {
        FailureHistory ofOne = new FailureHistory(BulkheadSettings.DEFAULT);
        for (int i = 0; i < 2; i++) {
            ofOne.count("camera", NOON + i);
            ofOne.failed("camera", null);
        }
        assertThat(ofOne.pausedKeys()).isOne();
        assertThat(ofOne.widespread()).isNull();

        for (int i = 0; i < 2; i++) {
            failAt("camera-1", NOON + i);
            assertThat(history.widespread()).isNull();
        }
        for (int i = 0; i < 2; i++) {
            assertThat(history.widespread()).isNull();
            failAt("camera-2", NOON + i);
        }
        assertThat(history.widespread()).contains("bulkhead.max-paused-keys").contains("about 2");
    }

    @Test
    void workThatIsHeldBackIsNeitherDoneNorFailed() {
        for (int i = 0; i < FailureHistory.MIN_FAILED_RECORDS; i++) {
            failAt("camera-" + i, NOON);
            for (int held = 0; held < 10_000; held++) {
                history.count("camera-" + i, NOON);
                history.uncountPaused();
            }
        }
        assertThat(history.widespread()).contains("20 of 20 records");
    }

    @Test
    void pausesOfFewOfManyKeysAreSingle() {
        for (int i = 0; i < 100_000; i++) {
            history.count("camera-" + i % 20_000, NOON + i);
        }
        for (int camera = 0; camera < 9; camera++) {
            failAt("camera-" + camera, NOON + 100_000);
            failAt("camera-" + camera, NOON + 100_000);
        }
        assertThat(history.pausedKeys()).isEqualTo(9);
        assertThat(history.widespread()).isNull();
    }

    @Test
    void aShareOfOneNeverFailsTheJob() {
        FailureHistory all = new FailureHistory(new BulkheadSettings(1, 1));
        for (int i = 0; i < 1_000; i++) {
            all.count("camera-" + i % 3, NOON + i);
            all.failed("camera-" + i % 3, null);
        }
        for (int i = 0; i < 4; i++) {
            all.failed("camera whose timer fails " + i % 2, null);
        }
        assertThat(all.widespread()).isNull();
    }
}
