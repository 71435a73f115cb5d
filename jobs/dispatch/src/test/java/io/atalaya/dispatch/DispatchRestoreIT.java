package io.atalaya.dispatch;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.HashId;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.testutils.GoldenSavepoint;
import io.atalaya.testutils.JobOnKafka;
import io.atalaya.testutils.Regenerate;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The job continues from its golden savepoint, at another parallelism. Write the savepoint again
 * with {@code -Datalaya.regenerate=true} when a state format changes.
 */
class DispatchRestoreIT {
    private static final long START = 1_772_539_200_000L;

    /** Of the job that wrote the savepoint, and of the one that continues from it. */
    private static final int PARALLELISM = 2;

    private static final int OTHER_PARALLELISM = 3;

    private static final String ROBBERY = "30101";

    /** Far enough from the button to be another incident. */
    private static final String ELSEWHERE = "\"latitude\":19.35,\"longitude\":-99.6";

    private static final String ACCEPTED = HashId.of("incident", "call:C-1");
    private static final String OPEN = HashId.of("incident", "call:C-2");
    private static final String CLOSED = HashId.of("incident", "call:C-3");

    /** One incident is accepted, one open, one closed. */
    private static final List<TopicRecord> BEFORE =
            join(
                    DispatchScenario.before(START),
                    DispatchScenario.call("C-1", ROBBERY, START + 1_000),
                    elsewhere("C-2", START + 1_000),
                    farther("C-3", START + 1_000));

    private static final List<TopicRecord> ANSWERS =
            List.of(
                    DispatchScenario.press("E-1", "PRESS", START + 2_000),
                    answer("R-1", ACCEPTED, "{\"type\":\"ACCEPT\",\"cadNumber\":\"CAD-7\"}", 2_000),
                    answer(
                            "R-2",
                            CLOSED,
                            "{\"type\":\"CLOSE\",\"dispositionCommonRegistryCode\":\"01\"}",
                            2_000));

    private static final List<TopicRecord> AFTER =
            List.of(
                    DispatchScenario.press("E-1", "PRESS", START + 2_000),
                    elsewhere("C-4", START + 4_000),
                    answer("R-1", ACCEPTED, "{\"type\":\"ACCEPT\",\"cadNumber\":\"CAD-8\"}", 5_000),
                    answer("R-3", ACCEPTED, "{\"type\":\"ON_SCENE\"}", 5_000),
                    answer("R-4", CLOSED, "{\"type\":\"NOTE\",\"text\":\"fin\"}", 5_000));

    @BeforeAll
    static void writeTheSavepointIfAsked() throws Exception {
        if (Regenerate.isAsked()) {
            try (JobOnKafka run = job()) {
                run.start(null, PARALLELISM);
                publishBefore(run);
                GoldenSavepoint.write(
                        run.stopWithSavepoint(), SerializersGoldenTest.savepointFormats());
            }
        }
    }

    private static JobOnKafka job() {
        return new JobOnKafka(new DispatchJob(), new DispatchJob().optionsAtFullSpeed());
    }

    /** Topics are read in any order, so that what follows from others waits for them. */
    private static void publishBefore(JobOnKafka run) throws Exception {
        run.publish(BEFORE);
        run.awaitQuiet();
        run.publish(ANSWERS);
        run.awaitQuiet();
    }

    @Test
    void theSavepointHoldsTheFormatsOfToday() throws Exception {
        assertThat(GoldenSavepoint.formats())
                .as(
                        "the golden savepoint holds other formats: write it again with"
                                + " mvn verify -pl jobs/dispatch -am -Dtest=none -Dit.test=DispatchRestoreIT"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false"
                                + " -Datalaya.regenerate=true")
                .isEqualTo(SerializersGoldenTest.savepointFormats());
    }

    @Test
    void incidentsContinueAtAnotherParallelism(@TempDir Path directory) throws Exception {
        long restoredAt = System.currentTimeMillis();
        try (JobOnKafka run = job()) {
            // The savepoint holds offsets, so the records that it has read must precede them here
            // too, with the same keys in the same partitions.
            run.publish(BEFORE);
            run.publish(ANSWERS);
            run.start(GoldenSavepoint.unpackInto(directory), OTHER_PARALLELISM);
            run.publish(AFTER);
            run.awaitQuiet();

            Map<String, Incident> last = last(run);
            assertThat(last).containsOnlyKeys(ACCEPTED, OPEN, CLOSED);
            assertThat(last.values())
                    .allSatisfy(
                            each -> assertThat(each.revision()).isGreaterThanOrEqualTo(restoredAt));
            assertThat(last.get(ACCEPTED).status()).isEqualTo(Status.ON_SCENE);
            assertThat(last.get(ACCEPTED).assignment().cadNumber()).isEqualTo("CAD-7");
            assertThat(last.get(ACCEPTED).events()).hasSize(2);
            assertThat(last.get(OPEN).status()).isEqualTo(Status.OPEN);
            assertThat(last.get(OPEN).events()).hasSize(2);
            assertThat(last.get(CLOSED).status()).isEqualTo(Status.CLOSED);
            assertThat(last.get(CLOSED).notes()).hasSize(1);
            for (var record : run.records(Topics.DECISIONS)) {
                assertThat(Decision.CODEC.read(record.value()).kind())
                        .isNotIn(Decision.Kind.OPENED, Decision.Kind.ROUTED);
            }
            assertThat(run.deadLetters()).isEmpty();
        }
    }

    private static Map<String, Incident> last(JobOnKafka run) throws InvalidRecordException {
        Map<String, Incident> last = new TreeMap<>();
        for (var record : run.records(Topics.INCIDENTS)) {
            Incident incident = Incident.CODEC.read(record.value());
            last.merge(
                    incident.incidentId(), incident, (a, b) -> b.revision() > a.revision() ? b : a);
        }
        return last;
    }

    private static TopicRecord answer(
            String responseId, String incidentId, String action, long after) {
        return DispatchScenario.response(responseId, incidentId, START, action, START + after);
    }

    private static TopicRecord elsewhere(String callId, long time) {
        return call(callId, ELSEWHERE, time);
    }

    private static TopicRecord farther(String callId, long time) {
        return call(callId, "\"latitude\":19.4,\"longitude\":-99.5", time);
    }

    private static TopicRecord call(String callId, String place, long time) {
        return DispatchScenario.call(callId, ROBBERY, place, time);
    }

    private static List<TopicRecord> join(List<TopicRecord> first, TopicRecord... others) {
        List<TopicRecord> all = new ArrayList<>(first);
        all.addAll(List.of(others));
        return List.copyOf(all);
    }
}
