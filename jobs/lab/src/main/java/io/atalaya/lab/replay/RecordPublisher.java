package io.atalaya.lab.replay;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.lab.feed.Fed;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** Writes records to the broker as recorded, and counts them. */
final class RecordPublisher implements Fed, AutoCloseable {
    private static final Duration STOPPED_WAIT = Duration.ofMillis(200);

    private final Producer<String, byte[]> producer;
    private final Map<String, Long> counts = new TreeMap<>();
    private final AtomicReference<ReplayException> failure = new AtomicReference<>();

    RecordPublisher(String bootstrapServers) {
        this(producer(bootstrapServers));
    }

    RecordPublisher(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    private static Producer<String, byte[]> producer(String bootstrapServers) {
        Map<String, Object> config =
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        EmbeddedKafka.MAX_MESSAGE_BYTES,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        1 << 17,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /** Sends a record; a failure is thrown by a later call or by {@link #flush}. */
    void publish(TopicRecord record) {
        rethrow();
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(
                        record.topic(), null, record.timestamp(), record.key(), record.value());
        Headers headers = message.headers();
        record.headers()
                .forEach(
                        (name, value) ->
                                headers.add(
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
        counts.merge(record.topic(), 1L, Long::sum);
    }

    @Override
    public void flush() {
        producer.flush();
        rethrow();
    }

    @Override
    public Map<String, Long> counts() {
        return counts;
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        // An interrupt means that the broker is being stopped, so pending records cannot be sent.
        if (Thread.interrupted()) {
            producer.close(STOPPED_WAIT);
            Thread.currentThread().interrupt();
        } else {
            producer.close();
        }
    }

    private void rethrow() {
        ReplayException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private static ReplayException failed(TopicRecord record, Exception e) {
        return new ReplayException(
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
