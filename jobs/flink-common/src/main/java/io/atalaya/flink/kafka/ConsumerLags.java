package io.atalaya.flink.kafka;

import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * How many records Kafka's consumers in this JVM have yet to read of each partition, by their
 * metric {@code records-lag}. A consumer has it of every partition, the empty ones too, as soon as
 * it has taken the partition's first answer. Kafka creates the instances; Flink's source has no
 * other way to its consumers.
 */
public final class ConsumerLags implements MetricsReporter {
    private static final Map<Key, KafkaMetric> LAGS = new ConcurrentHashMap<>();

    private record Key(String clientId, int partition) {}

    /**
     * The partitions of which a consumer has taken an answer.
     *
     * @param clientId of a consumer of one topic
     */
    static Set<Integer> partitions(String clientId) {
        return LAGS.keySet().stream()
                .filter(key -> key.clientId().equals(clientId))
                .map(Key::partition)
                .collect(Collectors.toSet());
    }

    /** Whether a consumer has read all records of a partition; false if that is not known yet. */
    static boolean isReadToItsEnd(String clientId, int partition) {
        KafkaMetric lag = LAGS.get(new Key(clientId, partition));
        return lag != null && (double) lag.metricValue() <= 0;
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
        metrics.forEach(this::metricChange);
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        if (isLag(metric)) {
            LAGS.put(key(metric), metric);
        }
    }

    /** Keeps the metric of another consumer that took over the partition. */
    @Override
    public void metricRemoval(KafkaMetric metric) {
        if (isLag(metric)) {
            LAGS.remove(key(metric), metric);
        }
    }

    private static boolean isLag(KafkaMetric metric) {
        return metric.metricName().name().equals("records-lag")
                && metric.metricName().tags().containsKey("partition");
    }

    private static Key key(KafkaMetric metric) {
        Map<String, String> tags = metric.metricName().tags();
        return new Key(tags.get("client-id"), Integer.parseInt(tags.get("partition")));
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
}
