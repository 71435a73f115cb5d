package io.atalaya.bench.hotlist;

import io.atalaya.bench.latency.LatencyFigures;
import io.atalaya.bench.latency.SteadyRun;
import io.atalaya.bench.measure.Machine;
import io.atalaya.bench.state.Checkpoints;
import io.atalaya.bench.state.Holding;
import io.atalaya.bench.state.Holdings;
import io.atalaya.bench.throughput.BenchBroker;
import io.atalaya.bench.throughput.Contender;
import io.atalaya.bench.throughput.ExactJoin;
import io.atalaya.bench.throughput.JobSetup;
import io.atalaya.bench.throughput.Lap;
import io.atalaya.bench.throughput.PassThrough;
import io.atalaya.bench.throughput.Rounds;
import io.atalaya.bench.throughput.WholeJob;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.hotlistmatch.HotlistMatchSettings;
import io.atalaya.hotlistmatch.prefilter.DeletionFilter;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The whole run: for each list size a fresh broker, the job with the list as a savepoint, and the
 * laps of all contenders in turn, without and with tags; for the last size also the steady feed.
 */
final class HotlistBench {
    /** The traffic starts two hours ago, longer than the longest recording. */
    private static final long BACKLOG_MS = 7_200_000;

    private static final double NANOS = 1e9;
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private final BenchPlan plan;
    private final Consumer<String> log;
    private final List<Race> races = new ArrayList<>();
    private final List<SizeFigures> sizes = new ArrayList<>();
    private LatencyFigures latency;
    private Checkpoints steadyCheckpoints;

    /**
     * @param log receives progress, one line per step
     */
    HotlistBench(BenchPlan plan, Consumer<String> log) {
        this.plan = plan;
        this.log = log;
    }

    HotlistFigures run() throws InterruptedException {
        log.accept("Recording about " + plan.reads() + " plate reads …");
        Recording recording = Recording.of(plan, System.currentTimeMillis() - BACKLOG_MS);
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(JobSetup.cluster(plan.checkpoints()), 1, plan.parallelism())) {
            for (int entries : plan.entries()) {
                try (BenchBroker broker = BenchBroker.start()) {
                    size(flink, broker, recording, entries);
                }
            }
        }
        Footprint footprint =
                sizes.size() < 2
                        ? null
                        : Footprint.of(
                                sizes.get(0),
                                sizes.get(sizes.size() - 1),
                                JobSetup.MANAGED_MEMORY.getBytes());
        return new HotlistFigures(
                Machine.here(),
                plan,
                List.copyOf(races),
                List.copyOf(sizes),
                latency,
                steadyCheckpoints,
                footprint);
    }

    private void size(EmbeddedFlink flink, BenchBroker broker, Recording recording, int entries)
            throws InterruptedException {
        HotlistMatchSettings settings = JobSetup.settings(broker, entries);
        Holdings holdings = new Holdings(flink);
        recording.publishDevices(broker);
        JobClient loading = submitFresh(flink, settings);
        awaitCheckpoint(flink, loading, broker, Topics.DEVICES);
        Holding empty = holdings.of(loading);
        log.accept(String.format(Locale.ROOT, "Loading %,d entries …", entries));
        long from = System.nanoTime();
        publishList(broker, recording, entries);
        awaitCheckpoint(flink, loading, broker, Topics.HOTLIST);
        double loadSeconds = (System.nanoTime() - from) / NANOS;
        Holding list = holdings.of(loading);
        String savepoint = flink.stopWithSavepoint(loading);

        WholeJob job = new WholeJob(flink, broker, settings, plan.parallelism(), savepoint);
        List<Contender> contenders =
                List.of(
                        new PassThrough(flink, settings, plan.parallelism()),
                        job,
                        new ExactJoin(broker, plan.parallelism()));
        recording.publishReads(broker, Topics.PLATE_READS);
        race(broker, contenders, entries, false);
        recording.publishReads(broker, Topics.RFID_READS);
        race(broker, contenders, entries, true);

        JobClient running = job.start();
        long records = records(broker);
        job.time(running, plan.runs(), records);
        awaitCheckpoint(flink, running, broker, Topics.PLATE_READS);
        Holding after = holdings.of(running);
        long filterBytes =
                plan.parallelism() * new DeletionFilter(settings.prefilterCapacity()).bytes();
        sizes.add(
                new SizeFigures(
                        entries,
                        records,
                        loadSeconds,
                        filterBytes,
                        empty,
                        list,
                        after,
                        Checkpoints.of(flink, running)));
        if (entries == plan.mostEntries()) {
            steady(flink, broker, recording, running);
        }
        flink.cancel(running);
    }

    private void race(BenchBroker broker, List<Contender> contenders, int entries, boolean tags)
            throws InterruptedException {
        long records = records(broker);
        List<Lap> laps =
                Rounds.race(
                        contenders,
                        records,
                        plan.mostWarmups(),
                        plan.runs(),
                        lap ->
                                log.accept(
                                        String.format(
                                                Locale.ROOT,
                                                "%,9d entries, tags %-3s %s",
                                                entries,
                                                tags ? "on" : "off",
                                                lap.inWords("records"))));
        races.add(new Race(entries, tags, records, laps));
    }

    private void steady(
            EmbeddedFlink flink, BenchBroker broker, Recording recording, JobClient running)
            throws InterruptedException {
        log.accept(
                String.format(
                        Locale.ROOT,
                        "A steady feed of %,.0f reads/s for %d s …",
                        plan.readsPerSecond(),
                        plan.steadySeconds()));
        long from = System.currentTimeMillis();
        latency =
                new SteadyRun(
                                broker.bootstrapServers(),
                                recording.list(),
                                plan.mostEntries(),
                                plan.readsPerSecond(),
                                Recording.warmSeconds(plan),
                                plan.steadySeconds())
                        .run(Recording.steadySeed(plan));
        steadyCheckpoints = Checkpoints.since(from, flink, running);
    }

    private JobClient submitFresh(EmbeddedFlink flink, HotlistMatchSettings settings) {
        StreamExecutionEnvironment env = flink.environment(plan.parallelism());
        HotlistMatchJob.build(env, settings);
        return flink.submit(env, WholeJob.NAME);
    }

    private static void publishList(BenchBroker broker, Recording recording, int entries) {
        try {
            recording.publishList(broker, entries);
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("an entry of the generator's own", e);
        }
    }

    /** Waits for a checkpoint that contains all effects of a topic's records. */
    private static void awaitCheckpoint(
            EmbeddedFlink flink, JobClient job, BenchBroker broker, String topic)
            throws InterruptedException {
        if (!broker.awaitCheckpointOf(topic, flink, job, JobSetup.GROUP, LIMIT)) {
            throw new IllegalStateException("no checkpoint holds all of " + topic);
        }
    }

    private static long records(BenchBroker broker) throws InterruptedException {
        return broker.endOf(Topics.PLATE_READS) + broker.endOf(Topics.RFID_READS);
    }
}
