package io.atalaya.bench.overload;

import io.atalaya.bench.cluster.JobSetup;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.DispatchJob;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.CityOptions.PassagesKept;
import io.atalaya.simulator.SampleCity;
import io.atalaya.simulator.camera.CameraPlan;
import io.atalaya.simulator.dispatch.DispatchLoad;
import io.atalaya.simulator.dispatch.DispatchLoad.Area;
import io.atalaya.testutils.JobOnKafka;
import io.atalaya.videoanalytics.VideoAnalyticsJob;
import io.atalaya.videoanalytics.VideoAnalyticsOptions;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Overload makes a job slow, not failed. For minutes disk and broker take a fraction of what the
 * job writes, and checkpoints fail because they take too long. Then all that ends, and the result
 * is the same as without it. Flink restarts nothing, so any failure ends the test.
 *
 * <p>Whether RocksDB also delays or stops its writers depends on the machine's speed and is not
 * asserted: in {@link StoppedWritersKafkaIT} it stops them for certain. The exceptions of
 * docs/reliability.md are not here: sinks deliver at least once, and no read has an image.
 */
@Execution(ExecutionMode.CONCURRENT)
class OverloadKafkaIT {
    /** Longer than the two minutes for which Kafka's producers keep a record by default. */
    private static final Duration OVERLOAD = Duration.ofSeconds(140);

    private static final long CHECKPOINT_MS = 1_000;
    private static final Duration CHECKPOINT_TIMEOUT = Duration.ofSeconds(10);
    private static final int MIN_FAILED_CHECKPOINTS = 5;
    private static final long DISK_BYTES_PER_SECOND = 200_000;
    private static final int PARALLELISM = 2;
    static final long POLL_MS = 100;
    private static final long SEED = 5;
    private static final int MIN_RESULTS = 20;

    /** What a job that has worked for days knows already. */
    private static final List<String> KNOWN = List.of(Topics.DEVICES, Topics.SITE_PRESENCE);

    /** Past, so that the job catches up from the first record on. */
    private final long start = System.currentTimeMillis() - Duration.ofHours(1).toMillis();

    @TempDir private Path checkpoints;

    /** What a consumer knows in the end, by the id of an alert or incident. */
    @FunctionalInterface
    private interface Result {
        Map<String, String> of(JobOnKafka run) throws Exception;
    }

    @Test
    void hotlistMatchIsSlowAndThenRight() throws Exception {
        List<TopicRecord> records = new ArrayList<>();
        SampleCity.generate(
                        CityOptions.defaults(SEED, start)
                                .withMinutes(20)
                                .withReadsPerSecond(100)
                                .withPassages(PassagesKept.NONE))
                .forEachRemaining(records::add);
        // With a slow broker as well nothing would be written fast enough.
        check(
                new HotlistMatchJob(),
                records,
                Duration.ofSeconds(40),
                1_000,
                OverloadKafkaIT::alerts);
    }

    @Test
    void videoAnalyticsIsSlowAndThenRight() throws Exception {
        List<TopicRecord> records = new ArrayList<>();
        SampleCity.generate(
                        CityOptions.defaults(SEED, start)
                                .withMinutes(1)
                                .withReadsPerSecond(1)
                                .withCameras(new CameraPlan(20, 30, 15, 30, 10)))
                .forEachRemaining(records::add);
        List<String> topics = List.of(Topics.DEVICES, Topics.CAMERA_FRAMES);
        records.removeIf(record -> !topics.contains(record.topic()));
        check(new VideoAnalyticsJob(), records, Duration.ZERO, 500, OverloadKafkaIT::alerts);
    }

    @Test
    void dispatchIsSlowAndThenRight() throws Exception {
        DispatchLoad load = new DispatchLoad(SEED, start, 1_000);
        List<TopicRecord> records = new ArrayList<>(load.devices(start));
        records.addAll(load.presence(start));
        for (int i = 1; i <= 12_000; i++) {
            long time = start + i * 10L;
            records.add(
                    i % 500 == 0
                            ? load.kidnapping(Area.STATE, time)
                            : load.event(Area.STATE, time));
        }
        check(new DispatchJob(), records, Duration.ZERO, 1_000, OverloadKafkaIT::incidents);
    }

    /**
     * @param diskAlone how long only the disk is slow, before the broker is, too
     * @param sinkBytesPerSecond what the broker takes of each producer during the overload
     */
    private void check(
            JobDefinition<?> job,
            List<TopicRecord> records,
            Duration diskAlone,
            double sinkBytesPerSecond,
            Result end)
            throws Exception {
        List<TopicRecord> known = new ArrayList<>(records);
        known.removeIf(record -> !KNOWN.contains(record.topic()));
        List<TopicRecord> load = new ArrayList<>(records);
        load.removeIf(record -> KNOWN.contains(record.topic()));
        Map<String, String> expected;
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedFlink flink = EmbeddedFlink.start(cluster(), 1, PARALLELISM);
                JobOnKafka run = job(job, kafka, flink, new Configuration())) {
            String knowing = learn(run, known);
            run.publish(load);
            run.start(knowing, PARALLELISM);
            run.awaitQuiet();
            expected = end.of(run);
        }
        assertThat(expected).hasSizeGreaterThan(MIN_RESULTS);

        SlowDisk disk = new SlowDisk(job.name());
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedFlink flink = EmbeddedFlink.start(cluster(), 1, PARALLELISM);
                JobOnKafka run = job(job, kafka, flink, disk.settings(checkpoints))) {
            String knowing = learn(run, known);
            disk.limit(DISK_BYTES_PER_SECOND);
            if (diskAlone.isZero()) {
                limitProducers(kafka, sinkBytesPerSecond);
            }
            run.publish(load);
            run.start(knowing, PARALLELISM);
            watch(run, diskAlone);
            limitProducers(kafka, sinkBytesPerSecond);
            watch(run, OVERLOAD);
            assertThat(run.checkpoints().getCounts().getNumberOfFailedCheckpoints())
                    .as("failed checkpoints")
                    .isGreaterThan(MIN_FAILED_CHECKPOINTS);
            disk.removeLimit();
            limitProducers(kafka, null);
            run.awaitQuiet();
            run.requireNeverFailed();
            Map<String, String> found = end.of(run);
            assertThat(beyond(expected, found)).isEqualTo(beyond(found, expected));
        }
    }

    /** What the one has and the other has not, so that a failure shows no more than that. */
    static Map<String, String> beyond(Map<String, String> other, Map<String, String> one) {
        Map<String, String> more = new TreeMap<>(one);
        more.entrySet().removeAll(other.entrySet());
        return more;
    }

    static JobOnKafka job(
            JobDefinition<?> job,
            EmbeddedKafka kafka,
            EmbeddedFlink flink,
            Configuration settings) {
        Map<String, String> options = new LinkedHashMap<>(job.optionsAtFullSpeed());
        if (job instanceof VideoAnalyticsJob) {
            // The input ends at some time of the overload.
            options.put(VideoAnalyticsOptions.INPUT_SILENT_AFTER.key(), "1 d");
        }
        return new JobOnKafka(job, options, kafka, flink, settings);
    }

    /**
     * What the job knows before the load, as a savepoint. The load is there when the job goes on
     * from it, so that the result does not depend on how soon a record is read; that an hour of
     * reads comes at once into a running job is another case, see {@code ArrivalWatermarks}.
     */
    private static String learn(JobOnKafka run, List<TopicRecord> known) throws Exception {
        run.publish(known);
        run.start(null, PARALLELISM);
        run.awaitQuiet();
        return run.stopWithSavepoint();
    }

    private static Configuration cluster() {
        Configuration cluster = JobSetup.cluster(CHECKPOINT_MS);
        cluster.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, CHECKPOINT_TIMEOUT);
        return cluster;
    }

    /** Waits while the job must not fail. */
    static void watch(JobOnKafka run, Duration time) throws InterruptedException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < time.toNanos()) {
            run.requireNeverFailed();
            Thread.sleep(POLL_MS);
        }
    }

    /**
     * Limits what the broker takes of each producer, except of the test's own. That is exempt
     * first, because a large request that is limited for a moment only would wait for minutes.
     *
     * @param bytesPerSecond null for no limit
     */
    private static void limitProducers(EmbeddedKafka kafka, Double bytesPerSecond)
            throws Exception {
        Map<String, Double> limits = new LinkedHashMap<>();
        limits.put(JobOnKafka.CLIENT_ID, 1e12);
        limits.put(null, bytesPerSecond);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            for (var limit : limits.entrySet()) {
                var client =
                        new ClientQuotaEntity(
                                Collections.singletonMap(
                                        ClientQuotaEntity.CLIENT_ID, limit.getKey()));
                var rate = new ClientQuotaAlteration.Op("producer_byte_rate", limit.getValue());
                admin.alterClientQuotas(List.of(new ClientQuotaAlteration(client, List.of(rate))))
                        .all()
                        .get();
            }
        }
    }

    /** The contents of each alert that stands, without what depends on when it was emitted. */
    static Map<String, String> alerts(JobOnKafka run) {
        Map<String, String> contents = new TreeMap<>();
        for (Alert alert : run.lastAlerts().values()) {
            if (alert.status() != Alert.Status.CANCELLED) {
                boolean isEnded = alert.status() == Alert.Status.ENDED;
                Alert.Status status = isEnded ? Alert.Status.ENDED : Alert.Status.UPDATED;
                byte[] json = AlertCodec.write(alert.as(status, 1).withDetectedAt(0));
                contents.put(alert.alertId(), new String(json, StandardCharsets.UTF_8));
            }
        }
        return contents;
    }

    /**
     * The events of each incident that has some. Which of them founded it, and gave it its id, and
     * which others existed for a while, depends on the order in which topics are read.
     */
    private static Map<String, String> incidents(JobOnKafka run) throws Exception {
        Map<String, Incident> last = new TreeMap<>();
        for (var record : run.records(Topics.INCIDENTS)) {
            Incident incident = Incident.CODEC.read(record.value());
            last.merge(
                    incident.incidentId(), incident, (a, b) -> b.revision() > a.revision() ? b : a);
        }
        Map<String, String> events = new TreeMap<>();
        for (Incident incident : last.values()) {
            String its =
                    incident.events().stream()
                            .map(Incident.Event::eventId)
                            .sorted()
                            .collect(Collectors.joining(" "));
            events.put(its, "");
        }
        events.remove("");
        return events;
    }
}
