package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.alert.Alert.Action;
import io.atalaya.contracts.alert.Alert.Status;
import io.atalaya.lab.evaluate.score.Figures.Delays;
import io.atalaya.lab.evaluate.score.Figures.FoundCounts;
import io.atalaya.lab.evaluate.score.Figures.TypeFigures;
import io.atalaya.simulator.truth.GroundTruth;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class GroundTruthScorerTest {
    private static final long START = 1_767_268_800_000L;

    private final List<ScoredAlert> alerts = new ArrayList<>();
    private final List<GroundTruth.WantedPassage> wanted = new ArrayList<>();

    private void wanted(String entry, String read, long time, String readClass, boolean required) {
        wanted.add(
                new GroundTruth.WantedPassage(
                        entry, read, START + time, "A1", readClass, null, false, required));
    }

    private GroundTruth truth() {
        return new GroundTruth(
                1,
                START,
                60,
                List.of(
                        new GroundTruth.Entry(
                                "E1", "v1", "ABC1234", null, false, START + 5000, null, null)),
                wanted,
                List.of(
                        clone("CLONE1", true, List.of("C1", "C2"), List.of("C3")),
                        clone("CLONE2", false, List.of("C4"), List.of("C5"))),
                List.of(
                        new GroundTruth.Convoy(
                                "v9", "LEAD1", List.of("X1"), List.of("V1", "V2", "V3"))),
                List.of("M1", "M2"),
                List.of("M3"),
                List.of(
                        new GroundTruth.CameraEpisode(
                                "crowd", "CAM-1", START + 100, START + 200, List.of()),
                        new GroundTruth.CameraEpisode(
                                "crowd", "CAM-1", START + 900, START + 950, List.of())),
                null,
                List.of());
    }

    private static GroundTruth.Clone clone(
            String plate, boolean required, List<String> one, List<String> other) {
        return new GroundTruth.Clone(
                plate, List.of("a", "b"), 400, List.of(one, other), 400, required);
    }

    private TypeFigures hotlist() {
        return figures("hotlist-match");
    }

    private TypeFigures figures(String type) {
        // The figures do not depend on the order in which the topic's partitions are read.
        TypeFigures inOrder = figures(type, alerts);
        List<ScoredAlert> reversed = new ArrayList<>(alerts);
        Collections.reverse(reversed);
        assertThat(figures(type, reversed).found()).isEqualTo(inOrder.found());
        assertThat(figures(type, reversed).delays()).isEqualTo(inOrder.delays());
        return inOrder;
    }

    private TypeFigures figures(String type, List<ScoredAlert> revisions) {
        return GroundTruthScorer.score(truth(), revisions).types().stream()
                .filter(figures -> figures.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private void alert(
            String id,
            int revision,
            Status status,
            Action action,
            long at,
            String entry,
            String... reads) {
        alert("hotlist-match", id, revision, status, action, at, entry, reads);
    }

    private void alert(
            String type,
            String id,
            int revision,
            Status status,
            Action action,
            long at,
            String entry,
            String... reads) {
        alerts.add(
                new ScoredAlert(
                        START + at,
                        id,
                        revision,
                        status,
                        type,
                        action,
                        null,
                        entry,
                        "CAM-1",
                        START + at,
                        null,
                        List.of(reads),
                        List.of(),
                        0.5,
                        80,
                        "ABC1Z34",
                        "ABC1234",
                        null));
    }

    @Test
    void countsFoundByActionAndMissed() {
        wanted("E1", "R1", 0, "exact", true);
        wanted("E1", "R2", 0, "exact", true);
        wanted("E1", "R3", 0, "look-alike", true);
        alert("a", 1, Status.NEW, Action.ALERT, 10, "E1", "R1");
        alert("b", 1, Status.NEW, Action.REVIEW, 10, "E1", "R2");
        TypeFigures figures = hotlist();
        assertThat(figures.found()).isEqualTo(new FoundCounts(3, 1, 1, 0, 0));
        assertThat(figures.found().missed()).isEqualTo(1);
        assertThat(figures.found().recall()).isEqualTo(2 / 3.0);
        assertThat(figures.missed())
                .singleElement()
                .asString()
                .contains("R3", "look-alike", "ABC1234");
        assertThat(figures.groups())
                .containsExactly(
                        entry("exact", new FoundCounts(2, 1, 1, 0, 0)),
                        entry("look-alike", new FoundCounts(1, 0, 0, 0, 0)));
        assertThat(figures.precision()).isEqualTo(1.0);
    }

    @Test
    void theHighestRevisionDecides() {
        wanted("E1", "R1", 0, "exact", true);
        wanted("E1", "R2", 0, "exact", true);
        wanted("E1", "R3", 0, "exact", true);
        // Raised to an alert; its revisions arrive out of order and twice.
        alert("a", 3, Status.UPDATED, Action.ALERT, 90, "E1", "R1");
        alert("a", 2, Status.NEW, Action.REVIEW, 20, "E1", "R1");
        alert("a", 3, Status.UPDATED, Action.ALERT, 90, "E1", "R1");
        // Cancelled: it finds nothing and is not false.
        alert("b", 1, Status.NEW, Action.ALERT, 20, "E1", "R2");
        alert("b", 2, Status.CANCELLED, Action.ALERT, 30, "E1", "R2");
        // Ended: it counts as right.
        alert("c", 1, Status.NEW, Action.ALERT, 20, "E1", "R3");
        alert("c", 2, Status.ENDED, Action.ALERT, 600_000, "E1", "R3");
        TypeFigures figures = hotlist();
        assertThat(figures.found()).isEqualTo(new FoundCounts(3, 2, 0, 0, 0));
        assertThat(figures.alerts()).isEqualTo(2);
        assertThat(figures.cancelled()).isEqualTo(1);
        assertThat(figures.takenBack()).isEqualTo(1);
        assertThat(figures.falseAlerts()).isZero();
        assertThat(figures.twice()).isZero();
        assertThat(figures.delays()).isEqualTo(new Delays(2, 20, 20, 20));
    }

    @Test
    void onlyAnAlertThatInterruptedBeforeIsTakenBack() {
        alert("a", 1, Status.CANCELLED, Action.ALERT, 30, "E1", "R1");
        alert("b", 1, Status.NEW, Action.REVIEW, 20, "E1", "R2");
        alert("b", 2, Status.CANCELLED, Action.REVIEW, 30, "E1", "R2");
        TypeFigures figures = hotlist();
        assertThat(figures.cancelled()).isEqualTo(2);
        assertThat(figures.takenBack()).isZero();
    }

    @Test
    void aReadThatTheLastRevisionDroppedIsNotFound() {
        wanted("E1", "R1", 0, "exact", true);
        wanted("E1", "R2", 0, "exact", true);
        alert("a", 1, Status.NEW, Action.ALERT, 10, "E1", "R1", "R2");
        alert("a", 2, Status.UPDATED, Action.ALERT, 20, "E1", "R2");
        assertThat(hotlist().found()).isEqualTo(new FoundCounts(2, 1, 0, 0, 0));
    }

    @Test
    void anotherEntrysAlertFindsNothingAndIsFalse() {
        wanted("E1", "R1", 0, "exact", true);
        alert("a", 1, Status.NEW, Action.ALERT, 10, "E2", "R1");
        alert("b", 1, Status.NEW, Action.REVIEW, 10, "E1", "R9");
        TypeFigures figures = hotlist();
        assertThat(figures.found().found()).isZero();
        assertThat(figures.falseAlerts()).isEqualTo(1);
        assertThat(figures.falseReviews()).isEqualTo(1);
        assertThat(figures.precision()).isZero();
        assertThat(figures.falseOnes())
                .hasSize(2)
                .first()
                .asString()
                .contains("ALERT a", "entry E2", "R1 as ABC1Z34 against ABC1234");
    }

    @Test
    void whatIsNotRequiredIsNeitherMissedNorFalse() {
        wanted("E1", "R1", 0, "worse", false);
        wanted("E1", "R2", 0, "worse", false);
        alert("a", 1, Status.NEW, Action.ALERT, 10, "E1", "R1");
        TypeFigures figures = hotlist();
        assertThat(figures.found()).isEqualTo(new FoundCounts(0, 0, 0, 2, 1));
        assertThat(figures.found().recall()).isNull();
        assertThat(figures.missed()).isEmpty();
        assertThat(figures.falseAlerts()).isZero();
        assertThat(figures.rightAlerts()).isZero();
        assertThat(figures.precision()).isNull();
        assertThat(figures.delays().count()).isZero();
    }

    @Test
    void countsPassagesAlertedTwiceForOneEntry() {
        wanted("E1", "R1", 0, "exact", true);
        wanted("E2", "R1", 0, "exact", true);
        alert("a", 1, Status.NEW, Action.ALERT, 10, "E1", "R1");
        alert("b", 1, Status.NEW, Action.REVIEW, 10, "E1", "R1");
        alert("c", 1, Status.NEW, Action.ALERT, 10, "E2", "R1");
        TypeFigures figures = hotlist();
        assertThat(figures.twice()).isEqualTo(1);
        assertThat(figures.found()).isEqualTo(new FoundCounts(2, 2, 0, 0, 0));
    }

    @Test
    void anAlertMayHoldSeveralPassagesAndAStrayOne() {
        wanted("E1", "R1", 0, "exact", true);
        wanted("E1", "R2", 1000, "exact", true);
        alert("a", 1, Status.NEW, Action.ALERT, 30, "E1", "R1");
        alert("a", 2, Status.UPDATED, Action.ALERT, 1070, "E1", "R1", "R9", "R2");
        TypeFigures figures = hotlist();
        assertThat(figures.found().found()).isEqualTo(2);
        assertThat(figures.delays()).isEqualTo(new Delays(2, 30, 70, 70));
        assertThat(figures.strayReads()).isEqualTo(1);
        assertThat(figures.falseAlerts()).isZero();
    }

    @Test
    void theDelayOfARetrospectiveOneCountsFromItsEntry() {
        wanted.add(
                new GroundTruth.WantedPassage("E1", "R1", START, "A1", "exact", null, true, true));
        wanted("E1", "R2", 6000, "exact", true);
        alert("a", 1, Status.NEW, Action.REVIEW, 5040, "E1", "R1");
        alert("b", 1, Status.NEW, Action.ALERT, 5990, "E1", "R2");
        TypeFigures figures = hotlist();
        assertThat(figures.groups().keySet()).containsExactly("exact", "retrospective exact");
        assertThat(figures.groupDelays())
                .containsEntry("retrospective exact", new Delays(1, 40, 40, 40))
                // The delay is negative because the device's clock is ahead of the arrival time.
                .containsEntry("exact", new Delays(1, -10, -10, -10));
    }

    @Test
    void aCloneNeedsAReadOfEitherVehicle() {
        alert("cloned-plate", "a", 1, Status.NEW, Action.ALERT, 10, null, "C1", "C2");
        assertThat(figures("cloned-plate").found()).isEqualTo(new FoundCounts(1, 0, 0, 1, 0));
        assertThat(figures("cloned-plate").falseAlerts()).isEqualTo(1);
        alert("cloned-plate", "b", 1, Status.NEW, Action.ALERT, 10, null, "C2", "C3");
        alert("cloned-plate", "c", 1, Status.NEW, Action.ALERT, 10, null, "C4", "C5");
        assertThat(figures("cloned-plate").found()).isEqualTo(new FoundCounts(1, 1, 0, 1, 1));
        assertThat(figures("cloned-plate").delays().count())
                .as("which read proves it is not known")
                .isZero();
        assertThat(figures("cloned-plate").falseAlerts()).isEqualTo(1);
    }

    @Test
    void mismatchesAndConvoysAreFoundByTheirReads() {
        alert("plate-tag-mismatch", "a", 1, Status.NEW, Action.ALERT, 10, null, "M1", "T1");
        alert("plate-tag-mismatch", "b", 1, Status.NEW, Action.ALERT, 10, null, "M3", "T3");
        alert("plate-tag-mismatch", "c", 1, Status.NEW, Action.ALERT, 10, null, "R1", "T4");
        alert("convoy", "d", 1, Status.NEW, Action.REVIEW, 10, null, "X7", "V2");
        alert("convoy", "e", 1, Status.NEW, Action.REVIEW, 10, null, "X7");
        TypeFigures mismatches = figures("plate-tag-mismatch");
        assertThat(mismatches.found()).isEqualTo(new FoundCounts(2, 1, 0, 1, 1));
        assertThat(mismatches.falseAlerts()).isEqualTo(1);
        assertThat(figures("convoy").found()).isEqualTo(new FoundCounts(1, 0, 1, 0, 0));
        assertThat(figures("convoy").falseReviews()).isEqualTo(1);
    }

    @Test
    void aConvoyAlertNamesACompanionAndTwoCompanionsAreNoRepeat() {
        convoy("a", "X1", "V1");
        convoy("b", "Y9876", "V1");
        TypeFigures figures = figures("convoy");
        assertThat(figures.found()).isEqualTo(new FoundCounts(1, 1, 0, 0, 0));
        assertThat(figures.falseAlerts()).as("drove the same way").isEqualTo(1);
        assertThat(figures.strayReads()).isZero();
        convoy("c", "X7", "V2");
        assertThat(figures("convoy").twice()).as("misread by one character").isZero();
        convoy("d", "X1", "V2");
        assertThat(figures("convoy").twice()).isEqualTo(1);
    }

    private void convoy(String id, String companion, String read) {
        alerts.add(
                new ScoredAlert(
                        START,
                        id,
                        1,
                        Status.NEW,
                        "convoy",
                        Action.ALERT,
                        companion,
                        "E1",
                        "CAM-1",
                        START,
                        null,
                        List.of(read, "X-READ"),
                        List.of(),
                        0.5,
                        80,
                        null,
                        null,
                        null));
    }

    @Test
    void cameraAlertsAreFoundByPlaceAndTimeAndNeverCalledFalse() {
        alert("crowd", "a", 1, Status.NEW, Action.ALERT, 150, null);
        alerts.add(
                new ScoredAlert(
                        START + 400,
                        "b",
                        1,
                        Status.ENDED,
                        "crowd",
                        Action.ALERT,
                        null,
                        null,
                        "CAM-2",
                        START + 400,
                        START + 500,
                        List.of(),
                        List.of(),
                        1,
                        0,
                        null,
                        null,
                        null));
        TypeFigures crowd = figures("crowd");
        // The first alert never ended, but had no further revision when the second was emitted.
        assertThat(crowd.found()).isEqualTo(new FoundCounts(2, 1, 0, 0, 0));
        assertThat(crowd.delays()).isEqualTo(new Delays(1, 50, 50, 50));
        assertThat(crowd.falseAlerts()).isNull();
        assertThat(crowd.precision()).isNull();
    }

    /** The tolerance is that of CameraScorer, because one rule defines what an alert is about. */
    @Test
    void aCameraAlertThatNamesTheObjectMayMissItByASecond() {
        GroundTruth.CameraEpisode crossing =
                new GroundTruth.CameraEpisode(
                        "line-crossing", "CAM-1", START + 9_000, START + 9_500, List.of("7", "8"));
        for (String object : List.of("8", "9")) {
            ScoredAlert soon =
                    new ScoredAlert(
                            START + 8_200,
                            "a",
                            1,
                            Status.ENDED,
                            "line-crossing",
                            Action.ALERT,
                            null,
                            null,
                            "CAM-1",
                            START + 8_100,
                            START + 8_200L,
                            List.of(),
                            List.of(object),
                            1,
                            0,
                            null,
                            null,
                            null);
            GroundTruth one = truth().withCameras(1, 1, List.of(crossing), List.of());
            assertThat(GroundTruthScorer.score(one, List.of(soon)).types())
                    .filteredOn(figures -> figures.type().equals("line-crossing"))
                    .singleElement()
                    .extracting(figures -> figures.found().found())
                    .as(object)
                    .isEqualTo(object.equals("8") ? 1 : 0);
        }
    }

    @Test
    void typesWithoutAlertsAndWithoutTruthAreBothReported() {
        alert("camera-silent", "a", 1, Status.NEW, Action.ALERT, 10, null);
        Figures figures = GroundTruthScorer.score(truth(), alerts);
        assertThat(figures.unjudged()).containsExactly(entry("camera-silent", 1));
        assertThat(figures.types())
                .extracting(TypeFigures::type)
                .containsExactly("cloned-plate", "plate-tag-mismatch", "convoy", "crowd");
        assertThat(figures.types())
                .allMatch(type -> type.alerts() == 0 && type.found().found() == 0);
    }

    @Test
    void percentilesAreByNearestRank() {
        List<Long> samples = new ArrayList<>();
        for (long i = 100; i >= 1; i--) {
            samples.add(i);
        }
        assertThat(Delays.of(samples)).isEqualTo(new Delays(100, 50, 95, 100));
        assertThat(Delays.of(List.of(7L))).isEqualTo(new Delays(1, 7, 7, 7));
        assertThat(Delays.of(List.of())).isEqualTo(new Delays(0, 0, 0, 0));
    }
}
