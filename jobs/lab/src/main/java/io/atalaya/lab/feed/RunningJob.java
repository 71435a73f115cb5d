package io.atalaya.lab.feed;

import io.atalaya.testkit.EmbeddedFlink;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * A job on the cluster in this process, which reads its topics from their beginning.
 *
 * @param inputTopics what it reads
 * @param lead as of {@link FedJob#lead}
 */
public record RunningJob(
        String name,
        EmbeddedFlink flink,
        JobClient client,
        Collection<String> inputTopics,
        Duration lead)
        implements FedJob {
    @Override
    public long behind(Map<String, Long> fed) {
        Set<String> topics = new HashSet<>(inputTopics);
        topics.retainAll(fed.keySet());
        long published = topics.stream().mapToLong(fed::get).sum();
        return published - flink.recordsTaken(client, topics);
    }

    /**
     * @throws IllegalStateException unless it is running or on its way to it; the cause is the
     *     job's
     */
    @Override
    public void requireAlive() throws InterruptedException {
        try {
            JobStatus status = client.getJobStatus().get();
            if (status.isGloballyTerminalState() || status == JobStatus.FAILING) {
                throw new IllegalStateException(
                        "job " + name + " is " + status, flink.failureOf(client));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("job " + name + " cannot be asked", e.getCause());
        }
    }
}
