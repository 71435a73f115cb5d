package io.atalaya.campaign;

import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.flink.kafka.KafkaConnectors;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.PipelineHarness;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One job's graph, fed like its sources: each topic that affects event time has its own watermark
 * and becomes idle without records.
 */
final class JobHarness implements AutoCloseable {
    private static final long IDLE_MS = KafkaConnectors.IDLE.toMillis();

    /** The graph of a job between its sources and sinks. */
    interface Job {
        /** Builds the graph and returns its output streams with their consumers. */
        Map<DataStream<?>, BiConsumer<Object, Long>> build(
                Function<String, DataStream<RawRecord>> sources);
    }

    private final PipelineHarness harness;
    private final Map<String, Clock> clocks = new LinkedHashMap<>();
    private final Map<String, Long> offsets = new HashMap<>();

    /** Progress of a source that emits watermarks. */
    private static final class Clock {
        private long newest = Long.MIN_VALUE;
        private long emitted = Long.MIN_VALUE;
        private long lastHeard = Long.MIN_VALUE;
        private boolean isIdle;
    }

    /**
     * @param clockTopics topics that emit watermarks
     */
    JobHarness(
            Job job,
            Set<String> clockTopics,
            Backend backend,
            long now,
            BiConsumer<String, Object> onElement)
            throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.setMaxParallelism(128);
        Map<DataStream<?>, BiConsumer<Object, Long>> outputs =
                job.build(
                        topic -> {
                            offsets.put(topic, 0L);
                            if (clockTopics.contains(topic)) {
                                clocks.put(topic, new Clock());
                            }
                            return PipelineHarness.source(
                                    env, topic, BinaryTypeInfo.of(RawRecord.class));
                        });
        harness = new PipelineHarness(outputs, backend, now, onElement);
        emitIdleSources();
    }

    boolean reads(String topic) {
        return offsets.containsKey(topic);
    }

    /** Adds a record to its source. */
    void feed(RawRecord record, long now) {
        String topic = record.topic();
        long offset = offsets.merge(topic, 1L, Long::sum) - 1;
        harness.feed(
                topic,
                new RawRecord(
                        topic,
                        0,
                        offset,
                        record.timestamp(),
                        record.key(),
                        record.value(),
                        record.headers()),
                record.timestamp());
        Clock clock = clocks.get(topic);
        if (clock != null) {
            clock.newest = Math.max(clock.newest, record.timestamp());
            clock.lastHeard = now;
            if (clock.isIdle) {
                clock.isIdle = false;
                harness.idle(topic, false);
            }
        }
    }

    /** Emits the sources' watermarks and their idle states. */
    void tick(long now, long lag) {
        clocks.forEach(
                (topic, clock) -> {
                    if (clock.newest == Long.MIN_VALUE) {
                        return;
                    }
                    long watermark = clock.newest - 1 - lag;
                    if (watermark > clock.emitted) {
                        clock.emitted = watermark;
                        harness.watermark(topic, watermark);
                    }
                    if (!clock.isIdle && now - clock.lastHeard >= IDLE_MS) {
                        clock.isIdle = true;
                        harness.idle(topic, true);
                    }
                });
    }

    /** Advances every source to the given arrival time, as if by a record without effect. */
    void advance(long time) {
        clocks.forEach(
                (topic, clock) -> {
                    clock.newest = Math.max(clock.newest, time);
                    if (clock.isIdle) {
                        clock.isIdle = false;
                        harness.idle(topic, false);
                    }
                    if (time > clock.emitted) {
                        clock.emitted = time;
                        harness.watermark(topic, time);
                    }
                });
    }

    void now(long time) throws Exception {
        harness.now(time);
    }

    void runMails() throws Exception {
        harness.runMails();
    }

    void drain() throws Exception {
        harness.drain();
    }

    /** Delivers some of the pending elements in random order. */
    void deliverSome(Random random) throws Exception {
        for (int i = random.nextInt(8); i > 0 && harness.isBusy(); i--) {
            harness.deliver(random, 1 + random.nextInt(4));
        }
    }

    void checkpoint() throws Exception {
        harness.checkpoint();
    }

    void restart() throws Exception {
        harness.restart();
        clocks.values().forEach(clock -> clock.emitted = Long.MIN_VALUE);
        emitIdleSources();
    }

    private void emitIdleSources() {
        for (String topic : offsets.keySet()) {
            Clock clock = clocks.get(topic);
            if (clock == null || clock.isIdle) {
                harness.idle(topic, true);
            }
        }
    }

    void checkState(StateBounds bounds) throws Exception {
        for (PipelineHarness.HarnessedStep step : harness.steps()) {
            bounds.check(step);
        }
    }

    void requireEmpty(StateBounds bounds) throws Exception {
        for (PipelineHarness.HarnessedStep step : harness.steps()) {
            bounds.requireEmpty(step);
        }
    }

    @Override
    public void close() {
        harness.close();
    }
}
