package io.atalaya.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Consumers of a process without Flink, which commit their progress themselves. */
public final class CommittedRecords {
    private static final Duration POLL = Duration.ofMillis(100);

    /** After so many polls without any progress the broker counts as gone: 30 s. */
    private static final int MAX_SILENT_POLLS = 300;

    private CommittedRecords() {}

    /**
     * A consumer of what is committed, from the beginning where it has no progress.
     *
     * @param client settings of the broker, and those that differ
     */
    public static Consumer<byte[], byte[]> consumer(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.putAll(client);
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Reads the assigned partitions to the ends.
     *
     * @param isStopped ends the reading before
     * @throws KafkaException if the broker goes silent; its consumers would wait for it without end
     */
    public static <K> void readToEnds(
            Consumer<K, byte[]> consumer,
            Map<TopicPartition, Long> ends,
            BooleanSupplier isStopped,
            java.util.function.Consumer<ConsumerRecord<K, byte[]>> reader) {
        long before = -1;
        int silentPolls = 0;
        while (!isStopped.getAsBoolean()) {
            long position = ends.keySet().stream().mapToLong(consumer::position).sum();
            if (ends.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                return;
            }
            silentPolls = position > before ? 0 : silentPolls + 1;
            if (silentPolls > MAX_SILENT_POLLS) {
                throw new KafkaException(
                        ends.keySet() + " cannot be read to the end: the broker sends no more");
            }
            before = position;
            consumer.poll(POLL).forEach(reader);
        }
    }
}
