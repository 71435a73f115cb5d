package io.atalaya.flink.kafka;

import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The offsets where reads start without restored state. LATEST means the records that arrive after
 * the job was built, not the end offset at each start, so that a job that fails before its first
 * checkpoint starts at the same place again and loses nothing. This compares the clock of the
 * submitting machine with the one that gives the records their timestamps, usually the broker's. If
 * the former is ahead, the first reads after a start begin at the end offset that the start finds.
 */
final class StartOffsets {
    private StartOffsets() {}

    static OffsetsInitializer of(KafkaOptions.StartFrom start, Instant built) {
        OffsetsInitializer latest = OffsetsInitializer.timestamp(built.toEpochMilli());
        return switch (start) {
            case COMMITTED -> new CommittedOr(latest);
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> new Arrived(latest);
        };
    }

    /**
     * Offsets that go on at the oldest available record if the broker has deleted the next one,
     * because that loses the least. The connector's own for times would skip all that is left,
     * which meets a job that is slower than its input for as long as the topic keeps records.
     */
    private interface OrOldest extends OffsetsInitializer {
        // The connector's own signature still uses the enum that Kafka has deprecated.
        @SuppressWarnings("deprecation")
        @Override
        default OffsetResetStrategy getAutoOffsetResetStrategy() {
            return OffsetResetStrategy.EARLIEST;
        }
    }

    /** What has arrived since a time. */
    private record Arrived(OffsetsInitializer since) implements OrOldest {
        @Override
        public Map<TopicPartition, Long> getPartitionOffsets(
                Collection<TopicPartition> partitions, PartitionOffsetsRetriever kafka) {
            return since.getPartitionOffsets(partitions, kafka);
        }
    }

    /**
     * Committed offsets with any fallback, because the connector's own only falls back to the
     * earliest or the end offset.
     */
    private record CommittedOr(OffsetsInitializer otherwise) implements OrOldest {
        @Override
        public Map<TopicPartition, Long> getPartitionOffsets(
                Collection<TopicPartition> partitions, PartitionOffsetsRetriever kafka) {
            Map<TopicPartition, Long> offsets = new HashMap<>(kafka.committedOffsets(partitions));
            List<TopicPartition> others = new ArrayList<>(partitions);
            others.removeAll(offsets.keySet());
            if (!others.isEmpty()) {
                offsets.putAll(otherwise.getPartitionOffsets(others, kafka));
            }
            return offsets;
        }
    }
}
