package io.atalaya.videoanalytics.anomaly;

import io.atalaya.videoanalytics.episode.AlertPolicy;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/**
 * How cameras are judged by models, the same for all.
 *
 * @param budgets alerts per camera and day, by each kind of model that is asked at all
 * @param policy how urgent alerts are
 * @param servedModels that are asked
 * @param batch observations that are judged together at most
 * @param maxWait of an observation for others
 * @param cached cameras that a subtask keeps at hand
 * @param forgetAfter a camera of which nothing was observed for so long is forgotten
 */
public record AnomalySettings(
        Map<ModelKind, Double> budgets,
        AlertPolicy policy,
        ServedModelFactory servedModels,
        int batch,
        Duration maxWait,
        int cached,
        Duration forgetAfter)
        implements Serializable {

    /** The same with other networks. */
    public AnomalySettings with(ServedModelFactory other) {
        return new AnomalySettings(budgets, policy, other, batch, maxWait, cached, forgetAfter);
    }

    /** Whether anybody is to hear of what such a model finds. */
    public boolean isAsked(ModelKind kind) {
        return budgets.containsKey(kind);
    }
}
