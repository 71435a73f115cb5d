package io.atalaya.hotlistmatch;

import io.atalaya.alert.Alert;
import io.atalaya.alert.AlertType;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.jobtests.JobOnKafka;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;
import java.util.Map;

/** This job, run by a test. */
final class JobRun extends JobOnKafka {
    /** Longer than anything waits that no gauge tells of: lone tags do for their plates. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    JobRun() {
        super(HotlistMatchJob.INPUT_TOPICS, QUIET);
    }

    /** Starts the job afresh, or from a savepoint. */
    void start(String savepoint, int parallelism) {
        start(savepoint, parallelism, new Configuration());
    }

    @Override
    protected String build(StreamExecutionEnvironment env, Configuration settings) {
        HotlistMatchJob.build(env, HotlistMatchSettings.from(settings));
        return HotlistMatchJob.NAME;
    }

    @Override
    protected boolean hasPutOff() {
        return HotlistMatchMetrics.PENDING.stream()
                .anyMatch(gauge -> sumOfGauges(gauge.name()) > 0);
    }

    /** {@link #lastRevisions()} of one type of alert. */
    Map<String, String> lastRevisions(AlertType type) {
        Map<String, Alert> alerts = lastAlerts();
        Map<String, String> texts = lastRevisions();
        texts.keySet().removeIf(id -> alerts.get(id).type() != type);
        return texts;
    }
}
