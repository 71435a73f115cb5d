package io.atalaya.dispatch;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.PolicyAnswer;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.RecordCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.testutils.JobOnKafka;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Runs the whole job on a real broker and cluster. */
@Execution(ExecutionMode.CONCURRENT)
class DispatchKafkaIT {
    private static final String ROBBERY = "30101";

    private final long now = System.currentTimeMillis();

    @Test
    void aPressACallAndAnAlertBecomeOneIncidentThatIsAcceptedAfterARestart() throws Exception {
        try (JobOnKafka run =
                new JobOnKafka(new DispatchJob(), new DispatchJob().optionsAtFullSpeed())) {
            run.start(null, 2);
            run.publish(DispatchScenario.before(now));
            run.awaitCheckpointOfInputs();
            TopicRecord notJson =
                    DispatchScenario.record(Topics.CALLS, now, "C-0", "{\"line\":\"911\"}");
            run.publish(
                    List.of(
                            DispatchScenario.press("E-1", "PRESS", now),
                            notJson,
                            DispatchScenario.alert(now + 1),
                            DispatchScenario.call("C-1", ROBBERY, now + 2)));
            run.awaitRecords(Topics.DISPATCH_TOLUCA, 1);
            run.awaitQuiet();
            Incident incident = only(last(run));
            assertThat(incident.events())
                    .extracting(Incident.Event::topic)
                    .containsExactlyInAnyOrder(Topics.DEVICE_EVENTS, Topics.ALERTS, Topics.CALLS);
            assertThat(run.records(Topics.DISPATCH_ECATEPEC)).isEmpty();
            DispatchMessage message =
                    only(read(run, Topics.DISPATCH_TOLUCA, DispatchMessage.CODEC).subList(0, 1));
            assertThat(message.purpose()).isEqualTo(DispatchMessage.Purpose.ASSIGN);
            assertThat(run.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.value()).isEqualTo(notJson.value()));

            run.takeCheckpoint();
            run.restartTaskManager();
            run.publish(
                    List.of(
                            DispatchScenario.response(
                                    "R-1",
                                    incident.incidentId(),
                                    incident.revision(),
                                    "{\"type\":\"ACCEPT\"}",
                                    now + 3)));
            run.awaitQuiet();
            assertThat(only(last(run)).status()).isEqualTo(Incident.Status.ACCEPTED);
            assertThat(only(last(run)).assignment().acceptedBy()).isEqualTo("TOLUCA-security");

            run.publish(
                    List.of(
                            DispatchScenario.policy(
                                    "BAD", "storms", "budget:", "budgets:", now + 4),
                            DispatchScenario.policy(
                                    "GOOD", "confirmations", "15 s", "20 s", now + 5)));
            run.awaitRecords(Topics.POLICY_ANSWERS, 2);
            run.publish(
                    List.of(
                            DispatchScenario.call("C-2", ROBBERY, now + 6),
                            DispatchScenario.presence("TOLUCA", now + 7)));
            run.awaitQuiet();
            List<PolicyAnswer> answers = read(run, Topics.POLICY_ANSWERS, PolicyAnswer.CODEC);
            assertThat(answers)
                    .extracting(PolicyAnswer::version, PolicyAnswer::isAccepted)
                    .containsExactly(tuple("BAD", false), tuple("GOOD", true));
            assertThat(answers.get(0).faults()).anyMatch(fault -> fault.startsWith("storms.yaml:"));
            assertThat(run.deadLetters()).hasSize(2);
            List<Decision> decisions = read(run, Topics.DECISIONS, Decision.CODEC);
            assertThat(decisions.get(decisions.size() - 1).policyVersion()).isEqualTo("GOOD");
            assertThat(run.alertMessages())
                    .as("alerts of this job, beside the one it was fed")
                    .hasSize(1);
        }
    }

    /** The incidents as the compacted topic holds them. */
    private static List<Incident> last(JobOnKafka run) throws InvalidRecordException {
        Map<String, Incident> last = new TreeMap<>();
        for (Incident incident : read(run, Topics.INCIDENTS, Incident.CODEC)) {
            last.merge(
                    incident.incidentId(), incident, (a, b) -> b.revision() > a.revision() ? b : a);
        }
        return List.copyOf(last.values());
    }

    private static <T> List<T> read(JobOnKafka run, String topic, RecordCodec<T> codec)
            throws InvalidRecordException {
        List<T> values = new ArrayList<>();
        for (var record : run.records(topic)) {
            values.add(codec.read(record.value()));
        }
        return values;
    }

    private static <T> T only(List<T> values) {
        assertThat(values).hasSize(1);
        return values.get(0);
    }
}
