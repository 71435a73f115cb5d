package io.atalaya.cli.cluster;

import io.atalaya.alert.Alert;
import io.atalaya.alert.AlertJson;
import io.atalaya.alert.AlertType;
import io.atalaya.cli.cluster.Script.Result;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.kafka.Topics;
import io.atalaya.videoanalytics.VideoAnalyticsJob;

import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scripts, the processes that they start and the job jar, as an operator has them. The cluster
 * is one for all tests; each submits the job itself.
 */
class ClusterIT {
    private static final int ROUNDS = 10;
    private static final int TASK_MANAGERS = 2;
    private static final int PORTS = 8;
    private static final long DRIVE_MS = 5_000;

    /** A zone is empty for so long before its alert ends, and a moment more. */
    private static final long CALM_MS = 10_000;

    /** What is promised to dispatch. */
    private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final Pattern METRIC = Pattern.compile("^\\| `(flink_\\w+)`", Pattern.MULTILINE);

    @TempDir private static Path parent;

    private static Script scripts;
    private static ClusterDirectory directory;
    private static ClusterDescription cluster;
    private static RestClusterClient<StandaloneClusterId> flink;
    private static ListedTraffic traffic;
    private static AlertLog alerts;

    @BeforeAll
    static void start() throws Exception {
        directory = new ClusterDirectory(parent.resolve("cluster"));
        scripts = new Script(directory.root());
        int port = freePorts();
        Result started =
                scripts.run(
                        "cluster",
                        "start",
                        "--taskmanagers",
                        String.valueOf(TASK_MANAGERS),
                        "--web-port",
                        String.valueOf(port),
                        "--rpc-port",
                        String.valueOf(port + 1),
                        "--kafka-port",
                        String.valueOf(port + 2),
                        "--metrics-port",
                        String.valueOf(port + 4),
                        "-D",
                        "taskmanager.memory.process.size=1500m",
                        "-D",
                        "jobmanager.memory.process.size=900m",
                        "--timeout",
                        "200");
        assertThat(started.code()).as(started.out() + started.err()).isZero();
        cluster = ClusterDescription.of(directory);
        Configuration configuration = new Configuration();
        configuration.set(JobManagerOptions.ADDRESS, ClusterDescription.HOST);
        configuration.set(RestOptions.ADDRESS, ClusterDescription.HOST);
        configuration.set(RestOptions.PORT, cluster.webPort());
        flink = new RestClusterClient<>(configuration, StandaloneClusterId.getInstance());
        // The first submission makes the topics.
        flink.cancel(submit()).get();
        traffic = new ListedTraffic(cluster.bootstrapServers());
        traffic.list();
        alerts = new AlertLog(cluster.bootstrapServers());
    }

    @AfterAll
    static void stop() throws Exception {
        if (traffic != null) {
            traffic.close();
            alerts.close();
            flink.close();
        }
        List<ProcessMark> marks = ProcessMark.in(directory);
        Result stopped = scripts.run("cluster", "stop", "--delete");
        assertThat(stopped.code()).as(stopped.err()).isZero();
        assertThat(marks).allMatch(mark -> mark.process().isEmpty());
        assertThat(directory.root()).doesNotExist();
    }

    @AfterEach
    void cancelJobs() throws Exception {
        traffic.rest();
        for (var job : flink.listJobs().get()) {
            if (!job.getJobState().isGloballyTerminalState()) {
                flink.cancel(job.getJobId()).get();
            }
        }
        await(
                "no job runs",
                () ->
                        flink.listJobs().get().stream()
                                .allMatch(job -> job.getJobState().isGloballyTerminalState()));
    }

    @Test
    void the_job_can_be_submitted_and_cancelled_ten_times() throws Exception {
        List<ProcessMark> processes = ProcessMark.in(directory);
        for (int round = 1; round <= ROUNDS; round++) {
            JobID job = submit();
            String entry = traffic.pass();
            await("an alert in round " + round, () -> alerts.entries().contains(entry));
            // The model's native library is loaded by the first job, and there for the others.
            // A car whose entry is not loaded yet is found in the past, without its picture.
            Set<String> pictured = new HashSet<>();
            await(
                    "a second opinion in round " + round,
                    () -> {
                        pictured.add(traffic.passWithPicture());
                        return !Collections.disjoint(alerts.entriesWithOpinion(), pictured);
                    });
            await("the alerts of round " + round, () -> alerts.entries().containsAll(pictured));
            if (round == 1) {
                Result again = scripts.run("submit", HotlistMatchJob.NAME);
                assertThat(again.code()).isEqualTo(2);
                assertThat(again.err()).contains("hotlist-match runs already as " + job);
            }
            flink.cancel(job).get();
            await(
                    "the end of round " + round,
                    () -> flink.getJobStatus(job).get().isGloballyTerminalState());
        }
        assertThat(ProcessMark.in(directory)).isEqualTo(processes);
    }

    /** A wish for a version is tried on the model, and answered, by each job anew. */
    @Test
    void the_camera_job_serves_its_models_however_often_it_is_submitted() throws Exception {
        List<ProcessMark> processes = ProcessMark.in(directory);
        flink.cancel(started(scripts.run("submit", VideoAnalyticsJob.NAME))).get();
        for (String model : List.of("trajectory", "scene-activity")) {
            Result asked =
                    scripts.run(
                            "model",
                            "activate",
                            model,
                            "1",
                            "--bootstrap-servers",
                            cluster.bootstrapServers());
            assertThat(asked.code()).as(asked.err()).isZero();
        }
        for (int round = 2; round <= ROUNDS; round++) {
            long answers = answers();
            JobID job = started(scripts.run("submit", VideoAnalyticsJob.NAME));
            await("both answers in round " + round, () -> answers() >= answers + 2);
            flink.cancel(job).get();
            await(
                    "the end of round " + round,
                    () -> flink.getJobStatus(job).get().isGloballyTerminalState());
        }
        Result list =
                scripts.run("model", "list", "--bootstrap-servers", cluster.bootstrapServers());
        assertThat(list.out()).containsSubsequence("granted", "granted");
        assertThat(list.code()).as(list.out()).isZero();
        assertThat(ProcessMark.in(directory)).isEqualTo(processes);
    }

    /** How many wishes for models were answered so far, by any job. */
    private static long answers() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            TopicPartition answers = new TopicPartition(Topics.MODEL_ANSWERS, 0);
            return admin.listOffsets(Map.of(answers, OffsetSpec.latest()))
                    .partitionResult(answers)
                    .get()
                    .offset();
        }
    }

    @Test
    void stopping_with_a_savepoint_and_going_on_loses_and_repeats_nothing() throws Exception {
        submit();
        long from = System.currentTimeMillis();
        traffic.drive();
        awaitAlertsFor(DRIVE_MS);

        Result stopped = scripts.run("savepoint", "stop", HotlistMatchJob.NAME);
        assertThat(stopped.code()).as(stopped.err()).isZero();
        String savepoint = stopped.out().strip();
        assertThat(Path.of(URI.create(savepoint))).exists().hasParent(directory.savepoints());
        assertThat(stopped.err()).contains("scripts/savepoint resume hotlist-match " + savepoint);

        started(
                scripts.run(
                        "savepoint",
                        "resume",
                        HotlistMatchJob.NAME,
                        savepoint,
                        "--set",
                        "reads.start=EARLIEST"));
        awaitAlertsFor(DRIVE_MS);
        traffic.rest();
        awaitAllAlerts();

        List<String> messages =
                alerts.seen().stream()
                        .filter(seen -> traffic.passedAt(seen.alert().subject().entryId()) > from)
                        .map(AlertLog.Seen::message)
                        .toList();
        oneAlertEach();
        assertThat(messages).doesNotHaveDuplicates();
    }

    @Test
    void a_killed_task_manager_loses_and_repeats_nothing_and_is_replaced() throws Exception {
        submit();
        traffic.drive();
        awaitAlertsFor(DRIVE_MS);
        String victim = ClusterProcesses.taskManager(working());
        ProcessMark mark = mark(victim);

        mark.process().orElseThrow().destroyForcibly();
        long killed = System.currentTimeMillis();
        await("an alert about a car that passed after the kill", () -> firstAfter(killed) != 0);
        awaitAlertsFor(DRIVE_MS);
        traffic.rest();
        awaitAllAlerts();

        assertThat(Duration.ofMillis(firstAfter(killed) - killed)).isLessThan(RECOVERED_WITHIN);
        oneAlertEach();
        await(
                "the next " + victim,
                () ->
                        mark(victim).restarts() == mark.restarts() + 1
                                && flink.getClusterOverview().get().getNumTaskManagersConnected()
                                        == TASK_MANAGERS);
        Result status = scripts.run("cluster", "status");
        assertThat(status.code()).as(status.out()).isZero();
        assertThat(status.out())
                .containsPattern(victim + " +" + mark(victim).pid())
                .contains("RUNNING");
    }

    @Test
    void every_documented_metric_is_there_to_scrape() throws Exception {
        submit();
        String entry = traffic.pass();
        await("an alert", () -> alerts.entries().contains(entry));

        Set<String> names = new HashSet<>();
        double latencies = 0;
        for (int each = 0; each <= TASK_MANAGERS; each++) {
            Scrape scrape = Scrape.of(cluster.metricsPort(each));
            names.addAll(scrape.names());
            latencies += scrape.sum("flink_taskmanager_job_task_operator_arrivalToAlertMs_count");
        }

        assertThat(names).containsAll(documented(HotlistMatchJob.NAME));
        assertThat(latencies).isPositive();
    }

    @Test
    void a_killed_task_manager_leaves_what_cameras_see_open_and_ends_it_once() throws Exception {
        started(scripts.run("submit", VideoAnalyticsJob.NAME, "--set", "reads.start=EARLIEST"));
        try (WatchedYards yards = new WatchedYards(cluster.bootstrapServers())) {
            yards.somebodyIsThere(true);
            await("an alert of each camera", () -> camerasWith(Alert.Status.NEW));
            Set<String> names = new HashSet<>();
            for (int each = 0; each <= TASK_MANAGERS; each++) {
                names.addAll(Scrape.of(cluster.metricsPort(each)).names());
            }
            assertThat(names).containsAll(documented(VideoAnalyticsJob.NAME));
            Thread.sleep(DRIVE_MS);
            String victim = ClusterProcesses.taskManager(working());

            mark(victim).process().orElseThrow().destroyForcibly();
            long killed = System.currentTimeMillis();
            Thread.sleep(DRIVE_MS);
            yards.somebodyIsThere(false);
            await("the end of each camera's alert", () -> camerasWith(Alert.Status.ENDED));
            assertThat(System.currentTimeMillis() - killed)
                    .as("recovery, beside the time that was waited and that somebody is out")
                    .isLessThan(RECOVERED_WITHIN.toMillis() + DRIVE_MS + CALM_MS);
            // What comes too often would come about now.
            Thread.sleep(2_000);
        }

        Map<String, Set<String>> ids = new HashMap<>();
        Map<String, String> messages = new HashMap<>();
        for (AlertLog.Seen seen : alerts.ofCameras()) {
            Alert alert = seen.alert();
            assertThat(alert.type()).isEqualTo(AlertType.ZONE_INTRUSION);
            ids.computeIfAbsent(alert.device().id(), id -> new HashSet<>()).add(alert.alertId());
            String says = new String(AlertJson.write(alert.detectedAt(0)), UTF_8);
            assertThat(messages.getOrDefault(seen.message(), says))
                    .as("a message that comes again says the same")
                    .isEqualTo(says);
            messages.put(seen.message(), says);
        }
        assertThat(ids.keySet()).isEqualTo(WatchedYards.cameras());
        assertThat(ids.values()).allMatch(each -> each.size() == 1);
    }

    private static boolean camerasWith(Alert.Status status) {
        return alerts.ofCameras().stream()
                .filter(seen -> seen.alert().status() == status)
                .map(seen -> seen.alert().device().id())
                .collect(Collectors.toSet())
                .equals(WatchedYards.cameras());
    }

    private static JobID submit(String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of(HotlistMatchJob.NAME, "--set", "reads.start=EARLIEST"));
        arguments.addAll(List.of(more));
        return started(scripts.run("submit", arguments.toArray(String[]::new)));
    }

    private static JobID started(Result submitted) throws Exception {
        assertThat(submitted.code()).as(submitted.out() + submitted.err()).isZero();
        Matcher id = JOB_ID.matcher(submitted.out());
        assertThat(id.find()).as(submitted.out()).isTrue();
        JobID job = JobID.fromHexString(id.group(1));
        await("every task runs", () -> runs(job));
        return job;
    }

    private static boolean runs(JobID job) throws Exception {
        JobDetailsInfo details = flink.getJobDetails(job).get();
        return details.getJobVertexInfos().stream()
                .allMatch(vertex -> vertex.getExecutionState() == ExecutionState.RUNNING);
    }

    /** The number of a TaskManager that has tasks. */
    private static int working() throws Exception {
        for (int each = 1; each <= TASK_MANAGERS; each++) {
            if (Scrape.of(cluster.metricsPort(each)).hasTasks()) {
                return each;
            }
        }
        throw new AssertionError("no TaskManager has tasks");
    }

    private static ProcessMark mark(String name) {
        return ProcessMark.in(directory).stream()
                .filter(mark -> mark.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** When the first alert came about a car that passed later than that; 0 if none has. */
    private static long firstAfter(long time) {
        return alerts.seen().stream()
                .filter(seen -> traffic.passedAt(seen.alert().subject().entryId()) > time)
                .mapToLong(AlertLog.Seen::at)
                .min()
                .orElse(0);
    }

    /** Waits until alerts have come for so long. */
    private static void awaitAlertsFor(long ms) throws Exception {
        long from = System.currentTimeMillis();
        await("alerts", () -> firstAfter(from) != 0);
        Thread.sleep(ms);
    }

    private static void awaitAllAlerts() throws Exception {
        await("an alert for each car", () -> alerts.entries().containsAll(traffic.sentEntries()));
        // What comes too often would come about now.
        Thread.sleep(2_000);
    }

    /** Against the truth of what was sent: none is missing, none was invented. */
    private static void oneAlertEach() {
        assertThat(alerts.alertIds().keySet()).isEqualTo(traffic.sentEntries());
        assertThat(alerts.alertIds()).allSatisfy((entry, ids) -> assertThat(ids).hasSize(1));
    }

    private static List<String> documented(String job) throws IOException {
        String page = Files.readString(Path.of("..", job, "METRICS.md"));
        List<String> names = METRIC.matcher(page).results().map(match -> match.group(1)).toList();
        assertThat(names).hasSizeGreaterThan(20);
        return names;
    }

    private static void await(String what, Callable<Boolean> happened) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!happened.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no sign of: " + what + ", within " + PATIENCE);
            }
            Thread.sleep(100);
        }
    }

    /** The first of as many free ports as a cluster takes. */
    private static int freePorts() {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            if (IntStream.range(first, first + PORTS).allMatch(ClusterIT::isFree)) {
                return first;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
