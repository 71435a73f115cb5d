package io.atalaya.videoanalytics.streamhealth;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.videoanalytics.episode.EpisodeUpdate;
import io.atalaya.videoanalytics.episode.Episodes;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SilenceDetectorTest {
    private static final long START = 1_772_542_800_000L;

    private final Episodes episodes = new Episodes();
    private final SilenceDetector silence = new SilenceDetector(SilenceDetector.Settings.DEFAULT);
    private long arrival = START;

    private void frameAfter(long millis) {
        arrival += millis;
        episodes.at(arrival);
        silence.onFrame(arrival, arrival - 50, null, episodes);
    }

    private void framesEvery(long millis, int frames) {
        for (int i = 0; i < frames; i++) {
            frameAfter(millis);
        }
    }

    @Test
    void aSteadyCameraIsMissedSoon() {
        framesEvery(500, 2_000);
        assertThat(silence.timerAt(episodes)).isEqualTo(arrival + 18_000);
    }

    @Test
    void aLinkThatPausesIsWaitedFor() {
        framesEvery(500, 2_000);
        frameAfter(12_000);
        framesEvery(500, 2_000);
        assertThat(silence.timerAt(episodes)).isBetween(arrival + 20_000, arrival + 24_000);
    }

    @Test
    void oneWhoseStreamIsNotKnownYetIsNotMissed() {
        framesEvery(500, 50);
        assertThat(silence.timerAt(episodes)).isEqualTo(SilenceDetector.NEVER);
    }

    @Test
    void thePauseBetweenATestAndTheServiceIsNoHabit() {
        frameAfter(0);
        frameAfter(72 * 3_600_000L);
        framesEvery(500, 2_400);
        assertThat(silence.timerAt(episodes)).isBetween(arrival, arrival + 40_000);
    }

    @Test
    void aCameraThatSeldomSeesAnythingIsKnownInTheEnd() {
        for (int i = 0; i < 3 * 72; i++) {
            framesEvery(500, 30);
            frameAfter(20 * 60_000);
        }
        assertThat(silence.timerAt(episodes)).isBetween(arrival + 3_600_000, arrival + 86_400_000);
    }

    @Test
    void aCameraThatSendsOnlyWhatItSeesIsGivenTime() {
        for (int i = 0; i < 60; i++) {
            framesEvery(500, 10);
            frameAfter(20_000 + 1_000 * (i % 40));
        }
        assertThat(silence.timerAt(episodes) - arrival).isGreaterThanOrEqualTo(15 * 60_000);
    }

    @Test
    void silenceIsEmittedOnceAndAnOutageHardlyBecomesAHabit() {
        framesEvery(500, 2_000);
        long last = arrival;
        long timer = silence.timerAt(episodes);
        episodes.at(timer);
        silence.onTime(timer, episodes);
        assertThat(silence.timerAt(episodes)).isEqualTo(SilenceDetector.NEVER);
        silence.onTime(timer + 60_000, episodes);
        frameAfter(600_000);
        List<EpisodeUpdate> updates = episodes.drainUpdates();
        assertThat(updates)
                .extracting(EpisodeUpdate::status)
                .containsExactly(Alert.Status.NEW, Alert.Status.ENDED);
        assertThat(updates)
                .allSatisfy(n -> assertThat(n.type()).isEqualTo(AlertType.CAMERA_SILENT));
        assertThat(updates.get(0).startedAt()).isEqualTo(last);
        assertThat(updates.get(1).value()).isEqualTo(600);
        assertThat(updates)
                .as("longest usual pause, s")
                .allSatisfy(n -> assertThat(n.more()).isEqualTo(0.5));
        assertThat(silence.timerAt(episodes)).isLessThan(arrival + 25_000);
    }

    @Test
    void aFrameThatIsSentAgainAfterASilenceBeginsAnotherOne() {
        framesEvery(500, 2_000);
        long time = arrival - 50;
        for (int i = 0; i < 2; i++) {
            long timer = silence.timerAt(episodes);
            episodes.at(timer);
            silence.onTime(timer, episodes);
            arrival = timer + 60_000;
            episodes.at(arrival);
            silence.onFrame(arrival, time, null, episodes);
        }

        List<EpisodeUpdate> updates = episodes.drainUpdates();
        assertThat(updates)
                .extracting(EpisodeUpdate::status)
                .containsExactly(
                        Alert.Status.NEW, Alert.Status.ENDED, Alert.Status.NEW, Alert.Status.ENDED);
        assertThat(updates.get(2).identityKey()).isNotEqualTo(updates.get(0).identityKey());
    }

    /** A camera whose link works for a moment every 20 min, for months. */
    @Test
    void theTypicalPauseNeverExceedsTheLongest() {
        framesEvery(500, 2_000);
        for (int i = 0; i < 3_000; i++) {
            long timer = silence.timerAt(episodes);
            episodes.at(timer);
            silence.onTime(timer, episodes);
            frameAfter(20 * 60_000);
            assertThat(episodes.drainUpdates())
                    .allSatisfy(n -> assertThat(n.more()).isBetween(0.5, 1_200.0));
        }
    }
}
