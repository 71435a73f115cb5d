package io.atalaya.lab.replay;

import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.lab.feed.RunningJob;
import io.atalaya.lab.feed.ThrottledJob;

import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** Progress of a running job, measured at the broker and the cluster. */
final class JobProgress implements ThrottledJob {
    /** Long enough for work whose output ends the quiet between two checkpoints. */
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);

    private final Admin admin;
    private final EmbeddedKafka kafka;
    private final RunningJob running;
    private long lastCheckpoint = System.nanoTime();

    JobProgress(Admin admin, EmbeddedKafka kafka, RunningJob running) {
        this.admin = admin;
        this.kafka = kafka;
        this.running = running;
    }

    RunningJob running() {
        return running;
    }

    /**
     * Takes one observation. Once all input is read, the detectors wait for checkpoints, so it
     * takes one each second.
     *
     * @throws ReplayException when the job is no longer running
     */
    CatchUpDetector.Observation observe() throws InterruptedException {
        requireAlive();
        // Outputs are counted last: in the reverse order, output written in between would be
        // missed.
        JobDefinition<?> job = running.job();
        EmbeddedFlink flink = running.flink();
        JobClient client = running.client();
        boolean taken = kafka.isTaken(job.inputTopics(), running.group(), flink.positions(client));
        if (taken) {
            checkpoint();
        }
        long checkpoints = flink.completedCheckpoints(client);
        long pending =
                job.pending().stream()
                        .mapToLong(gauge -> flink.sumOfGauges(client, gauge.name()))
                        .sum();
        long outputs = records(job.outputTopics());
        return new CatchUpDetector.Observation(
                System.nanoTime(), taken, checkpoints, pending, outputs);
    }

    private void checkpoint() {
        if (System.nanoTime() - lastCheckpoint < CHECKPOINT_INTERVAL.toNanos()) {
            return;
        }
        try {
            running.flink().checkpoint(running.client());
        } catch (IllegalStateException e) {
            throw new ReplayException(e.getMessage(), e.getCause());
        }
        lastCheckpoint = System.nanoTime();
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
    public boolean isClockedByArrivals() {
        return running.isClockedByArrivals();
    }

    @Override
    public void requireAlive() throws InterruptedException {
        try {
            running.requireAlive();
        } catch (IllegalStateException e) {
            throw new ReplayException(e.getMessage(), e.getCause());
        }
    }

    private long records(Collection<String> topics) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions =
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
        return get(admin.listOffsets(partitions).all(), "end of " + topics).values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    private static <T> T get(KafkaFuture<T> future, String what) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new ReplayException("asking the broker for the " + what, e.getCause());
        }
    }
}
