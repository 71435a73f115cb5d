package io.atalaya.videoanalytics;

import io.atalaya.alert.Alert;
import io.atalaya.alert.AlertType;
import io.atalaya.jobtests.GoldenSavepoint;
import io.atalaya.jobtests.Regenerate;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The job goes on from the savepoints of every earlier version as if it had never stopped. One is
 * added with {@code -Datalaya.regenerate=true} when the newest was made of older formats; none is
 * ever changed.
 */
class VideoAnalyticsRestoreIT {
    /** At what the savepoints were made; restored at less and at more. */
    private static final int PARALLELISM = 2;

    /** Of an uninterrupted run. */
    private static Map<String, String> expected;

    @BeforeAll
    static void runWithoutAStop() throws Exception {
        if (Regenerate.isAsked() && !GoldenSavepoint.newestIsOf(FormatsGoldenTest.ofToday())) {
            try (JobRun run = new JobRun()) {
                run.start(null, PARALLELISM, StreetScenario.SETTINGS);
                run.publish(StreetScenario.before());
                run.awaitQuiet();
                GoldenSavepoint.add(run.stopWithSavepoint(), FormatsGoldenTest.ofToday());
            }
        }
        try (JobRun run = new JobRun()) {
            run.start(null, PARALLELISM, StreetScenario.SETTINGS);
            run.publish(StreetScenario.before());
            run.awaitQuiet();
            run.publish(StreetScenario.after());
            run.awaitQuiet();
            expected = run.lastRevisions();
            assertThat(run.lastAlerts().values())
                    .hasSize(2)
                    .allMatch(alert -> alert.status() == Alert.Status.ENDED);
        }
    }

    static Stream<Arguments> savepoints() throws IOException {
        return GoldenSavepoint.atParallelisms(1, 3);
    }

    @Test
    void theStateOfTodayHasItsSavepoint() throws IOException {
        assertThat(GoldenSavepoint.newestIsOf(FormatsGoldenTest.ofToday()))
                .as(
                        "the newest golden savepoint was made of other formats than today's: add one with"
                                + " mvn verify -pl jobs/video-analytics -am -Dtest=none -Dit.test=VideoAnalyticsRestoreIT"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false"
                                + " -Datalaya.regenerate=true, and keep those that are there")
                .isTrue();
    }

    @ParameterizedTest(name = "{0} at parallelism {1}")
    @MethodSource("savepoints")
    void goesOnAsIfItHadNotStopped(
            GoldenSavepoint savepoint, int parallelism, @TempDir Path directory) throws Exception {
        try (JobRun run = new JobRun()) {
            // The savepoint holds offsets: what it has read must lie before them here too, and the
            // same keys lead to the same partitions.
            run.publish(StreetScenario.before());
            run.start(savepoint.unpackInto(directory), parallelism, StreetScenario.SETTINGS);
            run.publish(StreetScenario.after());
            run.awaitQuiet();

            assertThat(run.seen())
                    .filteredOn(alert -> alert.status() == Alert.Status.NEW)
                    .as("alerts that were open before")
                    .isEmpty();
            assertThat(withoutIds(run.lastRevisions()))
                    .containsExactlyInAnyOrderElementsOf(withoutIds(expected));
            if (savepoint.isNewest()) {
                assertThat(run.lastRevisions()).isEqualTo(expected);
            }
        }
    }

    /** An open alert keeps the id that an earlier version has given it. */
    private static List<String> withoutIds(Map<String, String> revisions) {
        return revisions.entrySet().stream()
                .map(alert -> alert.getValue().replace(alert.getKey(), ""))
                .toList();
    }

    /** What models have learned of each camera lies in the savepoint, and nowhere else. */
    @Test
    void whatIsUnusualIsKnownAfterARestoreAtAnotherParallelism() throws Exception {
        Map<String, String> undisturbed;
        try (JobRun run = new JobRun()) {
            run.start(null, PARALLELISM, UnusualWayScenario.SETTINGS);
            run.publish(UnusualWayScenario.before());
            run.publish(UnusualWayScenario.after());
            run.awaitQuiet();
            undisturbed = run.lastRevisions();
            assertThat(run.lastAlerts().values())
                    .as("one that turned round in each street")
                    .filteredOn(alert -> alert.type() == AlertType.UNUSUAL_TRAJECTORY)
                    .filteredOn(alert -> UnusualWayScenario.isOfThoseThatTurned(alert.time()))
                    .extracting(alert -> alert.device().id())
                    .hasSize(UnusualWayScenario.CAMERAS)
                    .doesNotHaveDuplicates();
        }
        try (JobRun run = new JobRun()) {
            run.start(null, PARALLELISM, UnusualWayScenario.SETTINGS);
            run.publish(UnusualWayScenario.before());
            run.awaitQuiet();
            String savepoint = run.stopWithSavepoint();
            run.start(savepoint, PARALLELISM + 1, UnusualWayScenario.SETTINGS);
            run.publish(UnusualWayScenario.after());
            run.awaitQuiet();
            assertThat(run.lastRevisions()).isEqualTo(undisturbed);
        }
    }
}
