package io.atalaya.embedded;

import io.atalaya.contracts.topic.TopicRecord;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Writes records with their timestamps to a broker and counts them. Thread-safe. */
public final class RecordPublisher implements AutoCloseable {
    private static final int BATCH_BYTES = 1 << 17;
    private static final int LIVE_LINGER_MS = 2;
    private static final int BULK_LINGER_MS = 20;
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(2);
    private static final Duration STOPPED_WITHIN = Duration.ofMillis(200);

    private final Producer<String, byte[]> producer;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final AtomicReference<IllegalStateException> failure = new AtomicReference<>();

    public RecordPublisher(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /** A publisher that sends at once, but for the 2 ms that many devices share a request. */
    public static RecordPublisher live(String bootstrapServers) {
        return new RecordPublisher(producer(bootstrapServers, LIVE_LINGER_MS));
    }

    /** A publisher that collects batches for 20 ms, like the load of a file. */
    public static RecordPublisher bulk(String bootstrapServers) {
        return new RecordPublisher(producer(bootstrapServers, BULK_LINGER_MS));
    }

    private static Producer<String, byte[]> producer(String bootstrapServers, int lingerMs) {
        Map<String, Object> config =
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        EmbeddedKafka.MAX_MESSAGE_BYTES,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        BATCH_BYTES,
                        ProducerConfig.LINGER_MS_CONFIG,
                        lingerMs);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /** Sends a record; a failure is thrown by a later call or by {@link #flush}. */
    public void publish(TopicRecord record) {
        rethrow();
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(
                        record.topic(), null, record.timestamp(), record.key(), record.value());
        record.headers()
                .forEach(
                        (name, value) ->
                                message.headers()
                                        .add(
                                                name,
                                                value == null
                                                        ? null
                                                        : value.getBytes(StandardCharsets.UTF_8)));
        producer.send(
                message,
                (metadata, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, failed(record, e));
                    }
                });
        counts.computeIfAbsent(record.topic(), topic -> new LongAdder()).increment();
    }

    /** Returns once the broker has acknowledged all records. */
    public void flush() {
        producer.flush();
        rethrow();
    }

    /** The records that were sent, by topic. */
    public Map<String, Long> counts() {
        Map<String, Long> now = new TreeMap<>();
        counts.forEach((topic, count) -> now.put(topic, count.sum()));
        return now;
    }

    /** The number of records that were sent. */
    public long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Closes without waiting long for the broker, so that the caller flushes first. */
    @Override
    public void close() {
        // An interrupt means that the broker is being stopped, so pending records cannot be sent.
        if (Thread.interrupted()) {
            producer.close(STOPPED_WITHIN);
            Thread.currentThread().interrupt();
        } else {
            producer.close(CLOSED_WITHIN);
        }
    }

    private void rethrow() {
        IllegalStateException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private static IllegalStateException failed(TopicRecord record, Exception e) {
        return new IllegalStateException(
                "the broker did not take the record with key "
                        + record.key()
                        + " and timestamp "
                        + record.timestamp()
                        + " for "
                        + record.topic()
                        + ": "
                        + e.getMessage(),
                e);
    }
}
