package io.atalaya.lab.replay;

import io.atalaya.lab.replay.CatchUpDetector.Observation;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class CatchUpDetectorTest {
    private final CatchUpDetector drain = new CatchUpDetector(Duration.ofSeconds(10));

    @Test
    void isNotDrainedWhileInputsAreLeft() {
        for (int s = 0; s < 100; s++) {
            assertThat(at(s, false, s, 0)).isFalse();
        }
    }

    @Test
    void waitsOutTheWaitsThenTwoQuietCheckpoints() {
        assertThat(at(0, true, 5, 1)).isFalse();
        assertThat(at(9, true, 14, 1)).isFalse();
        assertThat(at(10, true, 15, 1)).as("quiet is counted from here").isFalse();
        assertThat(at(11, true, 16, 1)).isFalse();
        assertThat(at(12, true, 17, 1)).as("one whole checkpoint").isFalse();
        assertThat(at(13, true, 18, 1)).as("two whole checkpoints").isTrue();
    }

    @Test
    void needsACheckpointTakenAfterTheInputsWerePassed() {
        assertThat(at(0, true, 5, 1)).isFalse();
        assertThat(at(60, true, 6, 1)).as("it may have begun before").isFalse();
        assertThat(at(61, true, 7, 1)).isFalse();
        assertThat(at(62, true, 9, 1)).isFalse();
        assertThat(at(63, true, 10, 1)).isTrue();
    }

    @Test
    void anOutputRestartsTheQuietPeriod() {
        at(0, true, 5, 1);
        at(10, true, 15, 1);
        assertThat(at(12, true, 17, 2)).isFalse();
        assertThat(at(13, true, 18, 2)).isFalse();
        assertThat(at(14, true, 19, 2)).isFalse();
        assertThat(at(15, true, 20, 2)).isTrue();
    }

    @Test
    void newInputRestartsTheDetection() {
        at(0, true, 5, 1);
        at(12, true, 17, 1);
        at(13, false, 18, 1);
        assertThat(at(14, true, 25, 1)).isFalse();
        assertThat(at(20, true, 50, 1)).isFalse();
        assertThat(at(24, true, 60, 1)).isFalse();
        assertThat(at(25, true, 63, 1)).isTrue();
    }

    @Test
    void pendingWorkRestartsTheQuietPeriod() {
        at(0, true, 5, 1);
        at(10, true, 15, 1);
        assertThat(at(13, true, 18, 3, 1)).isFalse();
        assertThat(at(14, true, 19, 1)).as("quiet is counted from here").isFalse();
        assertThat(at(16, true, 21, 1)).isFalse();
        assertThat(at(17, true, 22, 1)).isTrue();
    }

    private boolean at(long seconds, boolean passed, long checkpoints, long outputs) {
        return at(seconds, passed, checkpoints, 0, outputs);
    }

    private boolean at(long seconds, boolean passed, long checkpoints, long pending, long outputs) {
        return drain.isDrainedAt(
                new Observation(
                        Duration.ofSeconds(seconds).toNanos(),
                        passed,
                        checkpoints,
                        pending,
                        outputs));
    }
}
