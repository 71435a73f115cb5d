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
 * Where reads start without restored state. "The latest" is what arrives from the time on at which
 * the job was built, not the end that each start finds: a job that fails before its first
 * checkpoint starts again where it did at first, and loses nothing. By the clocks of the machine
 * that submits and of the broker, or whoever gives the records their timestamps; where the former
 * is ahead, the first reads after a start are latest by the end that it finds.
 */
final class StartOffsets {
    private StartOffsets() {}

    static OffsetsInitializer of(KafkaOptions.StartFrom start, Instant built) {
        OffsetsInitializer latest = OffsetsInitializer.timestamp(built.toEpochMilli());
        return switch (start) {
            case COMMITTED -> new CommittedOr(latest);
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> latest;
        };
    }

    /** The connector's own knows no other way out than the earliest or the end. */
    private record CommittedOr(OffsetsInitializer otherwise) implements OffsetsInitializer {
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

        /**
         * If the broker has dropped what is to be read next, the oldest it has: the least is lost.
         */
        // The connector's own signature still has the enum that Kafka has deprecated.
        @SuppressWarnings("deprecation")
        @Override
        public OffsetResetStrategy getAutoOffsetResetStrategy() {
            return OffsetResetStrategy.EARLIEST;
        }
    }
}
