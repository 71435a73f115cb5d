package io.atalaya.lab.demo;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.PolicyAnswer;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Consumes what the jobs write on its own thread, like a console. */
final class OutputConsumer implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long STOPS_WITHIN_MS = 2_000;

    /** The topics of the sites, by site. */
    private static final Map<String, String> SITES =
            Map.of(
                    Topics.DISPATCH_TOLUCA, "TOLUCA",
                    Topics.DISPATCH_ECATEPEC, "ECATEPEC");

    /** Receives each record with the wall clock at which the consumer received it. */
    interface Listener {
        void onAlert(Alert alert, long now);

        void onMessage(String site, DispatchMessage message, long now);

        void onDecision(Decision decision, long now);

        void onAnnouncement(Announcement announcement, long now);

        void onWall(Wall wall, long now);

        void onTask(DroneTask task, long now);

        void onPolicyAnswer(PolicyAnswer answer);
    }

    private final KafkaConsumer<String, byte[]> consumer;
    private final Listener listener;
    private final Thread thread = new Thread(this::run, "demo-alerts");
    private final AtomicLong deadLetters = new AtomicLong();
    private volatile long lastSeenAt = System.currentTimeMillis();
    private volatile boolean isStopping;
    private volatile RuntimeException failure;

    OutputConsumer(String bootstrapServers, Listener listener) {
        this.listener = listener;
        this.consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                Stream.of(
                                Topics.ALERTS,
                                Topics.DISPATCH_TOLUCA,
                                Topics.DISPATCH_ECATEPEC,
                                Topics.DECISIONS,
                                Topics.ANNOUNCEMENTS,
                                Topics.VIDEOWALL,
                                Topics.DRONE_TASKS,
                                Topics.POLICY_ANSWERS,
                                Topics.DEAD_LETTER)
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.setDaemon(true);
        thread.start();
    }

    long deadLetters() {
        return deadLetters.get();
    }

    /** Wall clock of the last alert, or of the start; epoch ms. */
    long lastSeenAt() {
        return lastSeenAt;
    }

    /** Rethrows the exception that ended the consumer thread, if any. */
    void requireAlive() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        isStopping = true;
        consumer.wakeup();
        try {
            thread.join(STOPS_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            while (!isStopping) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    onRecord(record, System.currentTimeMillis());
                }
            }
        } catch (WakeupException e) {
            // The consumer is being closed.
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void onRecord(ConsumerRecord<String, byte[]> record, long now) {
        if (record.topic().equals(Topics.DEAD_LETTER)) {
            deadLetters.incrementAndGet();
        } else if (record.value() != null) {
            try {
                read(record, now);
            } catch (InvalidRecordException e) {
                throw new IllegalStateException(
                        "a job wrote a record of %s that does not keep the contract: %s"
                                .formatted(record.topic(), e.getMessage()),
                        e);
            }
        }
    }

    private void read(ConsumerRecord<String, byte[]> record, long now)
            throws InvalidRecordException {
        switch (record.topic()) {
            case Topics.ALERTS -> {
                listener.onAlert(AlertCodec.read(record.value(), record.timestamp()), now);
                lastSeenAt = now;
            }
            case Topics.DECISIONS -> listener.onDecision(Decision.CODEC.read(record.value()), now);
            case Topics.ANNOUNCEMENTS ->
                    listener.onAnnouncement(Announcement.CODEC.read(record.value()), now);
            case Topics.VIDEOWALL -> listener.onWall(Wall.CODEC.read(record.value()), now);
            case Topics.DRONE_TASKS -> listener.onTask(DroneTask.CODEC.read(record.value()), now);
            case Topics.POLICY_ANSWERS ->
                    listener.onPolicyAnswer(PolicyAnswer.CODEC.read(record.value()));
            default ->
                    listener.onMessage(
                            SITES.get(record.topic()),
                            DispatchMessage.CODEC.read(record.value()),
                            now);
        }
    }
}
