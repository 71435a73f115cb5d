package io.atalaya.lab.replay;

import io.atalaya.lab.platform.JobOverrides;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A job as the replay runs it.
 *
 * @param name the job's
 * @param inputTopics what it reads, from the recording or from a job before it
 * @param outputTopics what it writes
 * @param groupId the consumer group under which its sources commit
 * @param waits the longest that it may hold something back, in processing time, after its last
 *     input
 * @param pendingGauges those of its gauges that count work which is not done yet
 * @param lead how far, in the time of arrival, records may be fed ahead of one that the job has not
 *     read: by so much its clock may go on without it
 * @param atFullSpeed settings for a replay that waits for nothing: production's would drop what
 *     comes faster than any street sends it
 * @param overrides what can be set
 * @param builder attaches the job to an environment, as its settings ask
 */
record ReplayedJob(
        String name,
        List<String> inputTopics,
        List<String> outputTopics,
        String groupId,
        Duration waits,
        List<String> pendingGauges,
        Function<Configuration, Duration> lead,
        Map<String, String> atFullSpeed,
        JobOverrides overrides,
        BiConsumer<StreamExecutionEnvironment, Configuration> builder) {
    /** Nothing depends on it. */
    static final Function<Configuration, Duration> ANY_LEAD =
            configuration -> Duration.ofMillis(Long.MAX_VALUE);

    /**
     * The job's settings in a replay.
     *
     * @param asked by a person, for whichever job; they override all others
     */
    Configuration configuration(Map<String, String> asked, Speed speed) {
        Map<String, String> settings = new HashMap<>();
        if (speed.equals(Speed.MAX)) {
            settings.putAll(atFullSpeed);
        }
        settings.putAll(asked);
        return overrides.of(settings);
    }
}
