package io.atalaya.bench.dispatch;

import io.atalaya.bench.cluster.BenchBroker;
import io.atalaya.bench.cluster.FlinkContender;
import io.atalaya.bench.cluster.JobSetup;
import io.atalaya.bench.cluster.PassThrough;
import io.atalaya.bench.comparison.Comparison;
import io.atalaya.bench.comparison.Contender;
import io.atalaya.bench.comparison.Lap;
import io.atalaya.bench.comparison.Machine;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.DispatchJob;
import io.atalaya.dispatch.DispatchSettings;
import io.atalaya.dispatch.metrics.DispatchMetrics;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.embedded.RecordPublisher;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.simulator.dispatch.DispatchLoad;
import io.atalaya.simulator.dispatch.DispatchLoad.Area;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.flink.api.java.typeutils.TypeExtractor;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The whole run: the incident engine alone; then a fresh broker with heartbeats to be processed at
 * full speed; then another one with a live feed, first heartbeats, then a steady load, then storms.
 */
final class DispatchBench {
    private static final int ENGINE_WARMUPS = 2;

    /** About the rate of the reference installation, with a tenth of a storm's events. */
    private static final int CALM_SECONDS = 600;

    private static final int CALM_SHARE = 10;

    /**
     * @param events of a storm
     * @param stormSeconds in which they happen
     * @param buttons each sends a heartbeat a minute
     * @param backlogMinutes of heartbeats, for full speed
     * @param areas of the storms
     * @param eventsPerSecond of the steady load
     * @param steadySeconds duration of each part of the live feed but the storms
     * @param runs measured laps of each contender
     * @param maxWarmups maximum number of laps before them
     * @param lapSeconds minimum duration of a measured lap
     * @param checkpointIntervalMs null for production's interval
     */
    record Plan(
            int events,
            int stormSeconds,
            int buttons,
            int backlogMinutes,
            List<Area> areas,
            double eventsPerSecond,
            int steadySeconds,
            int runs,
            @JsonProperty("mostWarmups") int maxWarmups,
            int lapSeconds,
            Long checkpointIntervalMs,
            int parallelism,
            long seed) {
        private static final double SECONDS = 60;

        int heartbeats() {
            return buttons * backlogMinutes;
        }

        double heartbeatsPerSecond() {
            return buttons / SECONDS;
        }
    }

    private final Plan plan;
    private final Consumer<String> log;

    /**
     * @param log receives progress, one line per step
     */
    DispatchBench(Plan plan, Consumer<String> log) {
        this.plan = plan;
        this.log = log;
    }

    DispatchReport run() throws InterruptedException {
        List<EngineBench.Result> engine = engine();
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(
                        JobSetup.cluster(plan.checkpointIntervalMs()), 1, plan.parallelism())) {
            Comparison heartbeats;
            try (BenchBroker broker = BenchBroker.start()) {
                heartbeats = heartbeats(flink, broker);
            }
            try (BenchBroker broker = BenchBroker.start()) {
                return new DispatchReport(
                        Machine.here(), plan, engine, heartbeats, live(flink, broker));
            }
        }
    }

    private DispatchLoad load() {
        return new DispatchLoad(plan.seed(), System.currentTimeMillis(), plan.buttons());
    }

    private List<EngineBench.Result> engine() {
        Policy policy;
        try {
            policy = PolicyReader.read(PolicyReader.shippedFiles());
        } catch (Exception e) {
            throw new IllegalStateException("the policy that comes with the job", e);
        }
        List<EngineBench.Result> results = new ArrayList<>();
        for (Area area : plan.areas()) {
            results.add(engine(policy, area, plan.events() / CALM_SHARE, CALM_SECONDS));
            results.add(engine(policy, area, plan.events(), plan.stormSeconds()));
        }
        return results;
    }

    private EngineBench.Result engine(Policy policy, Area area, int events, int seconds) {
        EngineBench.Result result =
                new EngineBench(policy)
                        .run(
                                load(),
                                area,
                                events,
                                seconds,
                                plan.maxWarmups() == 0 ? 0 : ENGINE_WARMUPS,
                                plan.runs());
        log(
                "engine alone, %s, %,d events in %,d s: %,.0f events/s",
                area, events, seconds, result.eventsPerSecond().median());
        return result;
    }

    /** Heartbeats that are in the topic already, at full speed. */
    private Comparison heartbeats(EmbeddedFlink flink, BenchBroker broker)
            throws InterruptedException {
        DispatchLoad load = load();
        long millis = plan.backlogMinutes() * 60_000L;
        long start = System.currentTimeMillis() - millis;
        try (RecordPublisher publisher = RecordPublisher.bulk(broker.bootstrapServers())) {
            load.devices(start - 1).forEach(publisher::publish);
            for (int i = 0; i < plan.heartbeats(); i++) {
                publisher.publish(load.heartbeat(start + i * millis / plan.heartbeats()));
            }
            publisher.flush();
        }
        List<Contender> contenders =
                List.of(
                        new FlinkContender(
                                PassThrough.NAME,
                                flink,
                                broker,
                                () -> passThrough(flink, broker),
                                List.of(PassThrough.PASSED),
                                Lap.warm(plan.heartbeats())),
                        job(flink, broker));
        return Comparison.run(
                contenders,
                plan.heartbeats(),
                plan.maxWarmups(),
                plan.runs(),
                plan.lapSeconds(),
                lap -> log.accept(lap.inWords("heartbeats")));
    }

    private StreamExecutionEnvironment passThrough(EmbeddedFlink flink, BenchBroker broker) {
        StreamExecutionEnvironment env = flink.environment(plan.parallelism());
        PassThrough.add(
                env,
                settings(broker).kafka(),
                Topics.DEVICE_EVENTS,
                ParseOperator.of(
                        BulkheadSettings.DEFAULT,
                        record -> DeviceEvent.CODEC.read(record.value()).time()),
                TypeExtractor.getForClass(Long.class));
        return env;
    }

    private FlinkContender job(EmbeddedFlink flink, BenchBroker broker) {
        return new FlinkContender(
                DispatchJob.NAME,
                flink,
                broker,
                () -> {
                    StreamExecutionEnvironment env = flink.environment(plan.parallelism());
                    new DispatchJob().addTo(env, settings(broker));
                    return env;
                },
                List.of(DispatchMetrics.DEVICE_EVENTS.name()),
                Lap.warm(plan.heartbeats()));
    }

    private static DispatchSettings settings(BenchBroker broker) {
        return DispatchSettings.from(JobSetup.job(broker));
    }

    private LiveFeed.Result live(EmbeddedFlink flink, BenchBroker broker)
            throws InterruptedException {
        DispatchLoad load = load();
        try (RecordPublisher publisher = RecordPublisher.bulk(broker.bootstrapServers())) {
            long now = System.currentTimeMillis();
            load.devices(now).forEach(publisher::publish);
            load.presence(now).forEach(publisher::publish);
            publisher.flush();
        }
        JobClient running = job(flink, broker).start();
        broker.awaitCheckpointOf(Topics.DEVICES, flink, running);
        try (LiveFeed feed = new LiveFeed(plan, load, flink, broker, running, log)) {
            return feed.run();
        } finally {
            flink.cancel(running);
        }
    }

    private void log(String format, Object... values) {
        log.accept(String.format(Locale.ROOT, format, values));
    }
}
