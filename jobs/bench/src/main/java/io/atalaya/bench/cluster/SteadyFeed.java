package io.atalaya.bench.cluster;

import io.atalaya.bench.comparison.Delays;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.RecordPublisher;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A live feed to a running job: every record is sent when it is due, and its output is read. Delays
 * start when a record was due instead of when it was sent, so that a stalled feeder is included
 * (coordinated omission).
 */
public final class SteadyFeed implements AutoCloseable {
    private static final long LEAD_MS = 3_000;
    private static final long MIN_WAIT_MS = 5_000;
    private static final long MAX_WAIT_MS = 60_000;
    private static final long CHECK_MS = 100;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MILLIS = 1_000;

    /** Receives the alerts in a thread of its own. */
    public interface Alerts {
        /**
         * @param now epoch microseconds
         */
        void onAlert(Alert alert, long now);
    }

    /** Receives the job's records in a thread of its own. */
    public interface Records {
        /**
         * @param now epoch microseconds
         * @throws InvalidRecordException which ends the feed, because the job itself wrote it
         */
        void onRecord(ConsumerRecord<byte[], byte[]> record, long now)
                throws InvalidRecordException;
    }

    private final long epochMicros = System.currentTimeMillis() * MICROS_PER_MILLI;
    private final long nanos = System.nanoTime();
    private final long start = epochMicros / MICROS_PER_MILLI + LEAD_MS;
    private final long measuredFrom;
    private final RecordPublisher publisher;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Delays.Recorder lateness = new Delays.Recorder();
    private Thread reader;
    private volatile RuntimeException failure;

    /**
     * @param warmSeconds duration of the feed before the measurement
     */
    public SteadyFeed(BenchBroker broker, int warmSeconds) {
        this(broker, warmSeconds, List.of(Topics.ALERTS));
    }

    /**
     * @param warmSeconds duration of the feed before the measurement
     * @param outputs topics to read
     */
    public SteadyFeed(BenchBroker broker, int warmSeconds, List<String> outputs) {
        this.measuredFrom = start + warmSeconds * MILLIS;
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker.bootstrapServers(),
                                "auto.offset.reset",
                                "latest",
                                "fetch.max.wait.ms",
                                5),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                outputs.stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(each -> new TopicPartition(each.topic(), each.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        publisher = RecordPublisher.live(broker.bootstrapServers());
    }

    /** When the first record is due, epoch ms; some seconds after the construction. */
    public long startsAt() {
        return start;
    }

    /** End of the warm-up, epoch ms. */
    public long measuredFrom() {
        return measuredFrom;
    }

    /** Starts to read alerts. */
    public void readAlerts(Alerts alerts) {
        readRecords(
                (record, now) ->
                        alerts.onAlert(AlertCodec.read(record.value(), record.timestamp()), now));
    }

    /** Starts to read the records of all outputs. */
    public void readRecords(Records records) {
        reader = new Thread(() -> read(records), "bench-outputs");
        reader.start();
    }

    /** Sends a record when it is due by its timestamp. */
    public void send(TopicRecord record) throws InterruptedException {
        awaitDue(record.timestamp());
        publisher.publish(record);
        if (record.timestamp() >= measuredFrom) {
            lateness.add(micros() - record.timestamp() * MICROS_PER_MILLI);
        }
    }

    /** Waits until a time, epoch ms. */
    public void awaitDue(long time) throws InterruptedException {
        long early = time - micros() / MICROS_PER_MILLI;
        if (early > 0) {
            Thread.sleep(early);
        }
    }

    /** Lateness of the feed itself: from the due time of a record until it was sent. */
    public Delays lateness() {
        return lateness.delays(0);
    }

    /**
     * Waits for the last alerts and stops; no alert is received afterwards. On a busy machine they
     * can be late, which the delays show.
     *
     * @param isComplete whether every expected alert was received; at most a minute is waited
     */
    public void finish(BooleanSupplier isComplete) throws InterruptedException {
        publisher.flush();
        Thread.sleep(MIN_WAIT_MS);
        for (long waited = MIN_WAIT_MS;
                waited < MAX_WAIT_MS && reader.isAlive() && !isComplete.getAsBoolean();
                waited += CHECK_MS) {
            Thread.sleep(CHECK_MS);
        }
        close();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        publisher.close();
        if (reader == null || !reader.isAlive()) {
            consumer.close();
            return;
        }
        consumer.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Records records) {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    records.onRecord(record, micros());
                }
            }
        } catch (WakeupException stopped) {
            // Woken up by close.
        } catch (InvalidRecordException e) {
            failure = new IllegalStateException("a record of the job's own", e);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Epoch time that is not affected by adjustments of the system clock. */
    public long micros() {
        return epochMicros + (System.nanoTime() - nanos) / NANOS_PER_MICRO;
    }
}
