package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.DispatchJob;
import io.atalaya.flink.job.JobGraph;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.simulator.dispatch.DispatchDay;
import io.atalaya.simulator.dispatch.Operators;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.PipelineHarness;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Runs a simulated day through the operators of the job, with simulated people who answer. The wall
 * clock is that of the day.
 */
final class OperatorRun implements AutoCloseable {
    private static final long TICK_MS = 1_000;
    private static final long AFTERWARDS_MS = 5 * 60_000;

    private final PipelineHarness job;
    private final Set<String> topics = new TreeSet<>();
    private final Operators operators;
    private final List<Incident> incidents = new ArrayList<>();
    private final List<DispatchLog.Message> messages = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Disposition> dispositions = new ArrayList<>();
    private final List<DispatchResponse> responses = new ArrayList<>();
    private final List<Object> letters = new ArrayList<>();
    private long now;
    private long offset;

    private OperatorRun(DispatchDay day) throws Exception {
        now = day.records().get(0).timestamp();
        operators = CoreRun.operators(day.records(), day.truth());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.setMaxParallelism(128);
        DispatchJob definition = new DispatchJob();
        JobGraph graph =
                JobGraph.of(
                        definition,
                        definition.settings(new Configuration()),
                        source -> {
                            topics.add(source.topic());
                            return PipelineHarness.source(
                                    env, source.topic(), BinaryTypeInfo.of(RawRecord.class));
                        });
        Map<DataStream<?>, BiConsumer<Object, Long>> ends = new LinkedHashMap<>();
        graph.outputs()
                .forEach(
                        output ->
                                ends.put(
                                        output.stream(),
                                        (record, time) -> take((RawRecord) record)));
        ends.put(graph.deadLetters(), (letter, time) -> letters.add(letter));
        ends.put(graph.alerts(), (alert, time) -> letters.add(alert));
        job = new PipelineHarness(ends, Backend.HEAP, now, (step, element) -> {});
    }

    /** What the job says on a day; it rejects no record. */
    static DispatchLog of(DispatchDay day) throws Exception {
        try (OperatorRun run = new OperatorRun(day)) {
            for (TopicRecord record : day.records()) {
                run.advance(record.timestamp());
                run.feed(record);
            }
            run.advance(run.now + AFTERWARDS_MS);
            if (!run.letters.isEmpty()) {
                throw new AssertionError("rejected: " + run.letters);
            }
            return new DispatchLog(
                    day.records().get(0).timestamp(),
                    run.now,
                    run.incidents,
                    run.messages,
                    run.decisions,
                    run.responses,
                    run.dispositions);
        }
    }

    private void advance(long time) throws Exception {
        while (now < time) {
            long tick = now - now % TICK_MS + TICK_MS;
            now = Math.min(time, Math.min(tick, Math.max(now, operators.nextArrival())));
            if (now == tick) {
                job.now(now);
                for (String topic : topics) {
                    job.watermark(topic, now - 1);
                }
                job.drain();
            }
            while (operators.nextArrival() <= now) {
                TopicRecord answer = operators.poll(now);
                if (answer.topic().equals(Topics.DISPATCH_RESPONSES)) {
                    responses.add(DispatchResponse.CODEC.read(answer.value()));
                }
                feed(answer);
            }
        }
    }

    private void feed(TopicRecord record) throws Exception {
        if (topics.contains(record.topic())) {
            job.feed(
                    record.topic(),
                    new RawRecord(
                            record.topic(),
                            0,
                            offset++,
                            record.timestamp(),
                            record.key().getBytes(UTF_8),
                            record.value(),
                            List.of()),
                    record.timestamp());
            job.drain();
        }
    }

    private void take(RawRecord record) {
        try {
            byte[] value = record.value();
            switch (record.topic()) {
                case Topics.INCIDENTS -> incidents.add(Incident.CODEC.read(value));
                case Topics.DISPATCH_TOLUCA -> message("TOLUCA", record);
                case Topics.DISPATCH_ECATEPEC -> message("ECATEPEC", record);
                case Topics.DECISIONS -> decisions.add(Decision.CODEC.read(value));
                case Topics.DISPOSITIONS -> dispositions.add(Disposition.CODEC.read(value));
                default -> {}
            }
        } catch (InvalidRecordException e) {
            throw new AssertionError(e);
        }
    }

    private void message(String site, RawRecord record) throws InvalidRecordException {
        DispatchMessage message = DispatchMessage.CODEC.read(record.value());
        messages.add(new DispatchLog.Message(record.timestamp(), site, message));
        operators.message(site, message, now);
    }

    @Override
    public void close() {
        job.close();
    }
}
