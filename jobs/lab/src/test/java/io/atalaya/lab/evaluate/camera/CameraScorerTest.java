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
import static org.assertj.core.api.Assertions.within;

class CameraScorerTest {
    private final List<ScoredAlert> alerts = new ArrayList<>();
    private int ids;

    private static GroundTruth truth() {
        return CameraAlerts.NO_ARCHES.withCameras(
                2,
                30,
                List.of(
                        happening("stopped-vehicle", "CAM-1", 100, 200),
                        happening("crowd", "CAM-2", 500, 800)),
                List.of(new CameraEpisode(null, "CAM-2", at(900), at(910), List.of("7", "8"))));
    }

    private static CameraEpisode happening(String type, String camera, int from, int until) {
        return new CameraEpisode(type, camera, at(from), at(until), List.of());
    }

    private void alert(
            String type, String camera, int emitted, int from, Integer until, String... tracks) {
        alert("A" + ++ids, 1, Status.NEW, type, camera, emitted, from, until, tracks);
    }

    private void alert(
            String id,
            int revision,
            Status status,
            String type,
            String camera,
            int emitted,
            int from,
            Integer until,
            String... tracks) {
        alerts.add(
                CameraAlerts.alert(
                        id,
                        revision,
                        status,
                        Action.ALERT,
                        type,
                        camera,
                        emitted,
                        from,
                        until,
                        1,
                        tracks));
    }

    private CameraFigures score() {
        return CameraScorer.score(truth(), alerts);
    }

    @Test
    void anOverlappingAlertIsCorrectAndTheFirstCounts() {
        alert("A", 1, Status.NEW, "stopped-vehicle", "CAM-1", 140, 95, null);
        alert("A", 2, Status.ENDED, "stopped-vehicle", "CAM-1", 230, 95, 205);
        alert("stopped-vehicle", "CAM-1", 180, 170, 190);

        CameraFigures figures = score();
        assertThat(figures.found()).isEqualTo(1);
        assertThat(figures.alerts()).isEqualTo(2);
        assertThat(figures.falseOnes()).isEmpty();
        assertThat(figures.kinds().get("stopped-vehicle").delays().p50()).isEqualTo(40_000);
        assertThat(figures.missed()).singleElement().asString().startsWith("crowd at CAM-2");
        assertThat(figures.alertsPerIncident()).isEqualTo(1.0);
    }

    @Test
    void severalRecordingsAddUp() {
        alert("stopped-vehicle", "CAM-1", 140, 95, 205);
        alert("wrong-way", "CAM-1", 140, 100, 200);
        CameraScorer scorer = new CameraScorer();
        scorer.add("one: ", truth(), alerts);
        scorer.add("two: ", truth(), List.of());

        CameraFigures figures = scorer.figures();
        assertThat(figures.episodes()).isEqualTo(4);
        assertThat(figures.found()).isEqualTo(1);
        assertThat(figures.cameraHours()).isEqualTo(2);
        assertThat(figures.missed())
                .extracting(each -> each.substring(0, each.indexOf(" at")))
                .containsExactly("one: crowd", "two: stopped-vehicle", "two: crowd");
        assertThat(figures.falseOnes()).singleElement().asString().startsWith("one: wrong-way");
    }

    @Test
    void anotherPlaceOrTimeOrTypeIsFalse() {
        alert("stopped-vehicle", "CAM-2", 140, 100, 200);
        alert("stopped-vehicle", "CAM-1", 340, 300, 350);
        alert("wrong-way", "CAM-1", 140, 100, 200);

        CameraFigures figures = score();
        assertThat(figures.found()).isZero();
        assertThat(figures.falseOnes()).hasSize(3);
        assertThat(figures.falsePerCameraHour()).isCloseTo(3.0, within(1e-9));
    }

    /** The box can cross the line up to a second before the object; that is the same crossing. */
    @Test
    void anEarlyAlertIsCorrectOnlyForTheSameObject() {
        CameraEpisode crossing =
                new CameraEpisode("line-crossing", "CAM-1", at(100), at(120), List.of("7", "8"));
        alert("line-crossing", "CAM-1", 99, 99, 99, "8");
        alert("line-crossing", "CAM-1", 121, 121, 121, "7");
        alert("line-crossing", "CAM-1", 99, 99, 99, "9");
        alert("line-crossing", "CAM-1", 98, 98, 98, "8");
        assertThat(alerts)
                .extracting(alert -> CameraTruth.isAbout(alert, crossing))
                .containsExactly(true, true, false, false);
    }

    @Test
    void aCancelledCorrectAlertIsNeitherCorrectNorFalse() {
        alert("A", 1, Status.NEW, "crowd", "CAM-2", 520, 510, null);
        alert("A", 2, Status.CANCELLED, "crowd", "CAM-2", 600, 510, 590);

        CameraFigures figures = score();
        assertThat(figures.cancelled()).isEqualTo(1);
        assertThat(figures.found()).isZero();
        assertThat(figures.alerts()).isZero();
    }

    @Test
    void aCancelledAlertCountsAsAnInterruption() {
        alert("A", 1, Status.NEW, "wrong-way", "CAM-2", 120, 110, null);
        alert("A", 2, Status.CANCELLED, "wrong-way", "CAM-2", 160, 110, 150);

        CameraFigures figures = score();
        assertThat(figures.cancelled()).isEqualTo(1);
        assertThat(figures.alerts()).isEqualTo(1);
        assertThat(figures.falseOnes()).singleElement().asString().startsWith("wrong-way");
    }

    @Test
    void queuesGroupsAndUnusualSpeedsAreNotFalse() {
        alert("crawling", "CAM-1", 240, 190, 250);
        alert("loitering", "CAM-2", 700, 600, 750);
        alert("speeding", "CAM-2", 905, 900, 910, "8");
        alert("speeding", "CAM-2", 905, 900, 910, "9");

        CameraFigures figures = score();
        assertThat(figures.excused()).isEqualTo(3);
        assertThat(figures.falseOnes()).hasSize(1);
    }

    @Test
    void alertsOfOtherKindsAndAboutNoCameraAreLeftOutOrFalse() {
        alert("hotlist-match", "ARCO-1", 10, 10, 10);
        alert("camera-silent", null, 10, 10, null);

        CameraFigures figures = score();
        assertThat(figures.kinds()).doesNotContainKey("hotlist-match");
        assertThat(figures.falseOnes()).singleElement().asString().startsWith("camera-silent");
    }

    @Test
    void theTableSaysWhatIsAskedBesideWhatIs() {
        alert("crowd", "CAM-2", 520, 510, 800);
        StringWriter text = new StringWriter();
        score().print(new PrintWriter(text, true), true);

        assertThat(text.toString().replaceAll(" +", " "))
                .contains("crowd 1 1 1 0 20.0 s 60 s 20.0 s 20.0 s")
                .contains("found: 1 of 2 (50.0 %; goal: 95 %)")
                .contains("alerts an incident: 0.50 (goal: at most 1.1)")
                .contains("false: 0 in 1 camera-hours, 0.00 an hour (goal: at most 0.1)")
                .contains("missed:\n stopped-vehicle at CAM-1");
    }
}
