package io.atalaya.lab.evaluate.camera;

import io.atalaya.contracts.alert.Alert.Action;
import io.atalaya.contracts.alert.Alert.Status;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

import static io.atalaya.lab.evaluate.camera.CameraAlerts.at;
import static org.assertj.core.api.Assertions.assertThat;

class ModelScorerTest {
    private static final String TRAJECTORY = "unusual-trajectory";
    private static final String ACTIVITY = "unusual-activity";

    private final List<ScoredAlert> alerts = new ArrayList<>();

    private static GroundTruth truth() {
        // Two cameras for half a day are one camera for a day.
        return CameraAlerts.NO_ARCHES.withCameras(
                2,
                720,
                List.of(
                        new CameraEpisode(
                                TRAJECTORY, "u-turn", "CAM-1", at(100), at(120), List.of("7", "8")),
                        new CameraEpisode(
                                ACTIVITY, "emptied-street", "CAM-2", at(500), at(800), List.of()),
                        new CameraEpisode("wrong-way", "CAM-1", at(900), at(920), List.of("20"))),
                List.of(new CameraEpisode(null, "CAM-2", at(900), at(910), List.of("9"))));
    }

    private void alert(
            String type, String camera, int emitted, int from, Integer until, String... tracks) {
        alerts.add(
                CameraAlerts.alert(
                        "A" + alerts.size(),
                        1,
                        Status.NEW,
                        Action.REVIEW,
                        type,
                        camera,
                        emitted,
                        from,
                        until,
                        0.9,
                        tracks));
    }

    private ModelFigures score() {
        return ModelScorer.score(truth(), alerts, 1);
    }

    @Test
    void countsEpisodesThatNoRuleReportsAsAdded() {
        alert(TRAJECTORY, "CAM-1", 121, 100, 121, "8");
        alert(ACTIVITY, "CAM-2", 620, 560, null);

        ModelFigures figures = score();
        assertThat(figures.added()).isEqualTo(2);
        assertThat(figures.unknown()).isEqualTo(2);
        assertThat(figures.missed()).isEmpty();
        assertThat(figures.kinds().get("u-turn").delays().p50()).isEqualTo(21_000);
        assertThat(figures.kinds().get("emptied-street").delays().p50()).isEqualTo(120_000);
    }

    @Test
    void anotherTrackAtTheSameTimeIsAnotherEpisode() {
        alert(TRAJECTORY, "CAM-1", 121, 100, 121, "9");

        ModelFigures figures = score();
        assertThat(figures.added()).isZero();
        assertThat(figures.types().get(TRAJECTORY).others()).isEqualTo(1);
        assertThat(figures.missed()).hasSize(2);
    }

    @Test
    void countsEpisodesOfRulesAsFoundButNotAdded() {
        alert("wrong-way", "CAM-1", 110, 105, 120, "7");
        alert(TRAJECTORY, "CAM-1", 121, 100, 121, "7");
        alert("camera-moved", "CAM-2", 790, 500, null);
        alert("loitering", "CAM-2", 790, 500, null, "44");

        ModelFigures figures = score();
        assertThat(figures.kinds().get("u-turn").found()).isEqualTo(1);
        assertThat(figures.kinds().get("u-turn").unknown()).isZero();
        assertThat(figures.kinds().get("emptied-street").unknown()).isZero();
        assertThat(figures.added()).isZero();
        // The rule's alert about the vehicle is not false either.
        assertThat(CameraScorer.score(truth(), alerts).falseOnes())
                .extracting(each -> each.substring(0, 9))
                .containsExactly("camera-mo", "loitering");
    }

    @Test
    void countsEpisodesThatRulesMissed() {
        alert(TRAJECTORY, "CAM-1", 921, 900, 921, "20");
        alert(TRAJECTORY, "CAM-2", 911, 900, 910, "9");

        ModelFigures figures = score();
        assertThat(figures.types().get(TRAJECTORY).explained()).isEqualTo(1);
        assertThat(figures.othersAdded()).isEqualTo(1);
        alert("wrong-way", "CAM-1", 905, 900, 920, "20");
        assertThat(score().othersAdded()).isZero();
    }

    @Test
    void theRulesFiguresLeaveOutWhatIsForModels() {
        alert(TRAJECTORY, "CAM-1", 300, 290, 300, "99");

        CameraFigures figures = CameraScorer.score(truth(), alerts);
        assertThat(figures.episodes()).isEqualTo(1);
        assertThat(figures.falseOnes()).isEmpty();
        assertThat(figures.alerts()).isZero();
        assertThat(figures.kinds()).containsOnlyKeys("wrong-way");
    }

    @Test
    void theTableShowsTheRateBesideTheBudget() {
        alert(TRAJECTORY, "CAM-1", 121, 100, 121, "8");
        alert(TRAJECTORY, "CAM-1", 321, 300, 321, "50");
        StringWriter text = new StringWriter();
        score().print(new PrintWriter(text, true), true);

        assertThat(text.toString().replaceAll(" +", " "))
                .contains("u-turn 1 1 1 1 21.0 s 21.0 s 21.0 s")
                .contains("emptied-street 1 1 0 0 - - -")
                .contains("unusual-trajectory 2 2.00 1 0 1")
                .contains("together 2 2.00 1 0 1")
                .contains("budget: 1.00 a camera and day, 1 in 1.0 camera-days")
                .contains("incidents added that no rule detector reports: 1 of 2, and 0 that")
                .contains("unusual, missed:\n emptied-street: unusual-activity at CAM-2");
    }
}
