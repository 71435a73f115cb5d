package io.atalaya.ops.cluster;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.videoanalytics.VideoAnalyticsJob;

import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.atalaya.ops.cluster.StartedCluster.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills processes of the cluster with SIGKILL while both jobs work: everything recovers by itself,
 * and every alert arrives exactly once. By default it kills two pairs, in which each kind of
 * process dies once; with {@code -Datalaya.kill-matrix=true} it kills each process, each pair, and
 * all at once. It prints the longest delays of alerts.
 */
class HighAvailabilityIT {
    private static final int CARS_PER_SECOND = 10;

    private static final String JM = ClusterProcesses.JOB_MANAGER;
    private static final String TM1 = ClusterProcesses.taskManager(1);
    private static final String TM2 = ClusterProcesses.taskManager(2);
    private static final String BROKER = ClusterProcesses.BROKER;
    private static final String ZOOKEEPER = ClusterProcesses.ZOOKEEPER;
    private static final List<String> ALL = List.of(JM, TM1, TM2, BROKER, ZOOKEEPER);

    @TempDir private Path parent;

    private StartedCluster cluster;
    private ListedTraffic traffic;
    private WatchedYards yards;
    private AlertLog alerts;
    private List<JobID> jobs;

    @BeforeEach
    void start() throws Exception {
        cluster = new StartedCluster(parent);
    }

    @AfterEach
    void stop() throws Exception {
        if (cluster != null) {
            cluster.stop();
        }
    }

    @Test
    void killedProcessesRestartWithoutLostOrDoubleAlerts() throws Exception {
        jobs =
                List.of(
                        cluster.submit(HotlistMatchJob.NAME),
                        cluster.submit(VideoAnalyticsJob.NAME));
        String broker = cluster.description().bootstrapServers();
        try (ListedTraffic vehicles = new ListedTraffic(broker);
                WatchedYards cameras = new WatchedYards(broker);
                AlertLog log = new AlertLog(broker)) {
            traffic = vehicles;
            yards = cameras;
            alerts = log;
            traffic.list(10_000);
            traffic.drive(CARS_PER_SECOND);
            yards.visit();
            killInTurn();
            traffic.rest();
            yards.rest();
            traffic.requireAllSent();
            yards.requireAllSent();
            await(
                    "an alert for each vehicle",
                    () -> alerts.entries().containsAll(traffic.sentEntries()));
            await("the end of each visit", () -> ended().containsAll(yards.visits().keySet()));
            // Duplicates would arrive about now.
            Thread.sleep(2_000);
            oneAlertForEachVehicle();
            oneAlertForEachVisit();
            nothingElseButSilence();
            assertThat(alerts.deadLetters()).isZero();
        }
    }

    private void killInTurn() throws Exception {
        boolean matrix = Boolean.getBoolean("atalaya.kill-matrix");
        for (Set<String> victims : matrix ? singlesAndPairs() : strongestPairs()) {
            workBeyondACheckpoint();
            kill(victims);
        }
        if (matrix) {
            workBeyondACheckpoint();
            killEverything();
        }
    }

    private static List<Set<String>> strongestPairs() {
        return List.of(Set.of(JM, ZOOKEEPER), Set.of(BROKER, TM1));
    }

    private static List<Set<String>> singlesAndPairs() {
        return ALL.stream()
                .flatMap(
                        one ->
                                Stream.concat(
                                        Stream.of(Set.of(one)),
                                        ALL.stream()
                                                .filter(other -> one.compareTo(other) < 0)
                                                .map(other -> Set.of(one, other))))
                .toList();
    }

    private void kill(Set<String> victims) throws Exception {
        Map<JobID, Long> completed = new HashMap<>();
        for (JobID job : jobs) {
            completed.put(job, cluster.checkpoints(job).at("/latest/completed/id").asLong());
        }
        Set<String> taskManagers = cluster.taskManagers();
        Map<String, ProcessMark> before = new HashMap<>();
        victims.forEach(victim -> before.put(victim, cluster.mark(victim)));

        long killed = System.currentTimeMillis();
        before.values().forEach(mark -> mark.process().orElseThrow().destroyForcibly());
        await(
                "the next " + victims,
                () ->
                        victims.stream()
                                .map(cluster::mark)
                                .allMatch(
                                        mark ->
                                                mark.restarts()
                                                                == before.get(mark.name())
                                                                                .restarts()
                                                                        + 1
                                                        && mark.process().isPresent()));
        long lost = victims.stream().filter(Set.of(TM1, TM2)::contains).count();
        await("the loss of " + lost + " TaskManagers", () -> lost == lost(taskManagers));
        awaitWork();

        if (victims.contains(JM)) {
            for (JobID job : jobs) {
                assertThat(cluster.checkpoints(job).at("/latest/restored/id").asLong())
                        .as("checkpoint from which the job was recovered")
                        .isPositive()
                        .isGreaterThanOrEqualTo(completed.get(job));
            }
        }
        assertThat(cluster.scripts().run("cluster", "status").out()).contains("RUNNING");
        reportSince(killed, victims.stream().sorted().collect(Collectors.joining(" + ")));
    }

    /**
     * Kills the supervisor as well, so that a person has to start the cluster again and do no more.
     */
    private void killEverything() throws Exception {
        long killed = System.currentTimeMillis();
        cluster.mark(Supervisor.NAME).process().orElseThrow().destroyForcibly();
        ALL.forEach(each -> cluster.mark(each).process().orElseThrow().destroyForcibly());
        await(
                "the end of every process",
                () ->
                        ProcessMark.in(cluster.directory()).stream()
                                .allMatch(mark -> mark.process().isEmpty()));
        cluster.start();
        awaitWork();
        reportSince(killed, "everything, and scripts/cluster start");
    }

    /** Waits for work after a checkpoint, which the jobs have to repeat when they restart. */
    private void workBeyondACheckpoint() throws Exception {
        for (JobID job : jobs) {
            cluster.checkpoint(job);
        }
        awaitWork();
    }

    /** Waits until all tasks of both jobs run and both have alerted on later input. */
    private void awaitWork() throws Exception {
        await("both jobs", this::bothRun);
        long now = System.currentTimeMillis();
        await("an alert about a vehicle", () -> !vehiclesSince(now).isEmpty());
        await("an alert about a visit", () -> !visitsSince(now).isEmpty());
    }

    /**
     * Counts the given TaskManagers that are no longer registered, or returns -1 while the
     * JobManager is unreachable.
     */
    private long lost(Set<String> taskManagers) {
        try {
            Set<String> registered = cluster.taskManagers();
            return taskManagers.stream().filter(each -> !registered.contains(each)).count();
        } catch (IOException e) {
            return -1;
        }
    }

    private boolean bothRun() throws Exception {
        try {
            return cluster.flink().getClusterOverview().get().getNumTaskManagersConnected()
                            == StartedCluster.TASK_MANAGERS
                    && cluster.runs(jobs.get(0))
                    && cluster.runs(jobs.get(1));
        } catch (ExecutionException e) {
            // The JobManager does not answer yet.
            return false;
        }
    }

    /**
     * Returns the delays of the alerts about vehicles that passed since that time, longest first,
     * ms.
     */
    private List<Long> vehiclesSince(long time) {
        return waits(
                alerts.seen(), seen -> traffic.passedAt(seen.alert().subject().entryId()), time);
    }

    private List<Long> visitsSince(long time) {
        Map<String, WatchedYards.Visit> visits = yards.visits();
        return waits(intrusions(), seen -> visits.get(visitor(seen.alert())).from(), time);
    }

    private static List<Long> waits(
            List<AlertLog.Seen> seen, ToLongFunction<AlertLog.Seen> cause, long since) {
        Map<String, AlertLog.Seen> first = new HashMap<>();
        seen.forEach(each -> first.putIfAbsent(each.alert().alertId(), each));
        return first.values().stream()
                .filter(each -> cause.applyAsLong(each) >= since)
                .map(each -> each.at() - cause.applyAsLong(each))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private void reportSince(long killed, String victims) {
        System.out.println(
                String.format(
                        "%-40s longest wait for an alert: vehicle %4.1f s, visit %4.1f s",
                        victims,
                        vehiclesSince(killed - 2_000).get(0) / 1000.0,
                        visitsSince(killed - 2_000).get(0) / 1000.0));
    }

    private List<AlertLog.Seen> intrusions() {
        return alerts.ofCameras().stream()
                .filter(seen -> seen.alert().type() == AlertType.ZONE_INTRUSION)
                .toList();
    }

    private static String visitor(Alert alert) {
        return alert.subject().trackIds().get(0);
    }

    private Set<String> ended() {
        return intrusions().stream()
                .filter(seen -> seen.alert().status() == Alert.Status.ENDED)
                .map(seen -> visitor(seen.alert()))
                .collect(Collectors.toSet());
    }

    private void oneAlertForEachVehicle() throws IOException {
        Map<String, Alert> last = last(alerts.seen());
        assertThat(last.values())
                .extracting(alert -> alert.subject().entryId())
                .containsExactlyInAnyOrderElementsOf(traffic.sentEntries());
        assertThat(last.values())
                .allSatisfy(
                        alert -> {
                            assertThat(alert.type()).isEqualTo(AlertType.HOTLIST_MATCH);
                            assertThat(alert.status()).isNotEqualTo(Alert.Status.CANCELLED);
                            assertThat(alert.assessment().action()).isEqualTo(Alert.Action.ALERT);
                            assertThat(alert.hotlistEvidence().reads())
                                    .containsExactly(alert.subject().entryId().replace("E-", "R-"));
                            assertThat(alert.hotlistEvidence().count()).isEqualTo(1);
                        });
    }

    private void oneAlertForEachVisit() throws IOException {
        Map<String, WatchedYards.Visit> visits = yards.visits();
        Map<String, Alert> last = last(intrusions());
        assertThat(last.values())
                .extracting(HighAvailabilityIT::visitor)
                .containsExactlyInAnyOrderElementsOf(visits.keySet());
        assertThat(last.values())
                .allSatisfy(
                        alert -> {
                            WatchedYards.Visit visit = visits.get(visitor(alert));
                            assertThat(alert.status()).isEqualTo(Alert.Status.ENDED);
                            assertThat(alert.deviceId()).isEqualTo(visit.camera());
                            assertThat(alert.lifecycle().startedAt()).isEqualTo(visit.from());
                            assertThat(alert.lifecycle().endedAt()).isEqualTo(visit.to());
                        });
    }

    /**
     * Cameras appear silent while the broker is unreachable for long; these alerts are the only
     * other ones, and they are closed.
     */
    private void nothingElseButSilence() throws IOException {
        assertThat(last(alerts.ofCameras()).values())
                .filteredOn(alert -> alert.type() != AlertType.ZONE_INTRUSION)
                .allSatisfy(
                        alert -> {
                            assertThat(alert.type()).isEqualTo(AlertType.CAMERA_SILENT);
                            assertThat(alert.status())
                                    .isIn(Alert.Status.ENDED, Alert.Status.CANCELLED);
                        });
    }

    /** Returns the highest revision of each alert, by alertId, as a consumer would keep it. */
    private static Map<String, Alert> last(List<AlertLog.Seen> seen) throws IOException {
        Map<String, String> messages = new HashMap<>();
        Map<String, Alert> last = new HashMap<>();
        for (AlertLog.Seen each : seen) {
            Alert alert = each.alert();
            String says = new String(AlertCodec.write(alert.withDetectedAt(0)), UTF_8);
            assertThat(messages.getOrDefault(each.message(), says))
                    .as("a message that comes again says the same")
                    .isEqualTo(says);
            messages.put(each.message(), says);
            last.merge(alert.alertId(), alert, (a, b) -> b.revision() >= a.revision() ? b : a);
        }
        return last;
    }
}
