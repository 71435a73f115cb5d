package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.videoanalytics.InjectedFaults;
import io.atalaya.videoanalytics.VideoAnalyticsSettings;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static io.atalaya.videoanalytics.outage.OutageSamples.NOON;
import static io.atalaya.videoanalytics.outage.OutageSamples.silence;
import static org.assertj.core.api.Assertions.assertThat;

/** The order of events from several subtasks, a stalled watermark, and a restart. */
@SuppressWarnings("try") // The faults are active while they are open.
class OutageOperatorTest {
    private static final int CAMERAS = 10;

    private OneInputStreamOperatorTestHarness<LinkEvent, Alert> harness;
    private final List<String> emitted = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        open(null);
        for (int i = 0; i < CAMERAS; i++) {
            take(new LinkEvent.SteadinessChanged("CAM-" + i, NOON, true, RecordPosition.UNKNOWN));
        }
        watermark(NOON);
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    private void open(OperatorSubtaskState state) throws Exception {
        open(state, OutageDetectorTest.RULES);
    }

    private void open(OperatorSubtaskState state, OutageDetector.Settings rules) throws Exception {
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new OutageOperator(rules, BulkheadSettings.DEFAULT));
        harness.setup(BinaryTypeInfo.of(Alert.class).createSerializer(null));
        harness.setProcessingTime(NOON);
        if (state == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(state);
        }
        harness.open();
    }

    private void restart() throws Exception {
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        open(state);
    }

    private void take(LinkEvent update) throws Exception {
        harness.processElement(new StreamRecord<>(update));
        collect();
    }

    private void watermark(long time) throws Exception {
        harness.processWatermark(new Watermark(time));
        collect();
    }

    /** The sources have read everything. */
    private void idle() throws Exception {
        harness.processWatermarkStatus(WatermarkStatus.IDLE);
    }

    private void collect() {
        for (Object each : harness.getOutput()) {
            if (each instanceof StreamRecord<?> record) {
                Alert alert = (Alert) record.getValue();
                emitted.add(
                        (alert.deviceId() == null ? "outage" : alert.deviceId())
                                + " "
                                + alert.status());
            }
        }
        harness.getOutput().clear();
    }

    private static LinkEvent quiet(int camera) {
        return new LinkEvent.WentQuiet(
                "CAM-" + camera, NOON + 70_000, NOON + 60_000, RecordPosition.UNKNOWN);
    }

    private static LinkEvent silent(int camera) {
        return new LinkEvent.SilenceAlerted(
                silence("CAM-" + camera, Alert.Status.NEW, NOON + 60_000, NOON + 78_000),
                RecordPosition.UNKNOWN);
    }

    @Test
    void appliesEventsOfAllSubtasksInOrderOfArrival() throws Exception {
        // One subtask is ahead: its silences arrive before the pauses of the other.
        for (int i = 0; i < 2; i++) {
            take(silent(i));
        }
        for (int i = 0; i < 8; i++) {
            take(quiet(i));
        }
        assertThat(emitted).isEmpty();

        watermark(NOON + 78_000);
        assertThat(emitted).containsExactly("outage NEW");
    }

    /** A frame that was read behind the watermark ends a silence before it began. */
    @Test
    void anAlertsRevisionsKeepTheirOrder() throws Exception {
        Alert begun =
                silence("CAM-0", Alert.Status.NEW, NOON + 60_000, NOON + 78_000)
                        .as(Alert.Status.NEW, NOON + 78_000);
        Alert cancelled =
                silence("CAM-0", Alert.Status.CANCELLED, NOON + 60_000, NOON + 61_000)
                        .as(Alert.Status.CANCELLED, NOON + 78_001);
        take(new LinkEvent.SilenceAlerted(begun, RecordPosition.UNKNOWN));
        take(new LinkEvent.SilenceAlerted(cancelled, RecordPosition.UNKNOWN));
        watermark(NOON + 80_000);
        assertThat(emitted).containsExactly("CAM-0 NEW", "CAM-0 CANCELLED");
    }

    @Test
    void aClockThatStandsStillMakesNoneWaitForEver() throws Exception {
        take(quiet(1));
        take(silent(1));
        idle();
        harness.setProcessingTime(NOON + 1_000);
        collect();
        assertThat(emitted).isEmpty();

        harness.setProcessingTime(NOON + 4_000);
        collect();
        assertThat(emitted).containsExactly("CAM-1 NEW");
    }

    @Test
    void anInputThatIsSilentIsEmittedOnceByTheWallClock() throws Exception {
        idle();
        harness.setProcessingTime(NOON + 29_000);
        collect();
        assertThat(emitted).isEmpty();
        harness.setProcessingTime(NOON + 90_000);
        collect();
        assertThat(emitted).containsExactly("outage NEW");

        watermark(NOON + 1_000);
        assertThat(emitted).containsExactly("outage NEW", "outage CANCELLED");
    }

    /** It has read frames already that the watermark has not reached. */
    @Test
    void aJobThatIsBehindTakesNothingForSilence() throws Exception {
        for (int i = 0; i < 8; i++) {
            take(quiet(i));
        }
        take(silent(1));
        harness.setProcessingTime(NOON + 600_000);
        collect();
        assertThat(emitted).isEmpty();

        idle();
        harness.setProcessingTime(NOON + 610_000);
        collect();
        assertThat(emitted).containsExactly("outage NEW");
    }

    @Test
    void beforeTheFirstClockNothingIsSilent() throws Exception {
        harness.close();
        open(null);
        idle();
        take(new LinkEvent.SteadinessChanged("CAM-1", NOON, true, RecordPosition.UNKNOWN));
        harness.setProcessingTime(NOON + 90_000);
        collect();

        assertThat(emitted).isEmpty();
    }

    @Test
    void anInputThatIsSilentWhenTheJobComesBackIsEmitted() throws Exception {
        restart();
        idle();
        harness.setProcessingTime(NOON + 29_000);
        collect();
        assertThat(emitted).isEmpty();
        harness.setProcessingTime(NOON + 31_000);
        collect();
        assertThat(emitted).containsExactly("outage NEW");

        watermark(NOON + 1_000);
        assertThat(emitted).containsExactly("outage NEW", "outage CANCELLED");
    }

    @Test
    void emitsNoSilenceIfTheTypeIsDisabled() throws Exception {
        harness.close();
        VideoAnalyticsSettings settings =
                VideoAnalyticsSettings.from(
                        Configuration.fromMap(Map.of("alerts.triage", "camera-silent:OFF")));
        open(null, settings.outages());
        take(new LinkEvent.SteadinessChanged("CAM-1", NOON, true, RecordPosition.UNKNOWN));
        watermark(NOON);
        idle();
        harness.setProcessingTime(NOON + 90_000);
        collect();

        assertThat(emitted).isEmpty();
    }

    /** Pending events are merged with what the sources are about to repeat. */
    @Test
    void waitsForTheSourcesAfterARestart() throws Exception {
        take(quiet(1));
        take(silent(1));
        restart();
        harness.setProcessingTime(NOON + 10_000);
        collect();
        assertThat(emitted).isEmpty();

        watermark(NOON + 78_000);
        assertThat(emitted).containsExactly("CAM-1 NEW");
    }

    @Test
    void aRestartRestoresTheState() throws Exception {
        for (int i = 0; i < 8; i++) {
            take(quiet(i));
        }
        restart();
        for (int i = 0; i < 8; i++) {
            take(silent(i));
        }
        watermark(NOON + 78_000);
        restart();
        for (int i = 0; i < 8; i++) {
            take(new LinkEvent.Resumed("CAM-" + i, NOON + 90_000, RecordPosition.UNKNOWN));
        }
        watermark(NOON + 90_000);

        assertThat(emitted).containsExactly("outage NEW", "outage ENDED");
    }

    /** Fails once while an outage is composed. */
    private static InjectedFaults once() {
        return new InjectedFaults(
                InjectedFaults.once(), Map.of("outage.OutageComposer", "compose"));
    }

    private List<DeadLetter> letters() {
        return harness.getSideOutput(Bulkhead.DEAD_LETTERS).stream()
                .map(StreamRecord::getValue)
                .toList();
    }

    @Test
    void aFailedEventChangesNothingAndItsSilenceIsEmitted() throws Exception {
        for (int i = 0; i < 8; i++) {
            take(quiet(i));
        }
        watermark(NOON + 77_000);
        take(silent(0));
        take(silent(1));
        try (InjectedFaults faults = once()) {
            watermark(NOON + 78_000);
        }
        for (int i = 0; i < 8; i++) {
            take(new LinkEvent.Resumed("CAM-" + i, NOON + 90_000, RecordPosition.UNKNOWN));
        }
        take(
                new LinkEvent.SilenceAlerted(
                        silence("CAM-0", Alert.Status.ENDED, NOON + 60_000, NOON + 90_000),
                        RecordPosition.UNKNOWN));
        watermark(NOON + 90_000);

        assertThat(emitted)
                .containsExactly("CAM-0 NEW", "outage NEW", "CAM-0 ENDED", "outage ENDED");
        assertThat(letters()).extracting(each -> each.error().deviceId()).containsExactly("CAM-0");
    }

    @Test
    void aLookAtTheClockThatFailsIsRepeatedLater() throws Exception {
        idle();
        try (InjectedFaults faults = once()) {
            for (int s = 1; s <= 85; s++) {
                harness.setProcessingTime(NOON + 1000 * s);
            }
            collect();
            assertThat(emitted).isEmpty();
            assertThat(letters()).hasSize(1);

            harness.setProcessingTime(NOON + 100_000);
            collect();
        }
        assertThat(emitted).containsExactly("outage NEW");
        assertThat(letters()).hasSize(1);
    }
}
