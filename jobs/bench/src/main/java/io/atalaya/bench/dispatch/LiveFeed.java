package io.atalaya.bench.dispatch;

import io.atalaya.bench.cluster.BenchBroker;
import io.atalaya.bench.cluster.Checkpoints;
import io.atalaya.bench.cluster.SteadyFeed;
import io.atalaya.bench.comparison.Delays;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.metrics.DispatchMetrics;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.simulator.dispatch.DispatchLoad;
import io.atalaya.simulator.dispatch.DispatchLoad.Area;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.sun.management.OperatingSystemMXBean;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a running job does with records that arrive as they happen: nothing but the sites' own
 * heartbeats, then those of the buttons, then a steady load on top, then storms.
 */
final class LiveFeed implements AutoCloseable {
    /** Kidnappings in a storm. */
    private static final int KIDNAPPINGS = 20;

    /** Of a steady load one event in so many is a kidnapping. */
    private static final int STEADY_SHARE = 5;

    private static final int WARM_SECONDS = 2;
    private static final int PRESENCE_MS = 5_000;
    private static final int CHECK_MS = 50;
    private static final long LIMIT_MS = 300_000;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MILLIS = 1_000;
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    /** Part of the text of each message about a kidnapping. */
    private static final String KIND = "\"kidnapping\"";

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /**
     * @param idle without the buttons
     * @param alertToQueue from when a kidnapping's alert was due
     * @param checkpoints since the first storm; null if none completed
     */
    record Result(
            Cost idle,
            Cost heartbeats,
            Cost steady,
            @JsonProperty("alertToQueueMs") Delays alertToQueue,
            @JsonProperty("feedMs") Delays lateness,
            List<Storm> storms,
            Checkpoints checkpoints) {}

    /** Processor time of the whole process in a part of the feed, broker and feed included. */
    record Cost(long records, double seconds, double cpuSeconds) {
        /** Of one core. */
        @JsonProperty
        double coreShare() {
            return cpuSeconds / seconds;
        }

        /** For each record, beyond what an idle time as long costs. */
        double microsBeyond(Cost idle) {
            return (coreShare() - idle.coreShare()) * seconds / records * MICROS;
        }
    }

    /**
     * @param kidnappingToQueue from when its alert was due
     * @param throughMillis from when the first event was due until the last one was in an incident
     */
    record Storm(
            Area area,
            int events,
            int seconds,
            @JsonProperty("kidnappingToQueueMs") Delays kidnappingToQueue,
            long throughMillis) {}

    /** The kidnappings of a part, and how long each took. */
    private static final class Kidnappings {
        private final Map<String, Long> due = new ConcurrentHashMap<>();
        private final Delays.Recorder delays = new Delays.Recorder();

        Delays delays() {
            return delays.delays(due.size());
        }
    }

    private final DispatchBench.Plan plan;
    private final DispatchLoad load;
    private final EmbeddedFlink flink;
    private final JobClient job;
    private final Consumer<String> log;
    private final SteadyFeed feed;
    private final List<Kidnappings> all = new CopyOnWriteArrayList<>();

    /** When the next part begins, epoch ms. */
    private long time;

    LiveFeed(
            DispatchBench.Plan plan,
            DispatchLoad load,
            EmbeddedFlink flink,
            BenchBroker broker,
            JobClient job,
            Consumer<String> log) {
        this.plan = plan;
        this.load = load;
        this.flink = flink;
        this.job = job;
        this.log = log;
        feed =
                new SteadyFeed(
                        broker,
                        WARM_SECONDS,
                        List.of(Topics.DISPATCH_TOLUCA, Topics.DISPATCH_ECATEPEC));
    }

    Result run() throws InterruptedException {
        time = feed.startsAt();
        feed.readRecords(this::onMessage);
        long steady = plan.steadySeconds() * MILLIS;
        cost(WARM_SECONDS * MILLIS, 0, 0);
        Cost idle = cost(steady, 0, 0);
        cost(WARM_SECONDS * MILLIS, plan.heartbeatsPerSecond(), 0);
        Cost heartbeats = cost(steady, plan.heartbeatsPerSecond(), 0);
        log("A steady load of %,.0f events/s …", plan.eventsPerSecond());
        Kidnappings first = new Kidnappings();
        Cost loaded = cost(steady, plan.heartbeatsPerSecond(), plan.eventsPerSecond(), first);
        if (plan.maxWarmups() > 0) {
            // A job that has worked for days has compiled what a storm runs through.
            log("A storm of %,d events to warm up …", plan.events());
            storm(Area.STATE, new Kidnappings());
        }
        List<Kidnappings> stormed = new ArrayList<>();
        List<Long> through = new ArrayList<>();
        long stormsFrom = time;
        for (Area area : plan.areas()) {
            log("A storm of %,d events, %s …", plan.events(), area);
            Kidnappings kidnappings = new Kidnappings();
            stormed.add(kidnappings);
            through.add(storm(area, kidnappings));
        }
        feed.finish(() -> all.stream().allMatch(each -> each.due.isEmpty()));
        List<Storm> storms = new ArrayList<>();
        for (int i = 0; i < stormed.size(); i++) {
            storms.add(
                    new Storm(
                            plan.areas().get(i),
                            plan.events(),
                            plan.stormSeconds(),
                            stormed.get(i).delays(),
                            through.get(i)));
        }
        return new Result(
                idle,
                heartbeats,
                loaded,
                first.delays(),
                feed.lateness(),
                storms,
                Checkpoints.since(stormsFrom, flink, job));
    }

    private Cost cost(long millis, double heartbeatsPerSecond, double eventsPerSecond)
            throws InterruptedException {
        return cost(millis, heartbeatsPerSecond, eventsPerSecond, new Kidnappings());
    }

    private Cost cost(
            long millis,
            double heartbeatsPerSecond,
            double eventsPerSecond,
            Kidnappings kidnappings)
            throws InterruptedException {
        long nanos = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        all.add(kidnappings);
        long records =
                send(
                        millis,
                        heartbeatsPerSecond,
                        eventsPerSecond,
                        STEADY_SHARE,
                        Area.STATE,
                        kidnappings);
        return new Cost(
                records,
                (System.nanoTime() - nanos) / NANOS,
                (SYSTEM.getProcessCpuTime() - cpu) / NANOS);
    }

    /** Returns how long it took until all was through, ms. */
    private long storm(Area area, Kidnappings kidnappings) throws InterruptedException {
        all.add(kidnappings);
        long start = time;
        long before = evidence();
        send(
                plan.stormSeconds() * MILLIS,
                plan.heartbeatsPerSecond(),
                (double) plan.events() / plan.stormSeconds(),
                plan.events() / KIDNAPPINGS,
                area,
                kidnappings);
        while (evidence() < before + plan.events()) {
            if (time - start > LIMIT_MS) {
                throw new IllegalStateException(
                        "a storm: "
                                + (evidence() - before)
                                + " of "
                                + plan.events()
                                + " events in "
                                + LIMIT_MS
                                + " ms");
            }
            send(CHECK_MS, plan.heartbeatsPerSecond(), 0, 1, area, kidnappings);
        }
        return feed.micros() / MICROS_PER_MILLI - start;
    }

    private long evidence() {
        return flink.sumOfCounters(job, DispatchMetrics.EVIDENCE.name());
    }

    /**
     * Sends what is due in the next part.
     *
     * @param kidnapEvery so many events, one is a kidnapping
     */
    private long send(
            long millis,
            double heartbeatsPerSecond,
            double eventsPerSecond,
            int kidnapEvery,
            Area area,
            Kidnappings kidnappings)
            throws InterruptedException {
        long heartbeats = 0;
        long events = 0;
        for (long i = 0; i < millis; i++, time++) {
            if (time % PRESENCE_MS == 0) {
                for (TopicRecord presence : load.presence(time)) {
                    feed.send(presence);
                }
            }
            for (; heartbeats < (i + 1) * heartbeatsPerSecond / MILLIS; heartbeats++) {
                feed.send(load.heartbeat(time));
            }
            for (; events < (i + 1) * eventsPerSecond / MILLIS; events++) {
                if (events % kidnapEvery == kidnapEvery / 2) {
                    TopicRecord alert = load.kidnapping(area, time);
                    kidnappings.due.put(
                            EventId.of(EventId.Source.ALERT, alert.key()), time * MICROS_PER_MILLI);
                    feed.send(alert);
                } else {
                    feed.send(load.event(area, time));
                }
            }
        }
        feed.awaitDue(time);
        return heartbeats + events;
    }

    private void onMessage(ConsumerRecord<byte[], byte[]> record, long now)
            throws InvalidRecordException {
        if (!new String(record.value(), UTF_8).contains(KIND)) {
            return;
        }
        for (Incident.Event event :
                DispatchMessage.CODEC.read(record.value()).incident().events()) {
            for (Kidnappings each : all) {
                Long due = each.due.remove(event.eventId());
                if (due != null) {
                    each.delays.add(now - due);
                }
            }
        }
    }

    @Override
    public void close() {
        feed.close();
    }

    private void log(String format, Object... values) {
        log.accept(String.format(Locale.ROOT, format, values));
    }
}
