package io.atalaya.bridge.delivery;

import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.audit.AuditRecord.Envelope;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;

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

    AuditReader(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Reads what is recorded from now on. */
    void begin() {
        List<TopicPartition> partitions =
                consumer.partitionsFor(Topics.AUDIT).stream()
                        .map(each -> new TopicPartition(Topics.AUDIT, each.partition()))
                        .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException(
                    "there is no topic " + Topics.AUDIT + "; scripts/topics creates it");
        }
        consumer.assign(partitions);
        consumer.endOffsets(partitions).forEach(consumer::seek);
    }

    /** Also reads what was recorded before of messages of this time and later ones. */
    void include(long time) {
        Map<TopicPartition, Long> times = new HashMap<>();
        consumer.assignment()
                .forEach(each -> times.put(each, Math.max(0, time - CLOCKS_DIFFER.toMillis())));
        consumer.offsetsForTimes(times)
                .forEach(
                        (partition, found) -> {
                            if (found != null && found.offset() < consumer.position(partition)) {
                                consumer.seek(partition, found.offset());
                            }
                        });
    }

    /** What was recorded since the last call; nothing before {@link #begin}. */
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
