package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
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
 * The job continues from its golden savepoint as if it had not stopped. Write the savepoint again
 * with {@code -Datalaya.regenerate=true} when a state format changes.
 */
@Execution(ExecutionMode.CONCURRENT)
class HotlistMatchRestoreIT {
    /** A small filter, because the default one adds 3 MB of zeros to every savepoint. */
    private static final Map<String, String> OPTIONS = Map.of("prefilter.capacity", "64");

    /**
     * Parallelism of the job that wrote the savepoint; the test restores it at a lower and a higher
     * one.
     */
    private static final int PARALLELISM = 2;

    /** The result of an uninterrupted run. */
    private static LastRevisions expected;

    @BeforeAll
    static void runWithoutAStop() throws Exception {
        if (Regenerate.isAsked()) {
            try (JobOnKafka run = new JobOnKafka(new HotlistMatchJob(), OPTIONS)) {
                run.start(null, PARALLELISM);
                run.publish(RestoreScenario.BEFORE);
                run.awaitQuiet();
                GoldenSavepoint.write(
                        run.stopWithSavepoint(), SerializersGoldenTest.savepointFormats());
            }
        }
        try (JobOnKafka run = new JobOnKafka(new HotlistMatchJob(), OPTIONS)) {
            run.start(null, 1);
            run.publish(RestoreScenario.BEFORE);
            run.awaitQuiet();
            run.publish(RestoreScenario.AFTER);
            run.awaitQuiet();
            expected = LastRevisions.of(run.alertMessages());
        }
    }

    @Test
    void theSavepointHoldsTheFormatsOfToday() throws IOException {
        assertThat(GoldenSavepoint.formats())
                .as(
                        "the golden savepoint holds other formats: write it again with"
                                + " mvn verify -pl jobs/hotlist-match -am -Dtest=none -Dit.test=HotlistMatchRestoreIT"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false"
                                + " -Datalaya.regenerate=true")
                .isEqualTo(SerializersGoldenTest.savepointFormats());
    }

    @ParameterizedTest(name = "at parallelism {0}")
    @ValueSource(ints = {1, 3})
    void goesOnAsIfItHadNotStopped(int parallelism, @TempDir Path directory) throws Exception {
        try (JobOnKafka run = new JobOnKafka(new HotlistMatchJob(), OPTIONS)) {
            // The savepoint holds offsets, so the records that it has read must precede them here
            // too, with the same keys in the same partitions.
            run.publish(RestoreScenario.BEFORE);
            run.start(GoldenSavepoint.unpackInto(directory), parallelism);
            run.publish(RestoreScenario.AFTER);
            run.awaitQuiet();

            assertThat(run.lastAlerts().values())
                    .extracting(HotlistMatchRestoreIT::summary)
                    .containsExactlyInAnyOrderElementsOf(RestoreScenario.CHANGED_AFTER);
            assertThat(expected.said())
                    .containsAllEntriesOf(LastRevisions.of(run.alertMessages()).said());
        }
    }

    private static String summary(Alert alert) {
        return "%s %s x%d at %s"
                .formatted(
                        alert.subject().entryId(),
                        alert.status(),
                        alert.hotlistEvidence().count(),
                        alert.place().site());
    }
}
