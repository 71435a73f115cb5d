package io.atalaya.bench.hotlist;

import io.atalaya.bench.cluster.BenchBroker;
import io.atalaya.bench.cluster.Checkpoints;
import io.atalaya.bench.cluster.FlinkContender;
import io.atalaya.bench.cluster.JobSetup;
import io.atalaya.bench.cluster.MemoryUse;
import io.atalaya.bench.cluster.PassThrough;
import io.atalaya.bench.comparison.Comparison;
import io.atalaya.bench.comparison.Contender;
import io.atalaya.bench.comparison.Lap;
import io.atalaya.bench.comparison.Machine;
import io.atalaya.bench.comparison.ProcessorTime;
import io.atalaya.contracts.plate.format.PlateFormat;
import io.atalaya.contracts.rfid.RfidReadCodec;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.hotlistmatch.HotlistMatchOptions;
import io.atalaya.hotlistmatch.HotlistMatchSettings;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.passage.ClockRules;
import io.atalaya.hotlistmatch.prefilter.DeletionFilter;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The whole run: for each list size a fresh broker, the job with the list as a savepoint, and the
 * laps of each contest's contenders in turn; for the last size also the steady feed.
 */
final class HotlistBench {
    /** The traffic starts two hours ago, longer than the longest recording. */
    private static final long BACKLOG_MS = 7_200_000;

    private static final int MAX_WARM_FEEDS = 6;
    private static final double NANOS = 1e9;
    private static final double PERCENT = 100;

    /**
     * @param entries sizes of the list, rising
     * @param contests those that are run
     * @param reads approximate number of recorded plate reads
     * @param runs measured laps of each contender
     * @param maxWarmups maximum number of uncounted laps before them
     * @param lapSeconds minimum duration of a measured lap
     * @param readsPerSecond rates of the steady feed, rising
     * @param steadySeconds measured duration of the steady feed at each rate
     * @param checkpointIntervalMs null for that of production
     * @param parallelism of the jobs, and number of threads of the join
     */
    record Plan(
            List<Integer> entries,
            Set<Contest> contests,
            int reads,
            int runs,
            @JsonProperty("mostWarmups") int maxWarmups,
            int lapSeconds,
            List<Double> readsPerSecond,
            int steadySeconds,
            Long checkpointIntervalMs,
            int parallelism,
            long seed) {

        int maxEntries() {
            return entries.get(entries.size() - 1);
        }

        /** Maximum number of feeds before those that are counted. */
        int maxWarmFeeds() {
            return Math.min(MAX_WARM_FEEDS, maxWarmups);
        }

        /** Of a quick run only the largest list has contests; of the others state and heap. */
        boolean isRun(Contest contest, int size) {
            return contests.contains(contest) && (maxWarmups > 0 || size == maxEntries());
        }
    }

    private final Plan plan;
    private final Consumer<String> log;
    private final List<HotlistReport.Throughput> throughputs = new ArrayList<>();
    private final List<HotlistReport.Size> sizes = new ArrayList<>();
    private final List<HotlistReport.Latency> latencies = new ArrayList<>();

    /**
     * @param log receives progress, one line per step
     */
    HotlistBench(Plan plan, Consumer<String> log) {
        this.plan = plan;
        this.log = log;
    }

    HotlistReport run() throws InterruptedException {
        log.accept("Recording about " + plan.reads() + " plate reads …");
        RecordedCity city = new RecordedCity(plan, System.currentTimeMillis() - BACKLOG_MS);
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(
                        JobSetup.cluster(plan.checkpointIntervalMs()), 1, plan.parallelism())) {
            for (int entries : plan.entries()) {
                try (BenchBroker broker = BenchBroker.start()) {
                    size(flink, broker, city, entries);
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
        return new HotlistReport(
                Machine.here(),
                plan,
                List.copyOf(throughputs),
                List.copyOf(latencies),
                List.copyOf(sizes),
                footprint);
    }

    private void size(EmbeddedFlink flink, BenchBroker broker, RecordedCity city, int entries)
            throws InterruptedException {
        HotlistMatchSettings settings = settings(broker, entries, Contest.EVERYTHING);
        city.publishDevices(broker);
        JobClient loading =
                flink.submit(
                        job(flink.environment(plan.parallelism()), settings), HotlistMatchJob.NAME);
        broker.awaitCheckpointOf(Topics.DEVICES, flink, loading);
        MemoryUse empty = MemoryUse.of(flink, loading);
        log("Loading %,d entries …", entries);
        long from = System.nanoTime();
        city.publishList(broker, entries);
        broker.awaitCheckpointOf(Topics.HOTLIST, flink, loading);
        double loadSeconds = (System.nanoTime() - from) / NANOS;
        MemoryUse list = MemoryUse.of(flink, loading);
        // In files of RocksDB: a list that is put into it one by one would be compacted in the
        // laps.
        String savepoint = flink.stopWithSavepoint(loading, SavepointFormatType.NATIVE);
        String ofSql =
                plan.isRun(Contest.PAST, entries) ? savepointOfSql(flink, broker, entries) : null;

        city.publishReads(broker, Topics.PLATE_READS);
        for (Contest contest : Contest.values()) {
            if (contest.hasTags()) {
                city.publishReads(broker, Topics.RFID_READS);
            }
            if (plan.isRun(contest, entries)) {
                compare(flink, broker, contest, savepoint, ofSql, entries);
            }
        }

        long records = records(broker);
        FlinkContender job = job(flink, broker, settings, savepoint, records);
        JobClient running = job.start();
        job.time(running, plan.runs(), records);
        broker.awaitCheckpointOf(Topics.PLATE_READS, flink, running);
        MemoryUse after = MemoryUse.of(flink, running);
        long filterBytes =
                plan.parallelism() * new DeletionFilter(settings.prefilterCapacity()).bytes();
        sizes.add(
                new HotlistReport.Size(
                        entries,
                        records,
                        loadSeconds,
                        filterBytes,
                        empty,
                        list,
                        after,
                        Checkpoints.since(0, flink, running)));
        if (entries == plan.maxEntries()) {
            steady(flink, broker, running, city.list());
        }
        flink.cancel(running);
    }

    /**
     * The steady feed at each rate, until the job cannot follow. Before them come feeds that are
     * not counted, until Java's compiler has little left to do, because a job that has worked for
     * hours has compiled what it runs through.
     */
    private void steady(
            EmbeddedFlink flink, BenchBroker broker, JobClient running, NationalList list)
            throws InterruptedException {
        boolean isWarm = false;
        for (int i = 0; i < plan.maxWarmFeeds() && !isWarm; i++) {
            ProcessorTime before = ProcessorTime.now();
            HotlistReport.Latency latency =
                    new HotlistFeed(plan, plan.readsPerSecond().size() + i, list)
                            .run(broker, () -> Checkpoints.since(0, flink, running));
            double compiler = ProcessorTime.now().minus(before).compilerShare();
            log(
                    "A feed to warm up: alerts after %,.0f ms (p99), compiler %.0f %%",
                    latency.alert().p99(), compiler * PERCENT);
            isWarm = compiler <= ProcessorTime.MAX_COMPILER_SHARE || latency.isSaturated();
        }
        boolean isSaturated = false;
        for (int i = 0; i < plan.readsPerSecond().size() && !isSaturated; i++) {
            log(
                    "A steady feed of %,.0f reads/s for %d s …",
                    plan.readsPerSecond().get(i), plan.steadySeconds());
            long from = System.currentTimeMillis();
            HotlistReport.Latency latency =
                    new HotlistFeed(plan, i, list)
                            .run(broker, () -> Checkpoints.since(from, flink, running));
            latencies.add(latency);
            isSaturated = latency.isSaturated();
        }
    }

    private HotlistMatchSettings settings(BenchBroker broker, int entries, Contest contest) {
        Configuration options = JobSetup.job(broker);
        options.set(
                HotlistMatchOptions.PREFILTER_CAPACITY, Math.max(entries + entries / 4, 1 << 16));
        contest.configure(options);
        return HotlistMatchSettings.from(options);
    }

    /** The join in SQL with the list and without reads. */
    private String savepointOfSql(EmbeddedFlink flink, BenchBroker broker, int entries)
            throws InterruptedException {
        JobClient loading =
                flink.submit(
                        sql(flink.environment(plan.parallelism()), broker, entries), SqlJoin.NAME);
        broker.awaitCheckpointOf(Topics.HOTLIST, flink, loading, SqlJoin.NAME);
        return flink.stopWithSavepoint(loading, SavepointFormatType.NATIVE);
    }

    private static StreamExecutionEnvironment sql(
            StreamExecutionEnvironment env, BenchBroker broker, int entries) {
        Configuration options = JobSetup.job(broker);
        // Its own, because the job has committed the end of the list.
        options.set(KafkaOptions.groupId(JobSetup.GROUP), SqlJoin.NAME);
        return SqlJoin.addTo(env, HotlistMatchSettings.from(options));
    }

    private void compare(
            EmbeddedFlink flink,
            BenchBroker broker,
            Contest contest,
            String savepoint,
            String ofSql,
            int entries)
            throws InterruptedException {
        long records = records(broker);
        HotlistMatchSettings settings = settings(broker, entries, contest);
        List<Contender> contenders = new ArrayList<>();
        contenders.add(job(flink, broker, settings, savepoint, records));
        switch (contest) {
            case MATCHING -> {
                contenders.add(passThrough(flink, broker, settings, records));
                contenders.add(exactJoin(ExactJoin.Store.IN_MEMORY, broker, settings));
                contenders.add(exactJoin(ExactJoin.Store.DEFAULT, broker, settings));
            }
            case PAST -> {
                contenders.add(
                        new FlinkContender(
                                SqlJoin.NAME,
                                flink,
                                broker,
                                () ->
                                        sql(
                                                flink.environmentFrom(ofSql, plan.parallelism()),
                                                broker,
                                                entries),
                                List.of(PassThrough.PASSED),
                                Lap.warm(records)));
                contenders.add(exactJoin(ExactJoin.Store.WITH_PAST, broker, settings));
            }
            case EVERYTHING -> contenders.add(passThrough(flink, broker, settings, records));
            default -> {
                // The job alone, for what its functions cost.
            }
        }
        Comparison comparison =
                Comparison.run(
                        contenders,
                        records,
                        plan.maxWarmups(),
                        plan.runs(),
                        plan.lapSeconds(),
                        lap ->
                                log(
                                        "%,9d entries, %-20s %s",
                                        entries, contest.title, lap.inWords("records")));
        throughputs.add(new HotlistReport.Throughput(entries, contest, records, comparison));
    }

    private Contender exactJoin(
            ExactJoin.Store store, BenchBroker broker, HotlistMatchSettings settings) {
        return new ExactJoin(store, broker, settings.retention(), plan.parallelism());
    }

    private Contender passThrough(
            EmbeddedFlink flink, BenchBroker broker, HotlistMatchSettings settings, long records) {
        // Local variables, because the parsers are serialized to the tasks.
        ClockRules clock = settings.clock();
        PlateFormat format = settings.plateFormat();
        return new FlinkContender(
                PassThrough.NAME,
                flink,
                broker,
                () -> {
                    StreamExecutionEnvironment env = flink.environment(plan.parallelism());
                    discard(
                            env,
                            settings,
                            Topics.PLATE_READS,
                            r ->
                                    clock.admit(
                                            format.read(r.value(), r.key()).get(0), r.timestamp()));
                    if (settings.tags()) {
                        discard(
                                env,
                                settings,
                                Topics.RFID_READS,
                                r -> clock.admit(RfidReadCodec.read(r.value()), r.timestamp()));
                    }
                    return env;
                },
                List.of(PassThrough.PASSED),
                Lap.warm(records));
    }

    private static void discard(
            StreamExecutionEnvironment env,
            HotlistMatchSettings settings,
            String topic,
            ParseOperator.SingleParser<DeviceRead> parser) {
        PassThrough.add(
                env,
                settings.kafka(),
                topic,
                ParseOperator.ofDevices(settings.bulkhead(), parser),
                BinaryTypeInfo.of(DeviceRead.class));
    }

    /** The job itself, from a savepoint with the list and without reads. */
    private FlinkContender job(
            EmbeddedFlink flink,
            BenchBroker broker,
            HotlistMatchSettings settings,
            String savepoint,
            long records) {
        return new FlinkContender(
                HotlistMatchJob.NAME,
                flink,
                broker,
                () -> job(JobSetup.partOf(savepoint, flink, plan.parallelism()), settings),
                settings.tags() ? List.of("reads", "tagReads") : List.of("reads"),
                Lap.warm(records));
    }

    private static StreamExecutionEnvironment job(
            StreamExecutionEnvironment env, HotlistMatchSettings settings) {
        new HotlistMatchJob().addTo(env, settings);
        return env;
    }

    private void log(String format, Object... values) {
        log.accept(String.format(Locale.ROOT, format, values));
    }

    private static long records(BenchBroker broker) throws InterruptedException {
        return broker.endOf(Topics.PLATE_READS) + broker.endOf(Topics.RFID_READS);
    }
}
