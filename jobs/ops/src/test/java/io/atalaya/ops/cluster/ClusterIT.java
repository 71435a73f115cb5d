package io.atalaya.ops.cluster;

import io.atalaya.contracts.topic.Topics;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.ops.cluster.Script.Result;
import io.atalaya.videoanalytics.VideoAnalyticsJob;

import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * Tests the scripts, the processes that they start, and the job jar as an operator uses them. All
 * tests share one cluster; each submits the job itself.
 */
class ClusterIT {
    /**
     * If each submission left its classes behind, some 10 MB, there would be no room for the last.
     */
    private static final int ROUNDS = 6;

    /** A few seconds of traffic at 40 vehicles/s. */
    private static final int CARS = 100;

    /** Enough for 100 s of that traffic, but no more, because each new job reads the whole list. */
    private static final int LISTED = 4_000;

    private static final Pattern METRIC = Pattern.compile("^\\| `(flink_\\w+)`", Pattern.MULTILINE);

    @TempDir private static Path parent;

    private static StartedCluster cluster;
    private static Script scripts;
    private static ListedTraffic traffic;
    private static AlertLog alerts;

    /** Warnings of the cluster's start, and of the submission and the end of both jobs. */
    private static List<String> warnings;

    @BeforeAll
    static void start() throws Exception {
        cluster = new StartedCluster(parent);
        scripts = cluster.scripts();
        // The first submissions create the topics.
        for (String job : List.of(HotlistMatchJob.NAME, VideoAnalyticsJob.NAME)) {
            cluster.submit(job);
            Result stopped = scripts.run("savepoint", "stop", job);
            assertThat(stopped.code()).as(stopped.err()).isZero();
        }
        warnings = cluster.warnings();
        traffic = new ListedTraffic(cluster.description().bootstrapServers());
        traffic.list(LISTED);
        alerts = new AlertLog(cluster.description().bootstrapServers());
    }

    @AfterAll
    static void stop() throws Exception {
        if (traffic != null) {
            traffic.close();
            alerts.close();
        }
        if (cluster != null) {
            cluster.stop();
        }
    }

    @AfterEach
    void cancelJobs() throws Exception {
        traffic.rest();
        cluster.cancelJobs();
    }

    /** Keeps warnings significant: normal operation must not log at WARN. */
    @Test
    void logsNoWarningInNormalOperation() {
        assertThat(warnings)
                // ZooKeeper and its clients start at the same time.
                .filteredOn(line -> !line.contains(" ClientCnxn "))
                .filteredOn(line -> !line.contains(" NIOServerCnxn "))
                // The first start of the broker logs this.
                .filteredOn(line -> !line.contains("The metadata log appears to be empty"))
                // On a busy machine both jobs request the broker's own topic at once.
                .filteredOn(line -> !line.contains("Topic '__consumer_offsets' already exists"))
                // A checkpoint was in progress when its job was stopped with a savepoint.
                .filteredOn(line -> !line.contains("(0 consecutive failed attempts so far)"))
                .isEmpty();
    }

    @Test
    void submitsAndCancelsBothJobsAgainAndAgain() throws Exception {
        List<ProcessMark> processes = ProcessMark.in(cluster.directory());
        FutureTask<Void> cameras =
                new FutureTask<>(ClusterIT::theCameraJobServesItsModelsHoweverOftenItIsSubmitted);
        new Thread(cameras, "cameras").start();
        theHotlistJobAnswersHoweverOftenItIsSubmitted();
        cameras.get();
        assertThat(ProcessMark.in(cluster.directory())).isEqualTo(processes);
    }

    private static void theHotlistJobAnswersHoweverOftenItIsSubmitted() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            JobID job = submit(HotlistMatchJob.NAME, round);
            String entry = traffic.pass();
            await("an alert in round " + round, () -> alerts.entries().contains(entry));
            // The first job loads the model's native library, and later jobs reuse it. If the entry
            // of a vehicle is not loaded yet, the match is retrospective and has no image; then the
            // next vehicle passes.
            Set<String> withImage = new HashSet<>();
            await(
                    "an OCR verification in round " + round,
                    () -> {
                        if (alerts.entries().containsAll(withImage)) {
                            withImage.add(traffic.passWithImage());
                        }
                        return !Collections.disjoint(alerts.entriesWithOcrResult(), withImage);
                    });
            await("the alerts of round " + round, () -> alerts.entries().containsAll(withImage));
            if (round == 1) {
                Result again = scripts.run("submit", HotlistMatchJob.NAME);
                assertThat(again.code()).isEqualTo(2);
                assertThat(again.err()).contains("hotlist-match runs already as " + job);
            }
            cancel(job, round);
        }
    }

    /** Each newly submitted job checks the requested model version and answers the request. */
    private static Void theCameraJobServesItsModelsHoweverOftenItIsSubmitted() throws Exception {
        cancel(submit(VideoAnalyticsJob.NAME, 1), 1);
        for (String model : List.of("trajectory", "scene-activity")) {
            Result asked =
                    scripts.run(
                            "model",
                            "activate",
                            model,
                            "1",
                            "--bootstrap-servers",
                            cluster.description().bootstrapServers());
            assertThat(asked.code()).as(asked.err()).isZero();
        }
        try (Admin admin =
                Admin.create(
                        Map.of("bootstrap.servers", cluster.description().bootstrapServers()))) {
            for (int round = 2; round <= ROUNDS; round++) {
                long answers = answers(admin);
                JobID job = submit(VideoAnalyticsJob.NAME, round);
                await("both answers in round " + round, () -> answers(admin) >= answers + 2);
                cancel(job, round);
            }
        }
        Result list =
                scripts.run(
                        "model",
                        "list",
                        "--bootstrap-servers",
                        cluster.description().bootstrapServers());
        assertThat(list.out()).containsSubsequence("accepted", "accepted");
        assertThat(list.code()).as(list.out()).isZero();
        return null;
    }

    /** Submits as an operator does in the first round, and in the faster way in later rounds. */
    private static JobID submit(String job, int round) throws Exception {
        return round == 1 ? cluster.submit(job) : cluster.submitFromHere(job, 1);
    }

    private static void cancel(JobID job, int round) throws Exception {
        cluster.flink().cancel(job).get();
        await(
                "the end of round " + round,
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

    @Test
    void stopWithSavepointNeitherLosesNorRepeatsAlerts() throws Exception {
        cluster.submitFromHere(HotlistMatchJob.NAME);
        long from = System.currentTimeMillis();
        traffic.drive(40);
        awaitAlerts(CARS);

        Result stopped = scripts.run("savepoint", "stop", HotlistMatchJob.NAME);
        assertThat(stopped.code()).as(stopped.err()).isZero();
        String savepoint = stopped.out().strip();
        assertThat(Path.of(URI.create(savepoint)))
                .exists()
                .hasParent(cluster.directory().savepoints());
        assertThat(stopped.err()).contains("scripts/savepoint resume hotlist-match " + savepoint);

        cluster.started(
                scripts.run(
                        "savepoint",
                        "resume",
                        HotlistMatchJob.NAME,
                        savepoint,
                        "--set",
                        "reads.start=EARLIEST"));
        awaitAlerts(CARS);
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
    void everyDocumentedMetricCanBeScraped() throws Exception {
        cluster.submitFromHere(HotlistMatchJob.NAME);
        cluster.submitFromHere(VideoAnalyticsJob.NAME);
        String entry = traffic.pass();
        await("an alert", () -> alerts.entries().contains(entry));
        try (WatchedYards yards = new WatchedYards(cluster.description().bootstrapServers())) {
            yards.visit();
            await("an alert of a camera", () -> !alerts.ofCameras().isEmpty());
        }

        Set<String> names = new HashSet<>();
        double latencies = 0;
        for (int each = 0; each <= StartedCluster.TASK_MANAGERS; each++) {
            Scrape scrape = Scrape.of(cluster.description().metricsPort(each));
            names.addAll(scrape.names());
            latencies += scrape.sum("flink_taskmanager_job_task_operator_arrivalToAlertMs_count");
        }

        assertThat(names)
                .containsAll(documented(HotlistMatchJob.NAME))
                .containsAll(documented(VideoAnalyticsJob.NAME));
        assertThat(latencies).isPositive();
    }

    /** Waits for alerts about vehicles that pass from now on. */
    private static void awaitAlerts(int count) throws Exception {
        long from = System.currentTimeMillis();
        await(
                count + " alerts",
                () ->
                        alerts.seen().stream()
                                        .filter(
                                                seen ->
                                                        traffic.passedAt(
                                                                        seen.alert()
                                                                                .subject()
                                                                                .entryId())
                                                                > from)
                                        .count()
                                >= count);
    }

    private static void awaitAllAlerts() throws Exception {
        await(
                "an alert for each vehicle",
                () -> alerts.entries().containsAll(traffic.sentEntries()));
        // Duplicates would arrive about now.
        Thread.sleep(2_000);
    }

    /** Compares the alerts with the sent records: each entry has exactly one alert. */
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
}
