package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;
import io.atalaya.videoanalytics.VideoAnalyticsSettings;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static io.atalaya.videoanalytics.anomaly.ObservedStreets.START;
import static org.assertj.core.api.Assertions.assertThat;

/** Replaces versions of the models while cameras are scored. */
class ModelSwapOperatorTest {
    private static final int BETWEEN = 20;

    private static List<Observation> streets;

    private ChangingModels servedModels;
    private Subtask<Observation, ModelRequestResult, Alert> subtask;
    private final List<Alert> emitted = new ArrayList<>();

    @BeforeAll
    static void observe() {
        streets = ObservedStreets.of(2, 1_400);
    }

    @BeforeEach
    void start() throws Exception {
        if (subtask != null) {
            subtask.close();
        }
        servedModels = new ChangingModels();
        emitted.clear();
        AnomalySettings rules =
                VideoAnalyticsSettings.from(Configuration.fromMap(Map.of("models.budget", "10")))
                        .anomalies()
                        .with(servedModels);
        subtask =
                Subtask.start(
                        AnomalyOperatorTest.blueprint(() -> rules, BulkheadSettings.DEFAULT),
                        Backend.HEAP,
                        START);
    }

    @AfterEach
    void stop() {
        subtask.close();
    }

    private void choose(String active, String shadow) throws Exception {
        for (ModelKind kind : ModelKind.values()) {
            subtask.second(new ModelRequestResult.Versions(kind, active, shadow));
        }
    }

    /**
     * Of one model only, because its share of the budget depends on when the other one knows the
     * camera.
     */
    private void chooseForTrajectories(String active, String shadow) throws Exception {
        subtask.second(new ModelRequestResult.Versions(ModelKind.TRAJECTORY, active, shadow));
    }

    /** Feeds a range of the observations, in thousandths. */
    private void feed(int from, int until) throws Exception {
        List<Observation> some =
                streets.subList(streets.size() * from / 1_000, streets.size() * until / 1_000);
        for (int i = 0; i < some.size(); i++) {
            subtask.first(some.get(i), some.get(i).arrivalTime());
            if (i % BETWEEN == BETWEEN - 1) {
                subtask.watermark(some.get(i).arrivalTime() - 1);
                emitted.addAll(subtask.drain());
            }
        }
        subtask.watermark(some.get(some.size() - 1).arrivalTime() - 1);
        emitted.addAll(subtask.drain());
    }

    private static List<String> texts(List<Alert> alerts) {
        // Short, because a failed assertion prints all of them.
        return alerts.stream()
                .map(
                        alert ->
                                alert.alertId()
                                        + ":"
                                        + alert.revision()
                                        + " "
                                        + Arrays.hashCode(
                                                AlertCodec.write(alert.withDetectedAt(0))))
                .toList();
    }

    private List<String> undisturbed() throws Exception {
        feed(0, 1_000);
        List<String> alerts = texts(emitted);
        assertThat(alerts).hasSizeGreaterThan(20);
        start();
        return alerts;
    }

    @Test
    void aShadowScoresEverythingAndEmitsNothing() throws Exception {
        List<String> undisturbed = undisturbed();

        choose(null, "2");
        feed(0, 1_000);

        assertThat(texts(emitted)).isEqualTo(undisturbed);
        assertThat(servedModels.rows).isEqualTo(Map.of("1", streets.size(), "2", streets.size()));
    }

    @Test
    void aShadowThatIsActivatedGoesOnWithWhatItHasLearned() throws Exception {
        chooseForTrajectories("2", null);
        feed(0, 500);
        emitted.clear();
        feed(500, 1_000);
        List<String> allAlong = texts(trajectories());
        start();

        chooseForTrajectories(null, "2");
        feed(0, 500);
        emitted.clear();
        chooseForTrajectories("2", null);
        feed(500, 1_000);

        assertThat(texts(trajectories())).isEqualTo(allAlong).hasSizeGreaterThan(5);
    }

    private List<Alert> trajectories() {
        return emitted.stream()
                .filter(alert -> alert.type() == AlertType.UNUSUAL_TRAJECTORY)
                .toList();
    }

    @Test
    void aNewVersionLearnsFirstAndLosesNoObservation() throws Exception {
        feed(0, 500);
        emitted.clear();
        choose("2", null);
        feed(500, 520);

        assertThat(trajectories()).isEmpty();
        feed(520, 1_000);
        assertThat(trajectories()).isNotEmpty();
        subtask.watermark(Long.MAX_VALUE);
        assertThat(servedModels.rows.values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(streets.size());
    }

    @Test
    void theOneBeforeIsNotForgotten() throws Exception {
        feed(0, 500);
        emitted.clear();
        chooseForTrajectories("2", "1");
        feed(500, 800);
        chooseForTrajectories("1", null);
        emitted.clear();
        feed(800, 1_000);
        List<String> backAgain = texts(trajectories());
        start();

        feed(0, 800);
        emitted.clear();
        feed(800, 1_000);
        assertThat(backAgain).isEqualTo(texts(trajectories())).isNotEmpty();
    }

    @Test
    void aChoiceOutlivesARestart() throws Exception {
        choose("2", "3");
        feed(0, 10);
        subtask.restart();
        servedModels.rows.clear();
        feed(10, 20);

        assertThat(servedModels.rows).containsOnlyKeys("2", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangingModels.THROWING, ChangingModels.MAD})
    void aVersionThatWorksNoMoreLeavesTheJobToThatOfTheSettings(String active) throws Exception {
        List<String> undisturbed = undisturbed();

        feed(0, 300);
        choose(active, null);
        feed(300, 700);
        assertThat(servedModels.dropped).contains(active);
        // The requested version is tried again, and fails again.
        subtask.restart();
        feed(700, 1_000);

        assertThat(texts(emitted)).isEqualTo(undisturbed);
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangingModels.THROWING, ChangingModels.MAD})
    void aFailingShadowDoesNotDisturbTheActiveVersion(String shadow) throws Exception {
        List<String> undisturbed = undisturbed();

        feed(0, 300);
        choose(null, shadow);
        feed(300, 700);
        assertThat(servedModels.dropped).contains(shadow);
        servedModels.rows.remove(shadow);
        subtask.second(new ModelRequestResult.Versions(ModelKind.TRAJECTORY, null, null));
        subtask.second(new ModelRequestResult.Versions(ModelKind.SCENE_ACTIVITY, null, null));
        subtask.restart();
        feed(700, 1_000);

        assertThat(texts(emitted)).isEqualTo(undisturbed);
        assertThat(servedModels.rows).isEqualTo(Map.of("1", streets.size()));
    }
}
