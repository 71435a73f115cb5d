package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.disposition.Disposition.Outcome;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.testutils.JobOnKafka;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import static io.atalaya.hotlistmatch.TestRecords.arch;
import static io.atalaya.hotlistmatch.TestRecords.arriving;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static org.assertj.core.api.Assertions.assertThat;

/** Dispositions through the whole job, which reads its own alerts back to join them. */
@Execution(ExecutionMode.CONCURRENT)
class DispositionsKafkaIT {
    /** 2026-03-03T12:00:00Z. */
    private static final long START = 1_772_539_200_000L;

    private static final long MINUTE = 60_000;
    private static final int ANSWERED = 14;
    private static final int CARS = 2 * ANSWERED + 4;

    private final Map<String, Alert> answered = new TreeMap<>();
    private int said;

    @Test
    void aBadDeviceIsTurnedDownAndBackUp() throws Exception {
        try (JobOnKafka run =
                new JobOnKafka(new HotlistMatchJob(), SharedSamples.SMALL_PREFILTER)) {
            run.start(null, 2);
            run.publish(
                    List.of(
                            arriving(arch("BAD", "TOLUCA"), START),
                            arriving(arch("GOOD", "TOLUCA", 19.3), START)));
            run.publish(
                    IntStream.range(0, CARS)
                            .mapToObj(
                                    vehicle ->
                                            arriving(entry("E" + vehicle, plate(vehicle)), START))
                            .toList());
            run.awaitQuiet();

            run.publish(passages("BAD", 0, ANSWERED, START + MINUTE));
            run.awaitQuiet();
            assertThat(actions(run, "BAD", 0, ANSWERED)).containsOnly(Alert.Action.ALERT);

            List<TopicRecord> wrong = answers(run, Outcome.WRONG_PLATE, START + 2 * MINUTE);
            run.publish(wrong);
            // Delivered twice, plus an invalid one.
            run.publish(wrong);
            run.publish(List.of(disposition("x", "{\"dispositionId\":\"D\",\"time\":1}", START)));
            run.awaitQuiet();

            String savepoint = run.stopWithSavepoint();
            run.start(savepoint, 1);
            run.publish(passages("BAD", ANSWERED, ANSWERED, START + 20 * MINUTE));
            run.publish(passages("GOOD", 2 * ANSWERED, 2, START + 20 * MINUTE));
            run.awaitQuiet();
            assertThat(actions(run, "BAD", ANSWERED, ANSWERED)).containsOnly(Alert.Action.REVIEW);
            assertThat(actions(run, "GOOD", 2 * ANSWERED, 2)).containsOnly(Alert.Action.ALERT);
            assertThat(alert(run, "BAD", ANSWERED).evidence().parts())
                    .filteredOn(part -> part.name().equals("device-record"))
                    .singleElement()
                    .satisfies(
                            part ->
                                    assertThat(part.text().en())
                                            .isEqualTo(
                                                    "this device: 14 of 14 of its last answered alerts were wrong"));

            run.publish(answers(run, Outcome.CORRECT, START + 21 * MINUTE));
            run.awaitQuiet();
            run.publish(passages("BAD", 2 * ANSWERED + 2, 2, START + 40 * MINUTE));
            run.awaitQuiet();
            assertThat(actions(run, "BAD", 2 * ANSWERED + 2, 2)).containsOnly(Alert.Action.ALERT);

            assertThat(run.deadLetters())
                    .singleElement()
                    .satisfies(
                            letter ->
                                    assertThat(
                                                    new String(
                                                            letter.headers()
                                                                    .lastHeader("field")
                                                                    .value(),
                                                            StandardCharsets.UTF_8))
                                            .isEqualTo("alertId"));
        }
    }

    private static String plate(int vehicle) {
        return "NKR-%02d-16".formatted(10 + vehicle);
    }

    private static List<TopicRecord> passages(String device, int first, int count, long from) {
        return IntStream.range(first, first + count)
                .mapToObj(
                        vehicle ->
                                arriving(
                                        read(
                                                device,
                                                "R" + vehicle,
                                                from + 1_000L * vehicle,
                                                plate(vehicle))))
                .toList();
    }

    /** Dispositions for the alerts of the bad device that have no disposition yet. */
    private List<TopicRecord> answers(JobOnKafka run, Outcome outcome, long from) {
        List<TopicRecord> answers = new ArrayList<>();
        for (Alert alert : run.lastAlerts().values()) {
            if (alert.deviceId().equals("BAD") && answered.put(alert.alertId(), alert) == null) {
                said++;
                Disposition disposition =
                        new Disposition(
                                "D" + said,
                                alert.alertId(),
                                alert.subject().entryId(),
                                null,
                                alert.deviceId(),
                                outcome,
                                "toluca-12",
                                null,
                                from + 1_000L * said);
                answers.add(
                        new TopicRecord(
                                Topics.DISPOSITIONS,
                                disposition.disposedAt(),
                                alert.alertId(),
                                Disposition.CODEC.write(disposition)));
            }
        }
        return answers;
    }

    private static TopicRecord disposition(String key, String json, long arrival) {
        return new TopicRecord(
                Topics.DISPOSITIONS, arrival, key, json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Alert.Action> actions(JobOnKafka run, String device, int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(vehicle -> alert(run, device, vehicle).assessment().action())
                .toList();
    }

    private static Alert alert(JobOnKafka run, String device, int vehicle) {
        return run.lastAlerts().values().stream()
                .filter(alert -> alert.deviceId().equals(device))
                .filter(alert -> ("E" + vehicle).equals(alert.subject().entryId()))
                .filter(alert -> alert.hotlistEvidence() != null)
                .filter(alert -> alert.hotlistEvidence().reads().contains("R" + vehicle))
                .findFirst()
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        "no alert for vehicle " + vehicle + " at " + device));
    }
}
