package io.atalaya.lab.demo;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.lab.feed.Fed;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Writes records to the broker and counts them. Thread-safe. */
final class LivePublisher implements Fed, AutoCloseable {
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(2);

    private static final int BULK_LINGER_MS = 20;
    private static final int BATCH_BYTES = 1 << 17;

    private final Producer<String, byte[]> producer;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    LivePublisher(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    private static Producer<String, byte[]> producer(String bootstrapServers, int lingerMs) {
        Map<String, Object> config =
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        lingerMs,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        BATCH_BYTES,
                        ProducerConfig.ACKS_CONFIG,
                        "all");
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /** A publisher that sends at once, like an arch. */
    static LivePublisher live(String bootstrapServers) {
        return new LivePublisher(producer(bootstrapServers, 0));
    }

    /** A publisher that collects batches for 20 ms, like the load of a file. */
    static LivePublisher bulk(String bootstrapServers) {
        return new LivePublisher(producer(bootstrapServers, BULK_LINGER_MS));
    }

    /** Sends a record; a failure is thrown by a later call. Thread-safe. */
    void publish(TopicRecord record) {
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("the broker does not take records", failed);
        }
        producer.send(
                new ProducerRecord<>(
                        record.topic(), null, record.timestamp(), record.key(), record.value()),
                (metadata, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                });
        counts.computeIfAbsent(record.topic(), t -> new LongAdder()).increment();
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> now = new TreeMap<>();
        counts.forEach((topic, count) -> now.put(topic, count.sum()));
        return now;
    }

    @Override
    public void close() {
        producer.close(CLOSES_WITHIN);
    }
}
