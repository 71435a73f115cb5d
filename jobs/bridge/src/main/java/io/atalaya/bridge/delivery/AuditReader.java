package io.atalaya.bridge.delivery;

import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.audit.AuditRecord.Envelope;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.kafka.CommittedRecords;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what the notary has recorded, for a destination that waits for it. */
final class AuditReader implements AutoCloseable {
    /** By which the clocks of two machines may differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private static final Duration POLL = Duration.ofMillis(1);

    private final Consumer<byte[], byte[]> consumer;

    AuditReader(Map<String, Object> client) {
        consumer = CommittedRecords.consumer(client);
    }

    /** Reads from now on what was recorded of messages of this time and later ones. */
    void seek(long time) {
        List<TopicPartition> partitions =
                consumer.partitionsFor(Topics.AUDIT).stream()
                        .map(each -> new TopicPartition(Topics.AUDIT, each.partition()))
                        .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException(
                    "there is no topic " + Topics.AUDIT + "; scripts/topics creates it");
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(each -> times.put(each, Math.max(0, time - CLOCKS_DIFFER.toMillis())));
        // Before the search, so that nothing between the two is left out.
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.offsetsForTimes(times)
                .forEach(
                        (partition, found) ->
                                consumer.seek(
                                        partition,
                                        found == null ? ends.get(partition) : found.offset()));
    }

    /** What was recorded since the last call; nothing before {@link #seek}. */
    List<Envelope> read() {
        List<Envelope> envelopes = new ArrayList<>();
        if (consumer.assignment().isEmpty()) {
            return envelopes;
        }
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
            try {
                envelopes.add(AuditRecord.CODEC.read(each.value()).envelope());
            } catch (InvalidRecordException e) {
                // It says of no message that it was recorded.
            }
        }
        return envelopes;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
