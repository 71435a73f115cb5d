package io.atalaya.videoanalytics;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.testutils.GoldenSavepoint;
import io.atalaya.testutils.JobOnKafka;
import io.atalaya.testutils.Regenerate;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The job continues from its golden savepoint as if it had never stopped. Write the savepoint again
 * with {@code -Datalaya.regenerate=true} when a serializer changes.
 */
@Execution(ExecutionMode.CONCURRENT)
class VideoAnalyticsRestoreIT {
    /** Parallelism of the job that wrote the savepoint; it is restored at lower and higher ones. */
    private static final int PARALLELISM = 2;

    /** Alerts of an uninterrupted run. */
    private static Map<String, String> expected;

    @BeforeAll
    static void runWithoutAStop() throws Exception {
        if (Regenerate.isAsked()) {
            try (JobOnKafka run =
                    new JobOnKafka(new VideoAnalyticsJob(), StreetScenario.SETTINGS)) {
                run.start(null, PARALLELISM);
                run.publish(StreetScenario.before());
                run.awaitQuiet();
                GoldenSavepoint.write(
                        run.stopWithSavepoint(), SerializersGoldenTest.savepointFormats());
            }
        }
        try (JobOnKafka run = new JobOnKafka(new VideoAnalyticsJob(), StreetScenario.SETTINGS)) {
            run.start(null, PARALLELISM);
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

    @Test
    void theSavepointHoldsTheFormatsOfToday() throws IOException {
        assertThat(GoldenSavepoint.formats())
                .as(
                        "the golden savepoint holds other formats: write it again with"
                                + " mvn verify -pl jobs/video-analytics -am -Dtest=none -Dit.test=VideoAnalyticsRestoreIT"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false"
                                + " -Datalaya.regenerate=true")
                .isEqualTo(SerializersGoldenTest.savepointFormats());
    }

    @ParameterizedTest(name = "at parallelism {0}")
    @ValueSource(ints = {1, 3})
    void goesOnAsIfItHadNotStopped(int parallelism, @TempDir Path directory) throws Exception {
        try (JobOnKafka run = new JobOnKafka(new VideoAnalyticsJob(), StreetScenario.SETTINGS)) {
            // The savepoint contains offsets, so the records that it has read must be published
            // before these, with the same keys in the same partitions.
            run.publish(StreetScenario.before());
            run.start(GoldenSavepoint.unpackInto(directory), parallelism);
            run.publish(StreetScenario.after());
            run.awaitQuiet();

            assertThat(run.alertMessages())
                    .filteredOn(alert -> alert.status() == Alert.Status.NEW)
                    .as("alerts that were open before")
                    .isEmpty();
            assertThat(run.lastRevisions()).isEqualTo(expected);
        }
    }

    /** The learned states of the models are in the savepoint only. */
    @Test
    void whatIsUnusualIsKnownAfterARestoreAtAnotherParallelism() throws Exception {
        Map<String, String> undisturbed;
        try (JobOnKafka run =
                new JobOnKafka(new VideoAnalyticsJob(), UnusualTrajectoryScenario.SETTINGS)) {
            run.start(null, PARALLELISM);
            run.publish(UnusualTrajectoryScenario.before());
            run.publish(UnusualTrajectoryScenario.after());
            run.awaitQuiet();
            undisturbed = run.lastRevisions();
            assertThat(run.lastAlerts().values())
                    .as("one that turned round in each street")
                    .filteredOn(alert -> alert.type() == AlertType.UNUSUAL_TRAJECTORY)
                    .filteredOn(
                            alert ->
                                    UnusualTrajectoryScenario.isOfThoseThatTurned(
                                            alert.lifecycle().deviceTime()))
                    .extracting(alert -> alert.deviceId())
                    .hasSize(UnusualTrajectoryScenario.CAMERAS)
                    .doesNotHaveDuplicates();
        }
        try (JobOnKafka run =
                new JobOnKafka(new VideoAnalyticsJob(), UnusualTrajectoryScenario.SETTINGS)) {
            run.start(null, PARALLELISM);
            run.publish(UnusualTrajectoryScenario.before());
            run.awaitQuiet();
            String savepoint = run.stopWithSavepoint();
            run.start(savepoint, PARALLELISM + 1);
            run.publish(UnusualTrajectoryScenario.after());
            run.awaitQuiet();
            assertThat(run.lastRevisions()).isEqualTo(undisturbed);
        }
    }
}
