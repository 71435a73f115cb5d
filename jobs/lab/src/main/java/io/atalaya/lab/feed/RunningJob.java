package io.atalaya.lab.feed;

import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.flink.job.JobDefinition;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
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
    public long behind(Map<String, Long> fed) {
        long published = 0;
        for (String topic : job.inputTopics()) {
            published += fed.getOrDefault(topic, 0L);
        }
        long taken = 0;
        for (Map.Entry<TopicPartition, Long> source : flink.positions(client).entrySet()) {
            if (fed.containsKey(source.getKey().topic())) {
                taken += source.getValue();
            }
        }
        return published - taken;
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
