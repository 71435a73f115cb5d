package io.atalaya.ops.broker;

import io.atalaya.kafka.CommittedRecords;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads a topic from its beginning to its current end. */
public final class TopicScan {
    private TopicScan() {}

    /**
     * Passes every record to a reader, in order per partition.
     *
     * @param client settings of the broker
     * @throws org.apache.kafka.common.KafkaException if the broker does not respond, goes silent on
     *     the way, or lacks the topic
     */
    public static void of(
            Map<String, Object> client,
            String topic,
            Consumer<ConsumerRecord<String, byte[]>> reader) {
        Map<String, Object> config = new HashMap<>(client);
        // Skips aborted writes.
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        config, new StringDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(consumer, topic));
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            CommittedRecords.readToEnds(consumer, ends, () -> false, reader);
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        List<PartitionInfo> infos = consumer.partitionsFor(topic);
        if (infos == null || infos.isEmpty()) {
            throw new UnknownTopicOrPartitionException("the broker has no topic " + topic);
        }
        return infos.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
    }
}
