package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.trajectory.SceneFrame;
import io.atalaya.anomaly.trajectory.TrackFeatures;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;
import io.atalaya.videoanalytics.InjectedFaults;
import io.atalaya.videoanalytics.VideoAnalyticsSettings;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import static io.atalaya.videoanalytics.anomaly.ObservedStreets.START;
import static org.assertj.core.api.Assertions.assertThat;

/** Effect of a bug with one camera's observations, or in a model, on that camera and on others. */
class AnomalyFailureOperatorTest {
    private static final int CAMERAS = 3;
    private static final int SPANS = 1_400;
    private static final int BETWEEN = 40;

    private static List<Observation> streets;

    /** Batches of rows on which a model throws. */
    private Predicate<List<float[]>> poison = rows -> false;

    private final List<Alert> emitted = new ArrayList<>();
    private final List<DeadLetter> letters = new ArrayList<>();
    private InjectedFaults faults;

    @BeforeAll
    static void observe() {
        streets = new ArrayList<>();
        for (Observation each : ObservedStreets.of(CAMERAS, SPANS)) {
            streets.add(at(each, new RecordPosition(0, streets.size())));
        }
    }

    private static Observation at(Observation each, RecordPosition position) {
        return each instanceof CompletedTrack passage
                ? new CompletedTrack(
                        passage.location(),
                        passage.arrivalTime(),
                        passage.isSuppressed(),
                        passage.identityKey(),
                        passage.startedAt(),
                        passage.trackIds(),
                        passage.objectClass(),
                        passage.trajectory(),
                        passage.lastBox(),
                        position)
                : new ActivitySample(
                        each.location(),
                        each.arrivalTime(),
                        each.isSuppressed(),
                        ((ActivitySample) each).startedAt(),
                        ((ActivitySample) each).objectClass(),
                        ((ActivitySample) each).inView(),
                        position);
    }

    @AfterEach
    void stop() {
        if (faults != null) {
            faults.close();
        }
    }

    /** Served models that throw where the test requests it. */
    private ServedModels.Factory servedModels() {
        FakeModels working = new FakeModels("1");
        return () -> {
            ServedModels servedModels = working.open();
            return new ServedModels() {
                @Override
                public ServedModels.Model active(ModelKind kind) {
                    ServedModels.Model servedModel = servedModels.active(kind);
                    return new ServedModels.Model() {
                        @Override
                        public String version() {
                            return servedModel.version();
                        }

                        @Override
                        public int outputs() {
                            return servedModel.outputs();
                        }

                        @Override
                        public List<float[]> run(List<float[]> rows) {
                            if (poison.test(rows)) {
                                throw new IllegalStateException("injected into a model");
                            }
                            return servedModel.run(rows);
                        }
                    };
                }

                @Override
                public void close() {
                    servedModels.close();
                }
            };
        };
    }

    /** The alerts of each camera, in order. */
    private Map<String, List<String>> run() throws Exception {
        emitted.clear();
        letters.clear();
        AnomalySettings rules =
                VideoAnalyticsSettings.from(Configuration.fromMap(Map.of("models.budget", "10")))
                        .anomalies()
                        .with(servedModels());
        try (Subtask<Observation, ModelRequestResult, Alert> subtask =
                Subtask.start(
                        AnomalyOperatorTest.blueprint(() -> rules, new BulkheadSettings(1, 1)),
                        Backend.HEAP,
                        START)) {
            for (int i = 0; i < streets.size(); i++) {
                subtask.first(streets.get(i), streets.get(i).arrivalTime());
                if (i % BETWEEN == BETWEEN - 1) {
                    subtask.watermark(streets.get(i).arrivalTime() - 1);
                }
                if (i % (10 * BETWEEN) == 0) {
                    subtask.checkpoint();
                }
            }
            subtask.watermark(Long.MAX_VALUE);
            emitted.addAll(subtask.drain());
            letters.addAll(subtask.drain(Bulkhead.DEAD_LETTERS));
        }
        return AnomalyOperatorTest.byCamera(emitted);
    }

    /** The first completed track after a share of all observations. */
    private static CompletedTrack passage(double share) {
        return streets.stream()
                .skip((long) (share * streets.size()))
                .filter(each -> each instanceof CompletedTrack)
                .map(each -> (CompletedTrack) each)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, List<String>> without(
            String deviceId, Map<String, List<String>> alerts) {
        Map<String, List<String>> others = new TreeMap<>(alerts);
        others.remove(deviceId);
        return others;
    }

    @Test
    void aRowThatAModelCannotTakeFailsAlone() throws Exception {
        Map<String, List<String>> undisturbed = run();
        CompletedTrack culprit = passage(0.6);
        float[] row = TrackFeatures.of(culprit.trajectory(), SceneFrame.WHOLE_FRAME);
        poison = rows -> rows.stream().anyMatch(each -> Arrays.equals(each, row));

        Map<String, List<String>> disturbed = run();

        assertThat(without(culprit.deviceId(), disturbed))
                .isEqualTo(without(culprit.deviceId(), undisturbed))
                .isNotEmpty();
        assertThat(letters).hasSize(2);
        assertOfBatch(letters.get(0), culprit);
        assertThat(letters.get(1).address()).isEqualTo(culprit.address());
        assertThat(letters.get(1).error().deviceId()).isEqualTo(culprit.deviceId());
        assertThat(letters.get(1).error().exception()).contains("injected into a model");
        assertEveryAlertEnds();
    }

    /** It has the address of the first observation and those of all, and no camera. */
    private static void assertOfBatch(DeadLetter letter, Observation member) {
        Observation first =
                streets.stream()
                        .filter(each -> each.address().equals(letter.address()))
                        .findFirst()
                        .orElseThrow();
        assertThat(letter.error().deviceId()).isNull();
        assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                .contains("observations: " + first.address() + " of " + first.deviceId())
                .contains((member == null ? first : member).address().toString());
    }

    /** No observation is lost, and the version stays. */
    @Test
    void aModelThatThrowsOnceOnABatchIsAskedRowByRow() throws Exception {
        Map<String, List<String>> undisturbed = run();
        int[] calls = new int[1];
        poison = rows -> rows.size() > 1 && ++calls[0] == 500;

        assertThat(run()).isEqualTo(undisturbed);
        assertThat(calls[0]).isGreaterThan(500);
        assertThat(letters).hasSize(1);
        assertOfBatch(letters.get(0), null);
    }

    @Test
    void anObservationThatFailsReachesNoOtherCamera() throws Exception {
        Map<String, List<String>> undisturbed = run();
        CompletedTrack culprit = passage(0.6);
        faults =
                new InjectedFaults(
                        (type, arguments) -> arguments[0] == culprit,
                        InjectedFaults.OF_OBSERVATIONS);

        Map<String, List<String>> disturbed = run();

        assertThat(without(culprit.deviceId(), disturbed))
                .isEqualTo(without(culprit.deviceId(), undisturbed))
                .isNotEmpty();
        assertThat(letters).extracting(DeadLetter::address).containsExactly(culprit.address());
        assertThat(letters.get(0).error().pausedUntil()).isNull();
        assertEveryAlertEnds();
    }

    @Test
    void aRepeatedFailureResetsTheCamera() throws Exception {
        Map<String, List<String>> undisturbed = run();
        ActivitySample first =
                emitted.stream()
                        .filter(alert -> alert.alertId() != null)
                        .filter(alert -> alert.type() == ModelKind.SCENE_ACTIVITY.alert())
                        .findFirst()
                        .flatMap(
                                alert ->
                                        streets.stream()
                                                .filter(each -> each instanceof ActivitySample)
                                                .filter(
                                                        each ->
                                                                each.arrivalTime()
                                                                        > alert.causedAt())
                                                .filter(
                                                        each ->
                                                                each.deviceId()
                                                                        .equals(alert.deviceId()))
                                                .map(each -> (ActivitySample) each)
                                                .findFirst())
                        .orElseThrow();
        long until = first.arrivalTime() + ActivitySample.LENGTH;
        faults =
                new InjectedFaults(
                        (type, arguments) ->
                                arguments[0] instanceof ActivitySample activity
                                        && activity.deviceId().equals(first.deviceId())
                                        && activity.arrivalTime() >= first.arrivalTime()
                                        && activity.arrivalTime() <= until,
                        InjectedFaults.OF_OBSERVATIONS);

        Map<String, List<String>> disturbed = run();

        assertThat(without(first.deviceId(), disturbed))
                .isEqualTo(without(first.deviceId(), undisturbed))
                .isNotEmpty();
        assertThat(letters.get(1).error().pausedUntil()).isNotNull();
        assertEveryAlertEnds();
    }

    private void assertEveryAlertEnds() {
        Map<String, Alert> last = new TreeMap<>();
        for (Alert alert : emitted) {
            Alert before = last.put(alert.alertId(), alert);
            assertThat(alert.status() == Alert.Status.NEW)
                    .as("%s", alert)
                    .isEqualTo(before == null);
        }
        assertThat(last.values()).extracting(Alert::status).containsOnly(Alert.Status.ENDED);
    }
}
