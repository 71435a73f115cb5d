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
 * @param name job name
 * @param inputTopics topics it reads, from the recording or from an earlier job
 * @param outputTopics topics it writes
 * @param groupId consumer group under which its sources commit
 * @param waits longest processing time for which it holds output back after its last input
 * @param pendingGauges its gauges that count deferred work
 * @param lead limit of how far, in arrival time, records may be fed ahead of an unread one, because
 *     the watermark may advance that far without it
 * @param atFullSpeed settings for a replay at full speed: those of production would drop records
 *     that arrive faster than any street sends them
 * @param overrides settings that a person may change
 * @param builder adds the job to an environment with the given settings
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
    /** No limit, for a job without timeouts in arrival time. */
    static final Function<Configuration, Duration> ANY_LEAD =
            configuration -> Duration.ofMillis(Long.MAX_VALUE);

    /**
     * The job's settings in a replay.
     *
     * @param asked settings of any job from the command line; they override all others
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
