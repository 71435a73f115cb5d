package io.atalaya.campaign;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.DispatchJob;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.job.JobGraph;
import io.atalaya.flink.job.JobSettings;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.kafka.AlertRecords;
import io.atalaya.testutils.Backend;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.IOUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The way of an outcome through two jobs: an alert of hotlist-match becomes an incident of
 * dispatch, a person closes it as a wrong plate, and later alerts of the device have a lower score.
 */
class DispositionLoopOperatorTest {
    private static final long START = 1_772_539_200_000L;
    private static final int ANSWERED = 12;
    private static final String BAD = "ARCH-1";
    private static final String GOOD = "ARCH-2";

    private final List<JobHarness> jobs = new ArrayList<>();
    private final Queue<RawRecord> written = new ArrayDeque<>();
    private final Map<String, Alert> alerts = new TreeMap<>();
    private final Map<String, Incident> incidents = new TreeMap<>();
    private final List<RawRecord> dispositions = new ArrayList<>();
    private final List<Object> letters = new ArrayList<>();
    private long now = START;

    @BeforeEach
    void start() throws Exception {
        start(
                new HotlistMatchJob(),
                Set.of(Topics.PLATE_READS, Topics.RFID_READS),
                Map.of("prefilter.capacity", "4096"));
        start(new DispatchJob(), Set.of(Topics.ALERTS, Topics.DISPATCH_RESPONSES), Map.of());
        for (String device : List.of(BAD, GOOD)) {
            feed(
                    Topics.DEVICES,
                    device,
                    """
                    {"deviceId": "%s", "kind": "ARCH", "site": "TOLUCA", "municipality": "Toluca",
                     "latitude": %s, "longitude": -99.6}"""
                            .formatted(device, device.equals(BAD) ? 19.25 : 19.35));
        }
        feed(
                Topics.SITE_PRESENCE,
                "TOLUCA",
                """
                {"site": "TOLUCA", "time": %d,
                 "positions": [{"position": "vehicles", "operator": "ana", "supervisor": false}]}"""
                        .formatted(now));
    }

    @AfterEach
    void stop() throws Exception {
        IOUtils.closeAll(jobs);
    }

    @Test
    void wrongPlatesLowerTheScoreOfTheirDevice() throws Exception {
        Alert before = alert("E-0", BAD, false);
        assertThat(score(alert("E-1", GOOD, false))).isCloseTo(score(before), within(0.01));

        answerWrongPlates(false);
        double bad = score(alert("E-100", BAD, false));
        double good = score(alert("E-101", GOOD, false));

        assertThat(dispositions).hasSize(ANSWERED);
        assertThat(bad).isLessThan(0.7).isLessThan(good);
        assertThat(score(before)).isGreaterThan(0.9);
        assertThat(letters).isEmpty();
    }

    /** Otherwise the score of an open alert would show what was found out about a covert one. */
    @Test
    void theOutcomeOfACovertAlertChangesNoScore() throws Exception {
        answerWrongPlates(true);

        assertThat(incidents.values()).hasSize(ANSWERED).allMatch(Incident::covert);
        assertThat(dispositions).isEmpty();
        assertThat(score(alert("E-100", BAD, false)))
                .isCloseTo(score(alert("E-101", GOOD, false)), within(0.01))
                .isGreaterThan(0.9);
        assertThat(letters).isEmpty();
    }

    /** Closes incidents of the device, of other entries each, until its record is bad. */
    private void answerWrongPlates(boolean isCovert) throws Exception {
        for (int i = 0; i < ANSWERED; i++) {
            Alert alert = alert("E-" + (10 + i), BAD, isCovert);
            Incident incident =
                    incidents.values().stream()
                            .filter(
                                    each ->
                                            each.events().stream()
                                                    .map(Incident.Event::eventId)
                                                    .anyMatch(("alert:" + alert.alertId())::equals))
                            .findFirst()
                            .orElseThrow();
            feed(
                    Topics.DISPATCH_RESPONSES,
                    incident.incidentId(),
                    """
                    {"responseId": "R-%d", "incidentId": "%s", "revision": %d, "operator": "ana",
                     "position": "vehicles", "site": "TOLUCA", "time": %d, "action": {
                      "type": "CLOSE", "dispositionCommonRegistryCode": "17", "outcome": "WRONG_PLATE"}}"""
                            .formatted(i, incident.incidentId(), incident.revision(), now));
            assertThat(incidents.get(incident.incidentId()).status())
                    .isEqualTo(Incident.Status.CLOSED);
        }
    }

    /** Puts a plate on the list, reads it, and returns the alert. */
    private Alert alert(String entryId, String device, boolean isCovert) throws Exception {
        String plate = plate(alerts.size());
        feed(
                Topics.HOTLIST,
                entryId,
                """
                {"entryId": "%s", "plate": "%s", "reason": "STOLEN_VEHICLE", "caseNumber": "C", \
                "agency": "FGJEM", "source": "%s", "priority": 80, "covert": %s, "notify": [%s]}"""
                        .formatted(
                                entryId, plate, entryId, isCovert, isCovert ? "\"unit-1\"" : ""));
        Set<String> known = Set.copyOf(alerts.keySet());
        feed(
                Topics.PLATE_READS,
                device,
                """
                {"readId": "R-%s", "deviceId": "%s", "time": %d, "plate": "%s", "confidence": 0.95}"""
                        .formatted(entryId, device, now, plate));
        // Half a minute for each, so that no other vehicle seems to be meant.
        for (int i = 0; i < 6; i++) {
            pass(5_000);
        }
        return alerts.values().stream()
                .filter(each -> !known.contains(each.alertId()))
                .findFirst()
                .orElseThrow();
    }

    /** Plates that are far from each other. */
    private static String plate(int number) {
        Random random = new Random(number);
        return "%c%c%c-%02d-%02d"
                .formatted(
                        'A' + random.nextInt(8),
                        'J' + random.nextInt(5),
                        'R' + random.nextInt(6),
                        random.nextInt(100),
                        random.nextInt(100));
    }

    private static double score(Alert alert) {
        return alert.assessment().score();
    }

    private <S extends JobSettings> void start(
            JobDefinition<S> job, Set<String> clocks, Map<String, String> options)
            throws Exception {
        S settings = job.settings(Configuration.fromMap(options));
        AlertRecords alertRecords = new AlertRecords(job.name());
        jobs.add(
                new JobHarness(
                        sources -> {
                            JobGraph graph =
                                    JobGraph.of(
                                            job, settings, source -> sources.apply(source.topic()));
                            Map<DataStream<?>, BiConsumer<Object, Long>> ends =
                                    new LinkedHashMap<>();
                            ends.put(
                                    graph.alerts(),
                                    (alert, time) -> {
                                        alerts.put(((Alert) alert).alertId(), (Alert) alert);
                                        written.add(alertRecords.write((Alert) alert));
                                    });
                            graph.outputs()
                                    .forEach(
                                            output ->
                                                    ends.put(
                                                            output.stream(),
                                                            (record, time) ->
                                                                    written.add(
                                                                            (RawRecord) record)));
                            ends.put(graph.deadLetters(), (letter, time) -> letters.add(letter));
                            return ends;
                        },
                        clocks,
                        Backend.HEAP,
                        now,
                        (step, element) -> {}));
    }

    private void feed(String topic, String key, String json) throws Exception {
        now += 1_000;
        feed(
                new RawRecord(
                        topic,
                        0,
                        0,
                        now,
                        key.getBytes(StandardCharsets.UTF_8),
                        json.getBytes(StandardCharsets.UTF_8),
                        List.of()));
        pass(0);
    }

    private void feed(RawRecord record) {
        for (JobHarness job : jobs) {
            if (job.reads(record.topic())) {
                job.feed(record, now);
            }
        }
    }

    /** Lets time pass in both jobs, and gives each what the other has written. */
    private void pass(long millis) throws Exception {
        now += millis;
        do {
            for (JobHarness job : jobs) {
                job.now(now);
                job.drain();
                job.advance(now);
                job.drain();
            }
        } while (deliver());
    }

    private boolean deliver() throws InvalidRecordException {
        boolean isAny = !written.isEmpty();
        while (!written.isEmpty()) {
            RawRecord record = written.remove();
            if (record.topic().equals(Topics.INCIDENTS)) {
                Incident incident = Incident.CODEC.read(record.value());
                incidents.put(incident.incidentId(), incident);
            } else if (record.topic().equals(Topics.DISPOSITIONS)) {
                dispositions.add(record);
            }
            feed(record);
        }
        return isAny;
    }
}
