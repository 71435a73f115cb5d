package io.atalaya.lab.replay;

import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.embedded.FlinkConf;
import io.atalaya.embedded.RecordPublisher;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.lab.feed.RunningJob;
import io.atalaya.lab.platform.EmbeddedPlatform;
import io.atalaya.lab.platform.JobOverrides;
import io.atalaya.notary.NotaryLoop;
import io.atalaya.notary.chain.HeadKeys;
import io.atalaya.simulator.recording.MergedRecords;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.recording.RecordingException;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Runs jobs over a recording: starts them, feeds the background and then the observations, waits
 * until all input is processed, cancels the jobs and writes their output to files.
 */
final class Replay {
    /**
     * More than one partition, so that keys are spread as in production and a parallelism above 1
     * has work.
     */
    private static final int INPUT_PARTITIONS = 4;

    /**
     * How long a task waits to fill a buffer. The wait delays no output in arrival time, because
     * outputs have the time of their cause; with the 5 ms of a live job a short replay takes a
     * quarter more work. But it does where the clock of a job is the latest arrival on any topic.
     */
    private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(100);

    /** As in production; the waits for a job's progress take their own checkpoints. */
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

    /** Each look at the jobs asks broker and cluster some ten times. */
    private static final long POLL_MS = 250;

    private static final Duration HEADS_AT_THE_END = Duration.ofDays(1);

    /** The feed runs ahead by at most this part of the shortest silence that a job notices. */
    private static final int PARTS_OF_SILENCE = 8;

    private final Recording recording;
    private final Path out;
    private final Speed speed;
    private final int parallelism;
    private final Map<String, String> settings;
    private final ReplayLog log;

    /**
     * @param settings settings of all jobs; each job gets those it knows
     */
    Replay(
            Recording recording,
            Path out,
            Speed speed,
            int parallelism,
            Map<String, String> settings,
            ReplayLog log) {
        this.recording = recording;
        this.out = out;
        this.speed = speed;
        this.parallelism = parallelism;
        this.settings = settings;
        this.log = log;
    }

    /**
     * Runs the jobs to the end of the recording.
     *
     * @throws RecordingException when the recording is malformed
     * @throws ReplayException when a job fails
     * @throws InterruptedException when the command is being stopped
     */
    void run(List<JobDefinition<?>> jobs) throws InterruptedException {
        long start = System.nanoTime();
        // Opened first, so that a malformed start of a file is reported before anything starts.
        try (MergedRecords records = recording.open()) {
            int slots = parallelism * Math.max(1, jobs.size());
            Configuration cluster = FlinkConf.local();
            boolean isClocked = jobs.stream().anyMatch(JobDefinition::isClockedByArrivals);
            cluster.set(
                    ExecutionOptions.BUFFER_TIMEOUT, isClocked ? Duration.ZERO : BUFFER_TIMEOUT);
            cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
            try (EmbeddedPlatform platform = EmbeddedPlatform.start(cluster, slots)) {
                log.step("Broker and cluster are up after " + since(start) + ".");
                run(jobs, records, platform, start);
            }
        }
    }

    private void run(
            List<JobDefinition<?>> jobs,
            MergedRecords records,
            EmbeddedPlatform platform,
            long start)
            throws InterruptedException {
        String brokers = platform.kafka().bootstrapServers();
        Set<String> outputs = written(jobs);
        boolean isAudited = outputs.contains(Topics.AUDIT);
        createTopics(jobs, outputs, platform);
        TopicDump dump = new TopicDump(brokers, out);
        prepare(dump, outputs);

        Map<String, Object> client = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        try (Admin admin = Admin.create(client);
                RecordPublisher publisher = RecordPublisher.bulk(brokers)) {
            List<JobProgress> running = submit(jobs, platform, admin);

            RecordFeeder feeder = new RecordFeeder(records, publisher, fed(running), log);
            feeder.feedBackground();
            log.step(
                    String.format(
                            "%,d records are older than the first observation; the jobs take them.",
                            publisher.total()));
            for (JobProgress job : running) {
                await(job, new CatchUpDetector(Duration.ZERO)::isAppliedAt);
            }

            log.step("Feeding the rest, speed " + speed + ".");
            feeder.feedRest(speed);

            log.step(
                    String.format(
                            "%,d records fed after %s; draining.",
                            publisher.total(), since(start)));
            awaitDrained(running);
            running.forEach(job -> platform.flink().cancel(job.running().client()));
            if (isAudited) {
                audit(platform.kafka(), feeder.lastArrival());
            }

            Map<String, Long> written = new LinkedHashMap<>();
            outputs.forEach(topic -> written.put(topic, dump.write(topic)));
            log.summary(publisher.counts(), written, Duration.ofNanos(System.nanoTime() - start));
            outputs.forEach(topic -> log.step("Written: " + dump.file(topic)));
            if (isAudited) {
                log.step("Written: " + publicKey());
            }
        }
    }

    /**
     * The topics that a replay of the jobs writes to files: what they emit, what the notary records
     * of it, and the answers to the incidents, for their evaluation.
     */
    static Set<String> written(List<JobDefinition<?>> jobs) {
        Set<String> topics = new LinkedHashSet<>();
        jobs.forEach(job -> topics.addAll(job.outputTopics()));
        if (!Collections.disjoint(topics, Topics.QUEUES.values())) {
            topics.addAll(List.of(Topics.AUDIT, Topics.AUDIT_HEADS));
        }
        if (jobs.stream().anyMatch(job -> job.inputTopics().contains(Topics.DISPATCH_RESPONSES))) {
            topics.add(Topics.DISPATCH_RESPONSES);
        }
        return topics;
    }

    /**
     * Deletes what an earlier replay wrote, also of jobs that do not run now: files of two runs
     * with other settings must not be taken for one.
     */
    private void prepare(TopicDump dump, Set<String> outputs) {
        Set<String> topics = written(JobDefinition.all());
        topics.addAll(outputs);
        dump.prepare(topics);
        try {
            Files.deleteIfExists(publicKey());
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    private Path publicKey() {
        return out.resolve("notary.pub");
    }

    private UncheckedIOException notWritable(IOException e) {
        return new UncheckedIOException("--out " + out + " cannot be written", e);
    }

    /**
     * Records what was sent, as the notary of an installation does; its key is forgotten.
     *
     * @param now the clock of the signed heads, epoch ms
     */
    private void audit(EmbeddedKafka kafka, long now) throws InterruptedException {
        KeyPair keys = HeadKeys.pair();
        try {
            HeadKeys.write(keys.getPublic(), publicKey());
        } catch (IOException e) {
            throw notWritable(e);
        }
        NotaryLoop notary =
                new NotaryLoop(
                        new NotaryLoop.Settings("replay", keys.getPrivate(), HEADS_AT_THE_END),
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                kafka.bootstrapServers()),
                        Clock.fixed(Instant.ofEpochMilli(now), ZoneOffset.UTC));
        new Thread(notary, "replay-notary").start();
        try {
            while (!kafka.isTaken(Topics.AUDITED, NotaryLoop.NAME, Map.of())) {
                Thread.sleep(POLL_MS);
            }
        } finally {
            notary.stop();
        }
    }

    /** The others follow the output of these. */
    private List<JobProgress> fed(List<JobProgress> running) {
        Set<String> observed = ReplayRun.observations(recording.topics());
        return running.stream()
                .filter(job -> !Collections.disjoint(job.running().job().inputTopics(), observed))
                .toList();
    }

    private void createTopics(
            List<JobDefinition<?>> jobs, Set<String> outputs, EmbeddedPlatform platform) {
        Set<String> inputs = new LinkedHashSet<>();
        recording.topics().forEach(topic -> inputs.add(topic.topicName()));
        jobs.forEach(job -> inputs.addAll(job.inputTopics()));
        if (outputs.contains(Topics.AUDIT)) {
            inputs.addAll(Topics.AUDITED);
        }
        inputs.removeAll(outputs);
        // Inputs are not compacted, because the entry versions that a job reads must not depend on
        // the cleaner.
        platform.kafka().createTopics(Topics.named(inputs), INPUT_PARTITIONS);
        // One partition, so that the file has the order in which the job wrote.
        platform.kafka().createTopics(Topics.named(outputs), 1);
    }

    private List<JobProgress> submit(
            List<JobDefinition<?>> jobs, EmbeddedPlatform platform, Admin admin) {
        List<JobProgress> running = new ArrayList<>();
        for (JobDefinition<?> job : jobs) {
            RunningJob submitted =
                    platform.submit(
                            job,
                            options(job, settings, speed),
                            "replay-" + job.name(),
                            parallelism,
                            PARTS_OF_SILENCE);
            log.step("Job " + job.name() + " runs, parallelism " + parallelism + ".");
            running.add(new JobProgress(admin, platform.kafka(), submitted));
        }
        return running;
    }

    /**
     * The job's options in a replay.
     *
     * @param asked settings of any job from the command line; they override all others
     */
    static Configuration options(JobDefinition<?> job, Map<String, String> asked, Speed speed) {
        Map<String, String> all = new HashMap<>();
        if (speed.equals(Speed.MAX)) {
            all.putAll(job.optionsAtFullSpeed());
        }
        all.putAll(asked);
        return JobOverrides.of(job, all);
    }

    /** Waits until no job has work left, because each may read what the others write. */
    private static void awaitDrained(List<JobProgress> running) throws InterruptedException {
        Map<JobProgress, CatchUpDetector> detectors = new LinkedHashMap<>();
        running.forEach(
                job -> detectors.put(job, new CatchUpDetector(job.running().job().maxWait())));
        while (!isDrained(detectors)) {
            Thread.sleep(POLL_MS);
        }
    }

    /** Observes every job, because a detector compares with its earlier observations. */
    private static boolean isDrained(Map<JobProgress, CatchUpDetector> detectors)
            throws InterruptedException {
        boolean isDrained = true;
        for (Map.Entry<JobProgress, CatchUpDetector> job : detectors.entrySet()) {
            isDrained &= job.getValue().isDrainedAt(job.getKey().observe());
        }
        return isDrained;
    }

    private static void await(JobProgress job, Predicate<CatchUpDetector.Observation> reached)
            throws InterruptedException {
        while (!reached.test(job.observe())) {
            Thread.sleep(POLL_MS);
        }
    }

    private static String since(long start) {
        return ReplayLog.seconds(Duration.ofNanos(System.nanoTime() - start));
    }
}
