package io.atalaya.console.connection;

import io.atalaya.console.request.Problem;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes to topics, and knows since when the broker has not answered. */
public final class Broker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
    private static final int TIMEOUT_MS = 5_000;
    private static final long PROBE_EVERY_MS = 1_000;
    private static final long SILENT_MS = 4_500;

    private final KafkaProducer<String, byte[]> producer;
    private final Admin admin;
    private final Thread probe;
    private volatile long answeredAt = System.currentTimeMillis();

    /** Where topics are read, when that worked last. */
    private volatile long readAt = Long.MAX_VALUE;

    public Broker(Settings settings) {
        Map<String, Object> writer = new HashMap<>(settings.kafka());
        writer.put(ProducerConfig.ACKS_CONFIG, "all");
        writer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        writer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS);
        writer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        writer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        producer = new KafkaProducer<>(writer, new StringSerializer(), new ByteArraySerializer());
        admin = Admin.create(settings.kafka());
        probe = new Thread(this::probe, "broker-probe");
        probe.setDaemon(true);
        probe.start();
    }

    private void probe() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                admin.describeCluster().nodes().get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
                answeredAt = System.currentTimeMillis();
            } catch (ExecutionException | TimeoutException e) {
                LOG.debug("the broker does not answer", e);
            } catch (InterruptedException e) {
                return;
            }
            try {
                Thread.sleep(PROBE_EVERY_MS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    Admin admin() {
        return admin;
    }

    /** Topics could be read at this time, whether or not there was anything new. */
    public void read(long time) {
        readAt = time;
    }

    /** How long ago the broker has last answered and, where topics are read, let them be read. */
    public long ageMs() {
        return System.currentTimeMillis() - Math.min(answeredAt, readAt);
    }

    /** Whether that is so long ago that what is shown may be old. */
    public boolean isSilent() {
        return ageMs() >= SILENT_MS;
    }

    /**
     * Writes one record and waits until the broker has it.
     *
     * @param value null removes
     */
    public void send(String topic, String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        headers.forEach(
                (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        await(producer.send(record));
    }

    /** Writes several records, by key, and waits until the broker has them all. */
    public void sendAll(String topic, Map<String, byte[]> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        records.forEach(
                (key, value) -> sent.add(producer.send(new ProducerRecord<>(topic, key, value))));
        for (Future<RecordMetadata> each : sent) {
            await(each);
        }
    }

    private static void await(Future<RecordMetadata> sent) {
        try {
            sent.get(TIMEOUT_MS + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The broker has not taken a record: {}", e.getMessage());
            throw Problem.unavailable("the broker has not taken it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("stopped");
        }
    }

    @Override
    public void close() {
        probe.interrupt();
        producer.close(Duration.ofSeconds(2));
        admin.close(Duration.ofSeconds(2));
    }
}
