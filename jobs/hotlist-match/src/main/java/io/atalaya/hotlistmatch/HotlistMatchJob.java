package io.atalaya.hotlistmatch;

import io.atalaya.contracts.topic.Account;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.job.JobGraph;
import io.atalaya.flink.metrics.DeclaredMetric;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.hotlistmatch.ocr.OcrSettings;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The job {@code hotlist-match}: matches plate reads with the hot list. */
public final class HotlistMatchJob implements JobDefinition<HotlistMatchSettings> {
    public static final String NAME = Account.HOTLIST_MATCH.id();

    /** Upper limit of the OCR budget, in cores. */
    private static final int MAX_OCR_CORES = 8;

    @Override
    public Account account() {
        return Account.HOTLIST_MATCH;
    }

    @Override
    public String summary() {
        return "matches plate reads against the hot list";
    }

    @Override
    public List<ConfigOption<?>> options() {
        return HotlistMatchOptions.ALL;
    }

    @Override
    public List<DeclaredMetric> metrics() {
        return HotlistMatchMetrics.ALL;
    }

    @Override
    public List<DeclaredMetric> pending() {
        return HotlistMatchMetrics.PENDING;
    }

    @Override
    public HotlistMatchSettings settings(Configuration configuration) {
        return HotlistMatchSettings.from(configuration);
    }

    @Override
    public void build(JobGraph graph, HotlistMatchSettings settings) {
        HotlistMatchPipeline.build(graph, settings);
    }

    /** An alert waits up to 2.5 s for the registration of its device. */
    @Override
    public Duration maxWait() {
        return Duration.ofSeconds(3);
    }

    /**
     * Where new tags are fetched late, the watermark goes on without them, and the plates that they
     * belong to are remembered for as long.
     */
    @Override
    public Duration minSilence(Configuration configuration) {
        return configuration.get(HotlistMatchOptions.PASSAGE_MEMORY);
    }

    /**
     * All cores read plate images, and the reads wait for them. A queue of 256 requests takes about
     * 11 MB at most; a longer one would not shorten a replay.
     */
    @Override
    public Map<String, String> optionsAtFullSpeed() {
        int cores = Math.min(Runtime.getRuntime().availableProcessors(), MAX_OCR_CORES);
        return Map.of(
                HotlistMatchOptions.OCR_BUDGET.key(), Integer.toString(cores * 100),
                HotlistMatchOptions.OCR_QUEUE.key(), "256",
                HotlistMatchOptions.OCR_WHEN_FULL.key(), OcrSettings.WhenFull.WAIT.name(),
                HotlistMatchOptions.OCR_MAX_AGE.key(), "1 d",
                HotlistMatchOptions.OCR_MAX_WAIT.key(), "1 min");
    }
}
