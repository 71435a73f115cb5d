package io.atalaya.bridge.delivery;

import io.atalaya.bridge.delivery.QueuedMessage.Sent;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.kafka.CommittedRecords;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** What a destination has taken before, by topic {@code deliveries}. */
final class FormerDeliveries {
    private FormerDeliveries() {}

    /**
     * Passes on each message about an incident, oldest first, as long as the topic keeps them.
     *
     * @param consumer is closed afterwards
     * @param isStopped ends the reading
     */
    static void read(
            Consumer<byte[], byte[]> consumer,
            String destination,
            BooleanSupplier isStopped,
            BiConsumer<String, Sent> taken) {
        try (consumer) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(Topics.DELIVERIES).stream()
                            .map(each -> new TopicPartition(Topics.DELIVERIES, each.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            CommittedRecords.readToEnds(
                    consumer, ends, isStopped, each -> read(each, destination, taken));
        }
    }

    private static void read(
            ConsumerRecord<byte[], byte[]> record,
            String destination,
            BiConsumer<String, Sent> taken) {
        try {
            Delivery delivery = Delivery.CODEC.read(record.value());
            if (delivery.destination().equals(destination)
                    && delivery.result() == Delivery.Result.DELIVERED
                    && delivery.message() != null) {
                taken.accept(
                        delivery.incidentId(),
                        new Sent(delivery.message().id(), delivery.message().time()));
            }
        } catch (InvalidRecordException e) {
            // It says of no message that it was taken.
        }
    }
}
