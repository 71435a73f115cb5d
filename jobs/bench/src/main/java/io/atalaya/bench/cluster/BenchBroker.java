package io.atalaya.bench.cluster;

import io.atalaya.contracts.topic.Topic;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.embedded.EmbeddedKafka;

import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** The broker that all contenders read from. */
public final class BenchBroker implements AutoCloseable {
    /** The list keyed by plate instead of entryId, for a join by plate. */
    public static final String LIST_BY_PLATE = "hotlist-by-plate";

    /** The output of the join in Kafka Streams. */
    public static final String JOINED = "joined";

    private static final int PARTITIONS = 4;
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private final EmbeddedKafka kafka;
    private final Admin admin;

    private BenchBroker(EmbeddedKafka kafka) {
        this.kafka = kafka;
        this.admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                kafka.bootstrapServers()));
    }

    /** Starts a broker with all topics of the contenders, empty. */
    public static BenchBroker start() {
        EmbeddedKafka kafka = EmbeddedKafka.start();
        kafka.createTopics(Topics.named(List.of(Topics.ALERTS)), 1);
        List<Topic> topics = new ArrayList<>(Topics.ALL);
        topics.add(new Topic(LIST_BY_PLATE, "plate", true, Map.of(), Set.of(), Set.of()));
        topics.add(new Topic(JOINED, "plate", true, Map.of(), Set.of(), Set.of()));
        kafka.createTopics(topics, PARTITIONS);
        return new BenchBroker(kafka);
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Number of records written to a topic, over its partitions. */
    public long endOf(String topic) throws InterruptedException {
        return ends(topic).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Deletes a topic's records, because one lap's alerts must not be input of the next. */
    public void empty(String topic) throws InterruptedException {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        ends(topic).forEach((at, end) -> all.put(at, RecordsToDelete.beforeOffset(end)));
        try {
            admin.deleteRecords(all).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("emptying " + topic, e.getCause());
        }
    }

    /** Waits for a checkpoint that contains all effects of a topic's records. */
    public void awaitCheckpointOf(String topic, EmbeddedFlink flink, JobClient job)
            throws InterruptedException {
        awaitCheckpointOf(topic, flink, job, JobSetup.GROUP);
    }

    /** The same for a job with another consumer group. */
    public void awaitCheckpointOf(String topic, EmbeddedFlink flink, JobClient job, String group)
            throws InterruptedException {
        if (!flink.awaitCheckpointOf(List.of(topic), kafka, job, group, LIMIT)) {
            throw new IllegalStateException("no checkpoint holds all of " + topic);
        }
    }

    @Override
    public void close() {
        admin.close();
        kafka.close();
    }

    private Map<TopicPartition, Long> ends(String topic) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (TopicPartitionInfo partition :
                    admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .get(topic)
                            .partitions()) {
                latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
            }
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(latest).all().get().forEach((at, e) -> ends.put(at, e.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw new IllegalStateException("end of " + topic, e.getCause());
        }
    }
}
