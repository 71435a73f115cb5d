package io.atalaya.bench.cluster;

import io.atalaya.contracts.topic.TopicRecord;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Writes records to a broker. */
public final class Publisher implements AutoCloseable {
    private static final int BATCH_BYTES = 1 << 17;
    private static final int BULK_LINGER_MS = 20;

    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    private Publisher(String bootstrapServers, int lingerMs) {
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.LINGER_MS_CONFIG,
                                lingerMs,
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                BATCH_BYTES),
                        new StringSerializer(),
                        new ByteArraySerializer());
    }

    /** A publisher that collects batches for 20 ms, like a bulk load. */
    public static Publisher bulk(String bootstrapServers) {
        return new Publisher(bootstrapServers, BULK_LINGER_MS);
    }

    /** A publisher that sends at once, like an arch. */
    public static Publisher live(String bootstrapServers) {
        return new Publisher(bootstrapServers, 0);
    }

    /** Sends a record; a failure is thrown by a later call or by {@link #flush}. */
    public void publish(TopicRecord record) {
        rethrow();
        producer.send(
                new ProducerRecord<>(
                        record.topic(), null, record.timestamp(), record.key(), record.value()),
                (metadata, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                });
    }

    /** Returns once the broker has acknowledged all records. */
    public void flush() {
        producer.flush();
        rethrow();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void rethrow() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("the broker rejects records", failed);
        }
    }
}
