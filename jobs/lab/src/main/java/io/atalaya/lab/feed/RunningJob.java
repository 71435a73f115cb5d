package io.atalaya.lab.feed;

import io.atalaya.embedded.EmbeddedFlink;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * A job on the cluster in this process that reads its topics from their beginning.
 *
 * @param inputTopics topics it reads
 * @param lead see {@link FedJob#lead}
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
        long published = 0;
        for (String topic : inputTopics) {
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
                        "job " + name + " is " + status, flink.failureOf(client));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("job " + name + " cannot be asked", e.getCause());
        }
    }
}
