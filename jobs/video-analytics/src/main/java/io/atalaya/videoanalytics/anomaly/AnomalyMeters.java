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

/** Updates the metrics of the models. */
final class AnomalyMeters {
    private static final Logger LOG = LoggerFactory.getLogger(AnomalyMeters.class);
    private static final long NANOS_A_MICRO = 1_000;
    private static final long HOUR = 3_600_000;
    private static final ShadowComparison NONE = new ShadowComparison("", "");

    private final Map<ModelKind, RealisedRate> rates = new EnumMap<>(ModelKind.class);
    private final Map<ModelKind, Counter> scored = new EnumMap<>(ModelKind.class);
    private final Map<ModelKind, ShadowComparison> disagreements = new EnumMap<>(ModelKind.class);
    private final Map<ModelKind, Long> reported = new EnumMap<>(ModelKind.class);
    private final Counter explained;
    private final LatencyHistogram batch;
    private final LatencyHistogram inference;
    private final LatencyHistogram latency;
    private final EpisodeCounters episodes;

    AnomalyMeters(
            MetricGroup metrics,
            AnomalySettings rules,
            CameraModelsCache cameras,
            ServedModels servedModels) {
        explained = VideoAnalyticsMetrics.SUPPRESSED_OBSERVATIONS.countIn(metrics);
        batch = VideoAnalyticsMetrics.BATCH_SIZE.measureIn(metrics);
        inference = VideoAnalyticsMetrics.INFERENCE.measureIn(metrics);
        latency = VideoAnalyticsMetrics.ARRIVAL_TO_ANOMALY.measureIn(metrics);
        episodes = new EpisodeCounters(metrics, VideoAnalyticsMetrics.BY_MODELS);
        for (ModelKind kind : ModelKind.values()) {
            VideoAnalyticsMetrics.OfModel names = VideoAnalyticsMetrics.of(kind.alert());
            RealisedRate rate = new RealisedRate();
            rates.put(kind, rate);
            scored.put(kind, names.scored().countIn(metrics));
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
        VideoAnalyticsMetrics.MODEL_SWITCHES.showIn(metrics, servedModels::switches);
        VideoAnalyticsMetrics.FAILED_MODEL_SWITCHES.showIn(metrics, servedModels::failures);
        VideoAnalyticsMetrics.CACHED_CAMERA_MODELS.showIn(metrics, cameras::size);
        VideoAnalyticsMetrics.CAMERA_MODEL_LOADS.showIn(metrics, cameras::loads);
    }

    /** Records a run of a model. */
    void ran(int rows, long nanos) {
        batch.update(rows);
        inference.update(nanos / NANOS_A_MICRO);
    }

    /** Records a scored observation. */
    void scored(Observation observation, AnomalyScore anomalyScore) {
        scored.get(observation.kind()).inc();
        explained.inc(observation.isSuppressed() ? 1 : 0);
        if (anomalyScore.verdict() != null) {
            rates.get(observation.kind())
                    .count(
                            observation.arrivalTime(),
                            anomalyScore.isAlert(),
                            anomalyScore.verdict().days());
        }
    }

    /** Records an observation that the shadow scored as well; hours are in arrival time. */
    void compared(ScoringRequest scoringRequest, AnomalyScore byActive, AnomalyScore byShadow) {
        ModelKind kind = scoringRequest.observation().kind();
        String active = scoringRequest.active().version();
        String shadow = scoringRequest.shadow().version();
        if (!disagreements.get(kind).isBetween(active, shadow)) {
            disagreements.put(kind, new ShadowComparison(active, shadow));
            reported.put(kind, scoringRequest.observation().arrivalTime() / HOUR);
        }
        if (byActive.verdict() != null
                && byShadow.verdict() != null
                && scoringRequest.active().isKnown()
                && scoringRequest.shadow().isKnown()) {
            disagreements.get(kind).count(byActive.verdict(), byShadow.verdict());
        }
        long hour = scoringRequest.observation().arrivalTime() / HOUR;
        if (hour > reported.get(kind)) {
            reported.put(kind, hour);
            LOG.info("{}: {}", kind.model(), disagreements.get(kind));
        }
    }

    /** Records an emitted alert. */
    void emitted(Alert alert) {
        if (alert.status() == Alert.Status.NEW) {
            episodes.count(alert.type());
            latency.update(alert.emission().detectedAt() - alert.causedAt());
        }
    }
}
