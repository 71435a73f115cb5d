package io.atalaya.flink.kafka;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Knows the records that a source has yet to emit: those that the broker has, by the metric {@code
 * records-lag} of Kafka's consumers, and those that a consumer has handed over, which may wait in
 * Flink's queue. A consumer has the metric of every partition, the empty ones too, as soon as it
 * has taken the partition's first answer.
 *
 * <p>Flink's source has no way to its consumers, but Kafka creates two objects of this class for
 * each, one as its reporter of metrics and one as its interceptor.
 */
public final class UnreadRecords implements MetricsReporter, ConsumerInterceptor<byte[], byte[]> {
    private static final Map<Partition, KafkaMetric> LAGS = new ConcurrentHashMap<>();

    /** Offset of the last record that was handed over. */
    private static final Map<Partition, AtomicLong> POLLED = new ConcurrentHashMap<>();

    /** What this object has put there, because a restarted consumer has the same partitions. */
    private final Map<Partition, KafkaMetric> ownLags = new ConcurrentHashMap<>();

    private final Map<Partition, AtomicLong> ownPolled = new ConcurrentHashMap<>();

    private String clientId;

    /**
     * @param clientId of a consumer of one topic
     */
    private record Partition(String clientId, int number) {}

    /** The partitions of which a consumer has taken an answer. */
    static Set<Integer> partitions(String clientId) {
        return LAGS.keySet().stream()
                .filter(partition -> partition.clientId().equals(clientId))
                .map(Partition::number)
                .collect(Collectors.toSet());
    }

    /**
     * Whether a source has emitted all records of a partition; false if that is not known yet.
     *
     * @param emitted offset of the last record that the source emitted; -1: none
     */
    static boolean isReadToItsEnd(String clientId, int number, long emitted) {
        Partition partition = new Partition(clientId, number);
        KafkaMetric lag = LAGS.get(partition);
        AtomicLong polled = POLLED.get(partition);
        return lag != null
                && (double) lag.metricValue() <= 0
                && (polled == null || polled.get() <= emitted);
    }

    /**
     * Whether a consumer has handed over records that its source has not emitted.
     *
     * @param emitted offset of the last record that the source emitted, by partition
     */
    static boolean isAnyHandedOver(String clientId, Map<Integer, Long> emitted) {
        return POLLED.entrySet().stream()
                .filter(each -> each.getKey().clientId().equals(clientId))
                .anyMatch(
                        each ->
                                each.getValue().get()
                                        > emitted.getOrDefault(each.getKey().number(), -1L));
    }

    @Override
    public void configure(Map<String, ?> configs) {
        clientId = (String) configs.get(ConsumerConfig.CLIENT_ID_CONFIG);
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
        metrics.forEach(this::metricChange);
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        if (isLag(metric)) {
            ownLags.put(partition(metric), metric);
            LAGS.put(partition(metric), metric);
        }
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        if (isLag(metric)) {
            ownLags.remove(partition(metric), metric);
            LAGS.remove(partition(metric), metric);
        }
    }

    private static boolean isLag(KafkaMetric metric) {
        return metric.metricName().name().equals("records-lag")
                && metric.metricName().tags().containsKey("partition");
    }

    private Partition partition(KafkaMetric metric) {
        return new Partition(
                clientId, Integer.parseInt(metric.metricName().tags().get("partition")));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition each : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> ofPartition = records.records(each);
            ownPolled
                    .computeIfAbsent(new Partition(clientId, each.partition()), this::addPolled)
                    .set(ofPartition.get(ofPartition.size() - 1).offset());
        }
        return records;
    }

    private AtomicLong addPolled(Partition partition) {
        AtomicLong polled = new AtomicLong(Long.MAX_VALUE);
        POLLED.put(partition, polled);
        return polled;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {
        ownLags.forEach(LAGS::remove);
        ownPolled.forEach(POLLED::remove);
    }
}
