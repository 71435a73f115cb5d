package io.atalaya.bench.latency;

import io.atalaya.bench.latency.Script.Kind;
import io.atalaya.bench.latency.Script.Question;
import io.atalaya.bench.measure.Delays;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;

import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the alerts and records the first one for each question. Delays start when the question was
 * due instead of when it was sent, so that a stalled feeder is included (coordinated omission).
 */
final class Answers implements AutoCloseable {
    private static final long HIGHEST_US = 600_000_000;
    private static final int DIGITS = 3;
    private static final long MICROS_PER_MILLI = 1_000;

    private final KafkaConsumer<byte[], byte[]> alerts;
    private final WallClock clock;
    private final Map<String, Question> passages = new HashMap<>();
    private final Map<String, Question> removals = new HashMap<>();
    private final Map<Question, Long> micros = new HashMap<>();
    private final Thread reader = new Thread(this::read, "bench-alerts");
    private volatile RuntimeException failure;

    Answers(String bootstrapServers, WallClock clock, List<Question> questions) {
        this.clock = clock;
        for (Question question : questions) {
            (question.kind() == Kind.REMOVED ? removals : passages)
                    .put(question.entryId(), question);
        }
        alerts =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "auto.offset.reset",
                                "latest",
                                "fetch.max.wait.ms",
                                5),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(Topics.ALERTS, 0);
        alerts.assign(List.of(partition));
        alerts.seekToEnd(List.of(partition));
        alerts.position(partition);
    }

    void start() {
        reader.start();
    }

    /** The measured delays of those kinds. Must be called after {@link #close}. */
    Delays of(Kind first, Kind... more) {
        Set<Kind> kinds = EnumSet.of(first, more);
        Histogram histogram = new Histogram(HIGHEST_US, DIGITS);
        long missing = 0;
        for (Map<String, Question> asked : List.of(passages, removals)) {
            for (Question question : asked.values()) {
                if (question.measured() && kinds.contains(question.kind())) {
                    Long delay = micros.get(question);
                    if (delay == null) {
                        missing++;
                    } else {
                        histogram.recordValue(Math.max(0, Math.min(delay, HIGHEST_US)));
                    }
                }
            }
        }
        return Delays.of(histogram, missing);
    }

    @Override
    public void close() {
        alerts.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        alerts.close();
        if (failure != null) {
            throw failure;
        }
    }

    private void read() {
        try {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : alerts.poll(Duration.ofMillis(50))) {
                    note(AlertCodec.read(record.value(), record.timestamp()), clock.micros());
                }
            }
        } catch (WakeupException stopped) {
            // Woken up by close.
        } catch (InvalidRecordException e) {
            failure = new IllegalStateException("an alert of the job's own", e);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void note(Alert alert, long now) {
        if (alert.entry() == null) {
            return;
        }
        String entryId = alert.entry().entryId();
        boolean ended = alert.status() == Alert.Status.ENDED;
        Question question = (ended ? removals : passages).get(entryId);
        if (question != null) {
            micros.putIfAbsent(question, now - question.due() * MICROS_PER_MILLI);
        }
    }
}
