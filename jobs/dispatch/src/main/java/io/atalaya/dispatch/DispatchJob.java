package io.atalaya.dispatch;

import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.Topic;
import io.atalaya.dispatch.metrics.DispatchMetrics;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.job.JobGraph;
import io.atalaya.flink.metrics.DeclaredMetric;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The job {@code dispatch}: makes incidents of alerts, device events, calls and warnings, and sends
 * them to the sites that handle them.
 */
public final class DispatchJob implements JobDefinition<DispatchSettings> {
    public static final String NAME = Account.DISPATCH.id();

    @Override
    public Account account() {
        return Account.DISPATCH;
    }

    @Override
    public String summary() {
        return "sends incidents to the command centres";
    }

    @Override
    public List<ConfigOption<?>> options() {
        return DispatchOptions.ALL;
    }

    @Override
    public List<DeclaredMetric> metrics() {
        return DispatchMetrics.ALL;
    }

    @Override
    public List<DeclaredMetric> pending() {
        return List.of();
    }

    /**
     * Alerts are an input, because other jobs write them; the job itself writes only those about
     * its own failures.
     */
    @Override
    public List<String> inputTopics() {
        return account().readTopics().stream().map(Topic::name).toList();
    }

    @Override
    public DispatchSettings settings(Configuration configuration) {
        return DispatchSettings.from(configuration);
    }

    @Override
    public void build(JobGraph graph, DispatchSettings settings) {
        DispatchPipeline.build(graph, settings);
    }

    /**
     * A site is down after so long without a heartbeat, and presses wait for their confirmation.
     */
    @Override
    public Duration minSilence(Configuration configuration) {
        return settings(configuration).minSilence();
    }

    @Override
    public boolean isClockedByArrivals() {
        return true;
    }

    @Override
    public Map<String, String> optionsAtFullSpeed() {
        return Map.of(
                DispatchOptions.CLOCK_WHEN_IDLE.key(), DispatchOptions.Idleness.STANDS.name());
    }
}
