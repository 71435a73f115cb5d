package io.atalaya.dispatch;

import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.RecordCodec;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.job.JobGraph;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.PipelineHarness;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The job on operator harnesses, and what it has written. */
final class DispatchRun implements AutoCloseable {
    /** When it starts, epoch ms. */
    static final long START = 1_772_539_200_000L;

    final Map<String, List<RawRecord>> written = new TreeMap<>();
    final List<DeadLetter> letters = new ArrayList<>();
    private final PipelineHarness job;
    private final int restartEvery;
    private int offset;
    private long wallClock = START;

    /**
     * @param policy its directory, or empty for the one that comes with the job
     * @param restartEvery records between two restarts; 0: none
     */
    DispatchRun(String policy, Backend backend, int restartEvery) throws Exception {
        this(Map.of("policy.directory", policy), backend, restartEvery);
    }

    DispatchRun(Map<String, String> options, Backend backend, int restartEvery) throws Exception {
        this.restartEvery = restartEvery;
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.setMaxParallelism(128);
        DispatchJob definition = new DispatchJob();
        JobGraph graph =
                JobGraph.of(
                        definition,
                        definition.settings(Configuration.fromMap(options)),
                        source ->
                                PipelineHarness.source(
                                        env, source.topic(), BinaryTypeInfo.of(RawRecord.class)));
        Map<DataStream<?>, BiConsumer<Object, Long>> ends = new LinkedHashMap<>();
        graph.outputs()
                .forEach(
                        output -> {
                            List<RawRecord> records = new ArrayList<>();
                            written.put(output.topic(), records);
                            ends.put(
                                    output.stream(),
                                    (record, time) -> records.add((RawRecord) record));
                        });
        ends.put(graph.deadLetters(), (letter, time) -> letters.add((DeadLetter) letter));
        ends.put(graph.alerts(), (alert, time) -> {});
        job = new PipelineHarness(ends, backend, START, (step, element) -> {});
    }

    void feed(List<TopicRecord> records) throws Exception {
        for (TopicRecord record : records) {
            feed(record);
        }
    }

    /** Feeds a record at its arrival; its offset is the number of records before it. */
    void feed(TopicRecord record) throws Exception {
        now(Math.max(wallClock, record.timestamp()));
        job.drain();
        RawRecord raw =
                new RawRecord(
                        record.topic(),
                        0,
                        offset++,
                        record.timestamp(),
                        record.key().getBytes(StandardCharsets.UTF_8),
                        record.value(),
                        List.of());
        job.feed(record.topic(), raw, record.timestamp());
        job.drain();
        restartIfDue();
    }

    /** The same without the record. */
    void skip(TopicRecord record) throws Exception {
        now(Math.max(wallClock, record.timestamp()));
        job.drain();
        offset++;
        restartIfDue();
    }

    private void restartIfDue() throws Exception {
        if (restartEvery > 0 && offset % restartEvery == 0) {
            job.restart();
        }
    }

    void checkpoint() throws Exception {
        job.checkpoint();
    }

    /** Lets the job run again after a downtime. */
    void restart(long time) throws Exception {
        wallClock = time;
        job.restart(time);
    }

    void now(long time) throws Exception {
        wallClock = time;
        job.now(time);
    }

    /** Lets time pass without any record, a second at a time as the job's own timer. */
    void wait(long from, long to) throws Exception {
        for (long time = from; time <= to; time += 1_000) {
            now(time);
            job.drain();
        }
    }

    /** Feeds what the sites send in some time, every 5 s. */
    void heartbeats(long from, long to) throws Exception {
        for (long time = from; time <= to; time += 5_000) {
            feed(DispatchScenario.presence("TOLUCA", time));
            feed(DispatchScenario.presence("ECATEPEC", time));
        }
    }

    /** The messages that interrupt someone, at both sites. */
    List<DispatchMessage> interruptions() throws InvalidRecordException {
        List<DispatchMessage> messages = new ArrayList<>();
        messages.addAll(read(Topics.DISPATCH_TOLUCA, DispatchMessage.CODEC));
        messages.addAll(read(Topics.DISPATCH_ECATEPEC, DispatchMessage.CODEC));
        messages.removeIf(message -> message.purpose() == DispatchMessage.Purpose.UPDATE);
        return messages;
    }

    <T> List<T> read(String topic, RecordCodec<T> codec) throws InvalidRecordException {
        List<T> values = new ArrayList<>();
        for (RawRecord record : written.get(topic)) {
            values.add(codec.read(record.value()));
        }
        return values;
    }

    /** Everything that was written, as text. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        written.forEach(
                (topic, records) ->
                        records.forEach(
                                record ->
                                        texts.add(
                                                topic
                                                        + " "
                                                        + new String(
                                                                record.value(),
                                                                StandardCharsets.UTF_8))));
        return texts;
    }

    @Override
    public void close() {
        job.close();
    }
}
