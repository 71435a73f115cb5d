package io.atalaya.videoanalytics.streamhealth;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.videoanalytics.episode.EpisodeUpdate;
import io.atalaya.videoanalytics.episode.Episodes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class StreamConsistencyCheckerTest {
    private static final long START = 1_772_542_800_000L;

    private final Episodes episodes = new Episodes();
    private final StreamConsistencyChecker consistency =
            new StreamConsistencyChecker(StreamConsistencyChecker.Settings.DEFAULT);
    private long time = START;

    private void framesUntil(boolean arePast, boolean areGood) {
        while (isGoodAfter(arePast) != areGood) {
            assertThat(time).isLessThan(START + 3_600_000);
        }
    }

    private boolean isGoodAfter(boolean isPast) {
        time += 500;
        episodes.at(time);
        consistency.onFrame(isPast);
        return consistency.check(time, time - START, episodes);
    }

    /** The fault returns before its share has fallen to 0, but is a new episode. */
    @Test
    void aRecurringInconsistencyIsAnotherAlert() {
        framesUntil(true, false);
        framesUntil(false, true);
        long over = time;
        framesUntil(true, false);
        framesUntil(false, true);
        List<EpisodeUpdate> updates = episodes.drainUpdates();
        assertThat(updates)
                .extracting(EpisodeUpdate::status)
                .filteredOn(status -> status != Alert.Status.UPDATED)
                .containsExactly(
                        Alert.Status.NEW, Alert.Status.ENDED, Alert.Status.NEW, Alert.Status.ENDED);
        assertThat(updates)
                .filteredOn(n -> n.status() == Alert.Status.NEW)
                .satisfiesExactly(
                        first -> assertThat(first.startedAt()).isLessThan(over),
                        second -> assertThat(second.startedAt()).isGreaterThan(over))
                .extracting(EpisodeUpdate::identityKey)
                .doesNotHaveDuplicates();
    }

    /**
     * About every fourth frame lies in the past, so the share is sometimes above the limit and
     * sometimes below half of it.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.22, 0.25, 0.3, 0.35})
    void aShareAboutTheLimitIsOneAlertAndNotManyInTurn(double share) {
        Random random = new Random(7);
        for (int i = 0; i < 4 * 3600 * 2; i++) {
            isGoodAfter(random.nextDouble() < share);
        }
        long emitted =
                episodes.drainUpdates().stream()
                        .filter(n -> n.status() == Alert.Status.NEW)
                        .count();
        assertThat(emitted).isLessThan(4);
    }

    @Test
    void endsAtTheLastInconsistentFrame() {
        framesUntil(true, false);
        for (int i = 0; i < 20; i++) {
            isGoodAfter(true);
        }
        long good = time;
        framesUntil(false, true);
        List<EpisodeUpdate> updates = episodes.drainUpdates();
        EpisodeUpdate end = updates.get(updates.size() - 1);
        assertThat(end.status()).isEqualTo(Alert.Status.ENDED);
        assertThat(end.lastObservedAt()).isBetween(good, good + 40_000);
        assertThat(time).isGreaterThanOrEqualTo(end.lastObservedAt() + 60_000);
    }
}
