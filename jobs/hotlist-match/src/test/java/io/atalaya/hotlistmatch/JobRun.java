package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.testutils.JobOnKafka;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;
import java.util.Map;

/** The job as run by a test. */
final class JobRun extends JobOnKafka {
    /** Longer than the 2.5 s that an alert waits for the registration of its device. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    /** The default filter adds megabytes of zeros to every checkpoint. */
    private static final int PREFILTER_CAPACITY = 4_096;

    JobRun() {
        super(
                HotlistMatchJob.NAME,
                HotlistMatchJob.INPUT_TOPICS,
                HotlistMatchMetrics.PENDING,
                QUIET);
    }

    /** Starts the job without state, or from a savepoint. */
    void start(String savepoint, int parallelism) {
        start(
                savepoint,
                parallelism,
                new Configuration()
                        .set(HotlistMatchOptions.PREFILTER_CAPACITY, PREFILTER_CAPACITY));
    }

    @Override
    protected void build(StreamExecutionEnvironment env, Configuration settings) {
        HotlistMatchJob.build(env, HotlistMatchSettings.from(settings));
    }

    /** {@link #lastRevisions()} of one type of alert. */
    Map<String, String> lastRevisions(AlertType type) {
        Map<String, Alert> alerts = lastAlerts();
        Map<String, String> texts = lastRevisions();
        texts.keySet().removeIf(id -> alerts.get(id).type() != type);
        return texts;
    }
}
