package io.atalaya.videoanalytics.anomaly;

import io.atalaya.videoanalytics.episode.AlertPolicy;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/**
 * Settings of the anomaly models, the same for all cameras.
 *
 * @param budgets alerts per camera and day, by each enabled model kind
 * @param policy action and priority of alerts
 * @param servedModels factory of the served models
 * @param batch maximum number of observations that are scored together
 * @param maxWait maximum time that an observation waits for others
 * @param cached cameras that a subtask keeps in its cache
 * @param evictAfter a camera's state is deleted after this time without an observation
 */
public record AnomalySettings(
        Map<ModelKind, Double> budgets,
        AlertPolicy policy,
        ServedModels.Factory servedModels,
        int batch,
        Duration maxWait,
        int cached,
        Duration evictAfter)
        implements Serializable {

    /** The same with other served models. */
    public AnomalySettings with(ServedModels.Factory other) {
        return new AnomalySettings(budgets, policy, other, batch, maxWait, cached, evictAfter);
    }

    /** Whether this model kind is enabled. */
    public boolean isEnabled(ModelKind kind) {
        return budgets.containsKey(kind);
    }
}
