package io.atalaya.lab.feed;

import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.flink.job.JobDefinition;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * A job on the cluster in this process that reads its topics from their beginning.
 *
 * @param group consumer group under which its sources commit
 * @param lead see {@link ThrottledJob#lead}
 */
public record RunningJob(
        JobDefinition<?> job, String group, EmbeddedFlink flink, JobClient client, Duration lead)
        implements ThrottledJob {
    public String name() {
        return job.name();
    }

    @Override
    public boolean isClockedByArrivals() {
        return job.isClockedByArrivals();
    }

    @Override
    public long behind(Map<String, Long> fed) {
        Map<String, Long> taken = new HashMap<>();
        flink.positions(client)
                .forEach(
                        (partition, position) ->
                                taken.merge(partition.topic(), position, Long::sum));
        long behind = 0;
        for (String topic : job.inputTopics()) {
            // A job also reads what other jobs write to a topic that is fed.
            behind += Math.max(0, fed.getOrDefault(topic, 0L) - taken.getOrDefault(topic, 0L));
        }
        return behind;
    }

    /**
     * @throws IllegalStateException unless the job is running or starting; its cause is the job's
     *     failure
     */
    @Override
    public void requireAlive() throws InterruptedException {
        try {
            JobStatus status = client.getJobStatus().get();
            if (status.isGloballyTerminalState() || status == JobStatus.FAILING) {
                throw new IllegalStateException(
                        "job " + name() + " is " + status, flink.failureOf(client));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("job " + name() + " cannot be asked", e.getCause());
        }
    }
}
