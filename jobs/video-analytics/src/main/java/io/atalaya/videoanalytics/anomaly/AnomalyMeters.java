package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.flink.metrics.LatencyHistogram;
import io.atalaya.videoanalytics.metrics.EpisodeCounters;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumMap;
import java.util.Map;

/** The metrics of the models, in verbs. */
final class AnomalyMeters {
    private static final Logger LOG = LoggerFactory.getLogger(AnomalyMeters.class);
    private static final long NANOS_A_MICRO = 1_000;
    private static final long HOUR = 3_600_000;
    private static final ShadowComparison NONE = new ShadowComparison("", "");

    private final Map<ModelKind, RealisedRate> rates = new EnumMap<>(ModelKind.class);
    private final Map<ModelKind, Counter> judged = new EnumMap<>(ModelKind.class);
    private final Map<ModelKind, ShadowComparison> disagreements = new EnumMap<>(ModelKind.class);
    private final Map<ModelKind, Long> reported = new EnumMap<>(ModelKind.class);
    private final Counter explained;
    private final LatencyHistogram batch;
    private final LatencyHistogram inference;
    private final LatencyHistogram latency;
    private final EpisodeCounters incidents;

    AnomalyMeters(
            MetricGroup metrics,
            AnomalySettings rules,
            CameraModelsCache cameras,
            ServedModels networks) {
        explained = VideoAnalyticsMetrics.EXPLAINED.countIn(metrics);
        batch = VideoAnalyticsMetrics.BATCH_SIZE.measureIn(metrics);
        inference = VideoAnalyticsMetrics.INFERENCE.measureIn(metrics);
        latency = VideoAnalyticsMetrics.OBSERVED_TO_ALERT.measureIn(metrics);
        incidents = new EpisodeCounters(metrics, VideoAnalyticsMetrics.BY_MODELS);
        for (ModelKind kind : ModelKind.values()) {
            VideoAnalyticsMetrics.OfModel names = VideoAnalyticsMetrics.of(kind.alert());
            RealisedRate rate = new RealisedRate();
            rates.put(kind, rate);
            judged.put(kind, names.judged().countIn(metrics));
            names.budget().showIn(metrics, () -> rules.budgets().getOrDefault(kind, 0.0));
            names.realised().showIn(metrics, rate::perDay);
            names.cameraDays().showIn(metrics, rate::cameraDays);
            names.known().showIn(metrics, () -> cameras.known(kind));
            disagreements.put(kind, NONE);
            VideoAnalyticsMetrics.OfShadow shadow = names.shadow();
            shadow.compared().showIn(metrics, () -> disagreements.get(kind).compared());
            shadow.both().showIn(metrics, () -> disagreements.get(kind).both());
            shadow.activeAlone().showIn(metrics, () -> disagreements.get(kind).activeAlone());
            shadow.shadowAlone().showIn(metrics, () -> disagreements.get(kind).shadowAlone());
            shadow.apart().showIn(metrics, () -> disagreements.get(kind).apart());
        }
        VideoAnalyticsMetrics.SWITCHES.showIn(metrics, networks::switches);
        VideoAnalyticsMetrics.FAILED_SWITCHES.showIn(metrics, networks::failures);
        VideoAnalyticsMetrics.JUDGED_CAMERAS.showIn(metrics, cameras::size);
        VideoAnalyticsMetrics.JUDGED_CAMERA_LOADS.showIn(metrics, cameras::loads);
    }

    /** A network was run. */
    void ran(int rows, long nanos) {
        batch.update(rows);
        inference.update(nanos / NANOS_A_MICRO);
    }

    /** An observation was judged. */
    void judged(Observation observation, AnomalyScore judgement) {
        judged.get(observation.kind()).inc();
        explained.inc(observation.explained() ? 1 : 0);
        if (judgement.verdict() != null) {
            rates.get(observation.kind())
                    .count(observation.at(), judgement.isAlert(), judgement.verdict().days());
        }
    }

    /** A version in shadow judged it, too. The hours are the observations'. */
    void compared(ScoringRequest question, AnomalyScore byActive, AnomalyScore byShadow) {
        ModelKind kind = question.observation().kind();
        String active = question.active().version();
        String shadow = question.shadow().version();
        if (!disagreements.get(kind).isBetween(active, shadow)) {
            disagreements.put(kind, new ShadowComparison(active, shadow));
            reported.put(kind, question.observation().at() / HOUR);
        }
        if (byActive.verdict() != null
                && byShadow.verdict() != null
                && question.active().isKnown()
                && question.shadow().isKnown()) {
            disagreements.get(kind).count(byActive.verdict(), byShadow.verdict());
        }
        long hour = question.observation().at() / HOUR;
        if (hour > reported.get(kind)) {
            reported.put(kind, hour);
            LOG.info("{}: {}", kind.model(), disagreements.get(kind));
        }
    }

    /** People are told. */
    void told(Alert alert) {
        if (alert.status() == Alert.Status.NEW) {
            incidents.count(alert.type());
            latency.update(alert.detectedAt() - alert.at());
        }
    }
}
