package io.atalaya.ops.cluster;

import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.ops.cluster.Script.Result;
import io.atalaya.videoanalytics.VideoAnalyticsJob;

import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

import static io.atalaya.ops.cluster.StartedCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the scripts, the processes that they start, and the job jars as an operator uses them. All
 * tests share one cluster, because its start and that of each job are most of their work. The last
 * tests come last because they end the jobs of the first ones.
 */
@TestMethodOrder(OrderAnnotation.class)
@Tag("attack")
class ClusterIT {
    private static final int ROUNDS = 2;
    private static final int MAX_ROUNDS = 6;

    /** {@code -Datalaya.kill-matrix=true} kills each process, each pair, and all at once. */
    private static final boolean KILL_MATRIX = Boolean.getBoolean("atalaya.kill-matrix");

    /** Enough for each vehicle, but no more, because each new job reads the whole list. */
    private static final int LISTED = KILL_MATRIX ? 10_000 : 4_000;

    private static final Pattern METRIC =
            Pattern.compile("^\\| `((?:flink|atalaya)_\\w+)`", Pattern.MULTILINE);

    /**
     * What log that they were late: ZooKeeper and the broker, and clients that start at the same
     * time or ask for a topic that the broker does not know yet.
     */
    private static final Pattern OF_A_BUSY_MACHINE =
            Pattern.compile(
                    " (ClientCnxn|NIOServerCnxn|FileTxnLog|NetworkClient|FetchCollector"
                            + "|ReplicationControlManager) ");

    @TempDir private static Path parent;

    private static DispatchedIncidents incidents;
    private static StartedCluster cluster;
    private static Script scripts;
    private static List<JobID> jobs;
    private static ExpectedAlerts work;

    @BeforeAll
    static void start() throws Exception {
        incidents = new DispatchedIncidents(parent);
        cluster = new StartedCluster(parent, incidents.bridgeFile());
        scripts = cluster.scripts();
        // The first submissions create the topics.
        jobs =
                List.of(
                        cluster.submit(HotlistMatchJob.NAME),
                        cluster.submit(VideoAnalyticsJob.NAME));
        work = new ExpectedAlerts(cluster.description().bootstrapServers(), LISTED);
    }

    @AfterAll
    static void stop() throws Exception {
        if (work != null) {
            work.close();
        }
        if (cluster != null) {
            cluster.stop();
        }
        if (incidents != null) {
            incidents.close();
        }
    }

    @Test
    @Order(1)
    void stopWithSavepointNeitherLosesNorRepeatsAlerts() throws Exception {
        work.begin();
        work.awaitNext();
        Result again = cluster.runHere("submit", HotlistMatchJob.NAME);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("hotlist-match runs already as " + jobs.get(0));
        assertThat(scripts.run("flink", "list").out()).contains(jobs.get(1).toString());

        String hotlistMatch = stopWithSavepoint(HotlistMatchJob.NAME);
        String videoAnalytics = stopWithSavepoint(VideoAnalyticsJob.NAME);
        noWarningWasLogged();
        jobs =
                List.of(
                        resume(HotlistMatchJob.NAME, hotlistMatch, "--set", "reads.start=EARLIEST"),
                        resume(VideoAnalyticsJob.NAME, videoAnalytics));
        work.awaitNext();
        work.requireOneEach();
        work.requireNoneTwice();
    }

    private static String stopWithSavepoint(String job) throws Exception {
        Result stopped = scripts.run("savepoint", "stop", job);
        assertThat(stopped.code()).as(stopped.err()).isZero();
        String savepoint = stopped.out().strip();
        assertThat(Path.of(URI.create(savepoint)))
                .exists()
                .hasParent(cluster.directory().savepoints());
        assertThat(stopped.err()).contains("scripts/savepoint resume " + job + " " + savepoint);
        return savepoint;
    }

    private static JobID resume(String job, String savepoint, String... settings) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("resume", job, savepoint));
        arguments.addAll(List.of(settings));
        return cluster.started(scripts.run("savepoint", arguments.toArray(String[]::new)));
    }

    /** Keeps warnings significant: normal operation must not log at WARN. */
    private static void noWarningWasLogged() throws IOException {
        assertThat(cluster.warnings())
                .filteredOn(line -> !OF_A_BUSY_MACHINE.matcher(line).find())
                // The first start of the broker logs this.
                .filteredOn(line -> !line.contains("The metadata log appears to be empty"))
                // On a busy machine several clients request a topic of the broker's own at once:
                // __consumer_offsets or __transaction_state.
                .filteredOn(line -> !line.matches(".* Topic '__\\w+' already exists.*"))
                // A checkpoint was in progress when its job was stopped with a savepoint.
                .filteredOn(line -> !line.contains("(0 consecutive failed attempts so far)"))
                .isEmpty();
    }

    @Test
    @Order(2)
    void everyDocumentedMetricCanBeScraped() throws Exception {
        work.begin();
        work.awaitNext();

        Set<String> names = new HashSet<>();
        double latencies = 0;
        for (int each = 0; each <= StartedCluster.TASK_MANAGERS; each++) {
            Scrape scrape = Scrape.of(cluster.description().metricsPort(each));
            names.addAll(scrape.names());
            latencies += scrape.sum("flink_taskmanager_job_task_operator_arrivalToAlertMs_count");
        }

        assertThat(names)
                .containsAll(documented(HotlistMatchJob.NAME, 20))
                .containsAll(documented(VideoAnalyticsJob.NAME, 20));
        assertThat(Scrape.of(cluster.description().notaryMetricsPort()).names())
                .containsAll(documented(ClusterProcesses.NOTARY, 5));
        assertThat(Scrape.of(cluster.description().bridgeMetricsPort()).names())
                .containsAll(documented(ClusterProcesses.BRIDGE, 5));
        assertThat(latencies).isPositive();
    }

    private static List<String> documented(String module, int atLeast) throws IOException {
        String page = Files.readString(Path.of("..", module, "METRICS.md"));
        List<String> names = METRIC.matcher(page).results().map(match -> match.group(1)).toList();
        assertThat(names).hasSizeGreaterThan(atLeast);
        return names;
    }

    /**
     * Kills processes; everything recovers by itself, every alert arrives exactly once, and so does
     * what dispatch makes of them: at the far ends of the bridge, and in the audit.
     */
    @Test
    @Order(3)
    void killedProcessesRestartWithoutLostOrDoubleAlerts() throws Exception {
        List<JobID> all = new ArrayList<>(jobs);
        all.add(cluster.submitFromHereToLast(Account.DISPATCH));
        work.begin();
        work.awaitNext();
        Kills kills = new Kills(cluster, all, work);
        if (KILL_MATRIX) {
            kills.matrix();
        } else {
            kills.strongestCombinations();
        }
        work.requireOneEach();
        incidents.requireAllArrivedAndAudited(cluster);
    }

    @Test
    @Order(4)
    void jobsAndToolsWorkOnASecuredBrokerAndShowNoSecret() throws Exception {
        endJobs();
        try (SecuredJobs jobs = new SecuredJobs(cluster, parent)) {
            jobs.workWithTheirAccountsAndShowNoSecret();
        }
    }

    private static void endJobs() throws Exception {
        work.closeYards();
        cluster.cancelJobs();
    }

    @Test
    @Order(5)
    void submitsAndCancelsBothJobsAgainAndAgain() throws Exception {
        endJobs();
        List<ProcessMark> processes = ProcessMark.in(cluster.directory());
        requestModels();
        long before = Long.MAX_VALUE;
        long held = submitAndCancelBothJobs();
        // A few loaders stay for good, because what the JVM keeps once, like its shutdown hooks and
        // its image formats, was made by a job. A leak adds one in every round.
        for (int round = 2; round <= ROUNDS || held > before; round++) {
            assertThat(round)
                    .as("rounds, each with more class loaders left")
                    .isLessThan(MAX_ROUNDS);
            before = held;
            held = submitAndCancelBothJobs();
        }
        requireModelsAccepted();
        assertThat(ProcessMark.in(cluster.directory())).isEqualTo(processes);
    }

    /** Returns how many class loaders of jobs are left after it. */
    private static long submitAndCancelBothJobs() throws Exception {
        FutureTask<Void> cameras = new FutureTask<>(ClusterIT::theCameraJobAnswersForItsModels);
        new Thread(cameras, "cameras").start();
        theHotlistJobAlerts();
        cameras.get();
        return cluster.jobClassLoaders();
    }

    private static void theHotlistJobAlerts() throws Exception {
        JobID job = cluster.submitFromHere(HotlistMatchJob.NAME);
        String entry = work.traffic().pass();
        await("an alert", () -> work.alerts().entries().contains(entry));
        // The first job loads the model's native library, and later jobs reuse it. If the entry of
        // a vehicle is not loaded yet, the match is retrospective and has no image; then the next
        // vehicle passes.
        Set<String> withImage = new HashSet<>();
        await(
                "an OCR verification",
                () -> {
                    if (work.alerts().entries().containsAll(withImage)) {
                        withImage.add(work.traffic().passWithImage());
                    }
                    return !Collections.disjoint(work.alerts().entriesWithOcrResult(), withImage);
                });
        await("all alerts", () -> work.alerts().entries().containsAll(withImage));
        cancel(job);
    }

    private static void requestModels() throws Exception {
        for (String model : List.of("trajectory", "scene-activity")) {
            Result asked =
                    Script.runHere(
                            "model",
                            "activate",
                            model,
                            "1",
                            "--bootstrap-servers",
                            cluster.description().bootstrapServers());
            assertThat(asked.code()).as(asked.err()).isZero();
        }
    }

    /** Each newly submitted job checks the requested model version and answers the request. */
    private static Void theCameraJobAnswersForItsModels() throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.of("bootstrap.servers", cluster.description().bootstrapServers()))) {
            long answers = answers(admin);
            JobID job = cluster.submitFromHere(VideoAnalyticsJob.NAME);
            await("both answers", () -> answers(admin) >= answers + 2);
            cancel(job);
        }
        return null;
    }

    private static void requireModelsAccepted() throws Exception {
        Result list =
                Script.runHere(
                        "model",
                        "list",
                        "--models",
                        Script.HOME.resolve("models").toString(),
                        "--bootstrap-servers",
                        cluster.description().bootstrapServers());
        assertThat(list.out()).containsSubsequence("accepted", "accepted");
        assertThat(list.code()).as(list.out()).isZero();
    }

    private static void cancel(JobID job) throws Exception {
        cluster.flink().cancel(job).get();
        await(
                "the end of the job",
                () -> cluster.flink().getJobStatus(job).get().isGloballyTerminalState());
    }

    /** Returns the number of model requests that the jobs have answered so far. */
    private static long answers(Admin admin) throws Exception {
        TopicPartition answers = new TopicPartition(Topics.MODEL_ANSWERS, 0);
        return admin.listOffsets(Map.of(answers, OffsetSpec.latest()))
                .partitionResult(answers)
                .get()
                .offset();
    }
}
