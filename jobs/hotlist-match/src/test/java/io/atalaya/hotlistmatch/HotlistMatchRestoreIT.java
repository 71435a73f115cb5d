package io.atalaya.hotlistmatch;

import io.atalaya.alert.Alert;
import io.atalaya.jobtests.GoldenSavepoint;
import io.atalaya.jobtests.Regenerate;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The job goes on from the savepoints of every earlier version as if it had never stopped. One is
 * added with {@code -Datalaya.regenerate=true} when the newest was made of older formats; none is
 * ever changed.
 */
class HotlistMatchRestoreIT {
    /** At what the savepoints were made; restored at less and at more. */
    private static final int PARALLELISM = 2;

    /** Of an uninterrupted run. */
    private static Map<String, String> expected;

    @BeforeAll
    static void runWithoutAStop() throws Exception {
        if (Regenerate.isAsked() && !GoldenSavepoint.newestIsOf(FormatsGoldenTest.ofToday())) {
            try (JobRun run = new JobRun()) {
                run.start(null, PARALLELISM, smallFilter());
                run.publish(RestoreScenario.BEFORE);
                run.awaitQuiet();
                GoldenSavepoint.add(run.stopWithSavepoint(), FormatsGoldenTest.ofToday());
            }
        }
        try (JobRun run = new JobRun()) {
            run.start(null, PARALLELISM, smallFilter());
            run.publish(RestoreScenario.BEFORE);
            run.awaitQuiet();
            run.publish(RestoreScenario.AFTER);
            run.awaitQuiet();
            expected = run.lastRevisions();
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
                                + " mvn verify -pl jobs/hotlist-match -am -Dtest=none -Dit.test=HotlistMatchRestoreIT"
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
            run.publish(RestoreScenario.BEFORE);
            run.start(savepoint.unpackInto(directory), parallelism, smallFilter());
            run.publish(RestoreScenario.AFTER);
            run.awaitQuiet();

            assertThat(run.lastAlerts().values())
                    .extracting(HotlistMatchRestoreIT::summary)
                    .containsExactlyInAnyOrderElementsOf(RestoreScenario.CHANGED_AFTER);
            Map<String, String> last = run.lastRevisions();
            assertThat(expected).containsKeys(last.keySet().toArray(String[]::new));
            // An older state knows less of the readers, and scores its reads otherwise.
            if (savepoint.isOf(FormatsGoldenTest.ofToday())) {
                assertThat(expected).containsAllEntriesOf(last);
            }
        }
    }

    private static String summary(Alert alert) {
        return "%s %s x%d at %s"
                .formatted(
                        alert.subject().entryId(),
                        alert.status(),
                        alert.hotlistEvidence().count(),
                        alert.site());
    }

    /** The default's 3 MB of zeros would be in every savepoint. */
    private static Configuration smallFilter() {
        return new Configuration().set(HotlistMatchOptions.PREFILTER_CAPACITY, 64);
    }
}
