package io.atalaya.ops.cluster;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Records the jobs' output as a consumer receives it, with the time of receipt. */
final class AlertLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Seen> ofCameras = new CopyOnWriteArrayList<>();
    private final AtomicInteger deadLetters = new AtomicInteger();
    private final Thread reader = new Thread(this::read, "alerts");
    private volatile boolean closing;

    /**
     * @param at wall-clock time of receipt, epoch ms
     */
    record Seen(Alert alert, long at) {
        String message() {
            return alert.alertId() + ":" + alert.revision();
        }
    }

    AlertLog(String bootstrapServers) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        // Without a group, because a restart of the broker must not cause repeated reads.
        List<TopicPartition> partitions =
                Stream.of(Topics.ALERTS, Topics.DEAD_LETTER)
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(each -> new TopicPartition(each.topic(), each.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reader.start();
    }

    /** Returns the alerts about listed vehicles. */
    List<Seen> seen() {
        return seen;
    }

    /** Returns the alerts of cameras. */
    List<Seen> ofCameras() {
        return ofCameras;
    }

    /** Returns the number of records that the jobs have rejected. */
    int deadLetters() {
        return deadLetters.get();
    }

    Set<String> entries() {
        return seen.stream()
                .map(each -> each.alert().subject().entryId())
                .collect(Collectors.toSet());
    }

    /** Returns the entries whose alerts include an OCR result. */
    Set<String> entriesWithOcrResult() {
        return seen.stream()
                .filter(
                        each ->
                                each.alert().evidence().parts().stream()
                                        .anyMatch(part -> part.name().equals("second-opinion")))
                .map(each -> each.alert().subject().entryId())
                .collect(Collectors.toSet());
    }

    /** Returns the ids of the alerts by entryId. */
    Map<String, Set<String>> alertIds() {
        return seen.stream()
                .collect(
                        Collectors.groupingBy(
                                each -> each.alert().subject().entryId(),
                                Collectors.mapping(
                                        each -> each.alert().alertId(), Collectors.toSet())));
    }

    private void read() {
        try {
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.topic().equals(Topics.DEAD_LETTER)) {
                        deadLetters.incrementAndGet();
                        continue;
                    }
                    Alert alert = AlertCodec.read(record.value(), record.timestamp());
                    (alert.type().isCamera() ? ofCameras : seen)
                            .add(new Seen(alert, System.currentTimeMillis()));
                }
            }
        } catch (WakeupException e) {
            // The log is closed.
        } catch (InvalidRecordException e) {
            throw new AssertionError("the job wrote an alert that cannot be read", e);
        }
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }
}
