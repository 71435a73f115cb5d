package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.videoanalytics.episode.AlertPolicy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static io.atalaya.videoanalytics.outage.OutageSamples.NOON;
import static io.atalaya.videoanalytics.outage.OutageSamples.silence;
import static org.assertj.core.api.Assertions.assertThat;

class OutageDetectorTest {
    static final OutageDetector.Settings RULES = rules(true);

    private static OutageDetector.Settings rules(boolean emitted) {
        return new OutageDetector.Settings(
                0.3,
                5,
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                emitted,
                new AlertPolicy.Triage(Alert.Action.ALERT, 80));
    }

    private static final int CAMERAS = 20;

    private OutageDetector outages = new OutageDetector(RULES);
    private final List<Alert> emitted = new ArrayList<>();

    private void steady() {
        for (int i = 0; i < CAMERAS; i++) {
            take(new LinkEvent.SteadinessChanged(camera(i), NOON, true, RecordPosition.UNKNOWN));
        }
    }

    private static String camera(int i) {
        return "CAM-%03d".formatted(i);
    }

    private void take(LinkEvent update) {
        outages.advanceTo(update.arrivalTime());
        outages.apply(update);
        emitted.addAll(outages.drainEmitted());
    }

    /** Cameras send for the last time at {@code since}, and are silent 18 s later. */
    private void silent(int from, int to, long since) {
        for (int i = from; i < to; i++) {
            take(new LinkEvent.WentQuiet(camera(i), since + 10_000, since, RecordPosition.UNKNOWN));
        }
        for (int i = from; i < to; i++) {
            take(
                    new LinkEvent.SilenceAlerted(
                            silence(camera(i), Alert.Status.NEW, since, since + 18_000),
                            RecordPosition.UNKNOWN));
        }
    }

    private void back(int from, int to, long since, long at) {
        for (int i = from; i < to; i++) {
            take(
                    new LinkEvent.SilenceAlerted(
                            silence(camera(i), Alert.Status.ENDED, since, at),
                            RecordPosition.UNKNOWN));
            take(new LinkEvent.Resumed(camera(i), at, RecordPosition.UNKNOWN));
        }
    }

    private void stalled(long stood) {
        outages.onStall(stood);
        emitted.addAll(outages.drainEmitted());
    }

    private void time(long at) {
        outages.onTime(at);
        emitted.addAll(outages.drainEmitted());
    }

    private List<String> summary() {
        return emitted.stream()
                .map(
                        alert ->
                                (alert.deviceId() == null ? "outage" : alert.deviceId())
                                        + " "
                                        + alert.status())
                .toList();
    }

    /** The outage was emitted; the silences that it suppressed were not. */
    @Test
    void anAlertOfADisabledTypeEndsOnceAfterARestart() {
        steady();
        silent(0, 12, NOON + 60_000);
        assertThat(summary()).contains("outage NEW");
        emitted.clear();

        outages = new OutageDetector(rules(false), outages.state());
        time(NOON + 90_000);
        assertThat(summary()).containsExactly("outage ENDED");
        assertThat(emitted.get(0).revision()).isGreaterThan(1);
        emitted.clear();

        outages = new OutageDetector(rules(false), outages.state());
        for (int i = 12; i < 16; i++) {
            take(
                    new LinkEvent.WentQuiet(
                            camera(i), NOON + 105_000, NOON + 95_000, RecordPosition.UNKNOWN));
        }
        time(NOON + 600_000);
        back(0, 12, NOON + 60_000, NOON + 700_000);
        time(NOON + 900_000);
        assertThat(summary()).isEmpty();
    }

    @Test
    void oneCameraIsEmittedAsItself() {
        steady();
        silent(3, 4, NOON + 60_000);
        back(3, 4, NOON + 60_000, NOON + 200_000);

        assertThat(summary()).containsExactly("CAM-003 NEW", "CAM-003 ENDED");
    }

    @Test
    void camerasThatFailOneAfterTheOtherAreNoOutage() {
        steady();
        for (int i = 0; i < 12; i++) {
            silent(i, i + 1, NOON + 60_000 * (i + 1));
        }

        assertThat(emitted)
                .hasSize(12)
                .allSatisfy(alert -> assertThat(alert.place().device()).isNotNull());
    }

    @Test
    void manyAtOnceAreOneAlertThatEndsWithThem() {
        steady();
        silent(0, 12, NOON + 60_000);
        back(0, 12, NOON + 60_000, NOON + 300_000);
        time(NOON + 400_000);

        assertThat(summary()).containsExactly("outage NEW", "outage ENDED");
        assertThat(emitted).extracting(Alert::alertId).containsOnly(emitted.get(0).alertId());
        assertThat(emitted)
                .extracting(Alert::revision)
                .containsExactly(emitted.get(0).causedAt(), emitted.get(1).causedAt());
        assertThat(emitted.get(0).assessment().headline().en())
                .isEqualTo("The input is silent: 12 of 20 cameras at once");
        assertThat(emitted.get(0).lifecycle().startedAt()).isEqualTo(NOON + 60_000);
    }

    @Test
    void emitsASilenceThatOutlastsItsOutage() {
        steady();
        silent(0, 12, NOON + 60_000);
        back(0, 11, NOON + 60_000, NOON + 300_000);
        time(NOON + 319_999);
        assertThat(summary()).containsExactly("outage NEW", "outage ENDED");

        time(NOON + 320_000);
        assertThat(summary()).containsExactly("outage NEW", "outage ENDED", "CAM-011 NEW");
        assertThat(emitted.get(2).causedAt()).isEqualTo(NOON + 320_000);

        back(11, 12, NOON + 60_000, NOON + 400_000);
        assertThat(summary()).endsWith("CAM-011 ENDED");
    }

    @Test
    void anOutageThatGrowsIsEmittedAgain() {
        steady();
        silent(0, 6, NOON + 60_000);
        silent(6, 20, NOON + 80_000);

        assertThat(summary()).containsExactly("outage NEW", "outage UPDATED");
        assertThat(emitted.get(1).evidence()).hasFieldOrPropertyWithValue("objects", 12);
    }

    @Test
    void deadCamerasMakeNoOutageOfTheNextOne() {
        steady();
        for (int i = 0; i < 8; i++) {
            silent(i, i + 1, NOON + 60_000 * (i + 1));
        }
        emitted.clear();
        silent(8, 10, NOON + 1_000_000);

        assertThat(summary()).containsExactly("CAM-008 NEW", "CAM-009 NEW");
    }

    @Test
    void camerasThatPauseByHabitAreLeftOut() {
        steady();
        for (int i = 0; i < 12; i++) {
            take(
                    new LinkEvent.SteadinessChanged(
                            camera(i), NOON + 1, false, RecordPosition.UNKNOWN));
        }
        silent(12, 17, NOON + 60_000);

        assertThat(summary()).containsExactly("outage NEW");
    }

    @Test
    void totalSilenceIsEmittedByProcessingTimeAndEndsWithTheNextInput() {
        steady();
        time(NOON + 60_000);
        outages.onStall(30_000);
        emitted.addAll(outages.drainEmitted());
        assertThat(emitted.get(0).assessment().headline().en())
                .isEqualTo("The input is silent: 20 of 20 cameras at once");

        silent(0, CAMERAS, NOON + 60_000);
        time(NOON + 100_000);
        back(0, CAMERAS, NOON + 60_000, NOON + 300_000);
        time(NOON + 400_000);

        assertThat(summary()).containsExactly("outage NEW", "outage ENDED");
    }

    @Test
    void anOutageThatEndsWhileTheClockStandsDoesNotBeginAgainUntilTheClockMoves() {
        steady();
        time(NOON + 60_000);
        stalled(30_000);
        for (int i = 0; i < 7; i++) {
            take(
                    new LinkEvent.WentQuiet(
                            camera(i), NOON + 71_000, NOON + 61_000, RecordPosition.UNKNOWN));
        }
        for (int i = 0; i < 7; i++) {
            take(new LinkEvent.Resumed(camera(i), NOON + 72_000, RecordPosition.UNKNOWN));
        }
        assertThat(summary()).containsExactly("outage NEW", "outage ENDED");

        stalled(60_000);
        assertThat(emitted).hasSize(2);
        time(NOON + 80_000);
        stalled(30_000);
        assertThat(emitted).hasSize(3);
        assertThat(emitted.get(2).alertId()).isNotEqualTo(emitted.get(0).alertId());
    }

    @Test
    void camerasThatWereQuietInTheLastOutageDoNotGiveTheNextOneItsId() {
        steady();
        silent(0, 12, NOON + 60_000);
        back(2, 12, NOON + 60_000, NOON + 90_000);
        silent(2, 12, NOON + 91_000);
        List<Alert> begun =
                emitted.stream()
                        .filter(alert -> alert.deviceId() == null)
                        .filter(alert -> alert.status() == Alert.Status.NEW)
                        .toList();

        assertThat(begun).hasSize(2);
        assertThat(begun.get(1).alertId()).isNotEqualTo(begun.get(0).alertId());
    }

    @Test
    void aJobThatPausedItselfTakesItBack() {
        steady();
        time(NOON + 60_000);
        outages.onStall(30_000);
        emitted.addAll(outages.drainEmitted());
        time(NOON + 61_000);

        assertThat(summary()).containsExactly("outage NEW", "outage CANCELLED");
    }

    @Test
    void continuesFromItsStateAsWithoutAStop() {
        steady();
        silent(0, 12, NOON + 60_000);
        outages = new OutageDetector(RULES, outages.state());
        back(0, 11, NOON + 60_000, NOON + 300_000);
        outages = new OutageDetector(RULES, outages.state());
        time(NOON + 400_000);

        assertThat(summary()).containsExactly("outage NEW", "outage ENDED", "CAM-011 NEW");
    }
}
