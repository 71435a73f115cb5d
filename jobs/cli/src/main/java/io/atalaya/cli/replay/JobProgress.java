package io.atalaya.cli.replay;

import io.atalaya.cli.feed.FedJob;
import io.atalaya.cli.feed.RunningJob;
import io.atalaya.testkit.EmbeddedFlink;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** How far a running job has come, seen from the broker and the cluster. */
final class JobProgress implements FedJob {
    private final Admin admin;
    private final EmbeddedFlink flink;
    private final ReplayedJob job;
    private final JobClient client;
    private final RunningJob running;

    /**
     * @param configuration under which the job runs
     */
    JobProgress(
            Admin admin,
            EmbeddedFlink flink,
            ReplayedJob job,
            JobClient client,
            Configuration configuration) {
        this.admin = admin;
        this.flink = flink;
        this.job = job;
        this.client = client;
        running =
                new RunningJob(
                        job.name(),
                        flink,
                        client,
                        job.inputTopics(),
                        job.lead().apply(configuration));
    }

    ReplayedJob job() {
        return job;
    }

    /**
     * Looks once.
     *
     * @throws ReplayException when the job is not running any more
     */
    Drain.Observation observe() throws InterruptedException {
        requireAlive();
        // Outputs last: with the order turned round, what comes in between would be missed.
        boolean passed = inputsPassed();
        long checkpoints = flink.completedCheckpoints(client);
        long pending =
                job.pendingGauges().stream()
                        .mapToLong(gauge -> flink.sumOfGauges(client, gauge))
                        .sum();
        long outputs = sum(endOffsets(job.outputTopics()).values());
        return new Drain.Observation(System.nanoTime(), passed, checkpoints, pending, outputs);
    }

    /**
     * Whether a checkpoint is complete that covers everything the input topics hold: sources commit
     * only then, and with it all that the records have caused is in state or written.
     */
    boolean inputsPassed() throws InterruptedException {
        Map<TopicPartition, Long> ends = endOffsets(job.inputTopics());
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        return ends.entrySet().stream()
                .allMatch(
                        end -> {
                            OffsetAndMetadata at = committed.get(end.getKey());
                            // Nothing is committed for a partition that never held a record.
                            return end.getValue() == 0
                                    || (at != null && at.offset() >= end.getValue());
                        });
    }

    @Override
    public long behind(Map<String, Long> fed) {
        return running.behind(fed);
    }

    @Override
    public Duration lead() {
        return running.lead();
    }

    @Override
    public void requireAlive() throws InterruptedException {
        try {
            running.requireAlive();
        } catch (IllegalStateException e) {
            throw new ReplayException(e.getMessage(), e.getCause());
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() throws InterruptedException {
        try {
            return admin.listConsumerGroupOffsets(job.groupId())
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw new ReplayException("offsets of group " + job.groupId(), e.getCause());
        }
    }

    private Map<TopicPartition, Long> endOffsets(Collection<String> topics)
            throws InterruptedException {
        var partitions =
                get(admin.describeTopics(topics).allTopicNames(), "partitions of " + topics)
                        .values()
                        .stream()
                        .flatMap(
                                topic ->
                                        topic.partitions().stream()
                                                .map(
                                                        p ->
                                                                new TopicPartition(
                                                                        topic.name(),
                                                                        p.partition())))
                        .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        return get(admin.listOffsets(partitions).all(), "end of " + topics).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    }

    private static <T> T get(KafkaFuture<T> future, String what) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new ReplayException("asking the broker for the " + what, e.getCause());
        }
    }

    private static long sum(Collection<Long> offsets) {
        return offsets.stream().mapToLong(Long::longValue).sum();
    }
}
