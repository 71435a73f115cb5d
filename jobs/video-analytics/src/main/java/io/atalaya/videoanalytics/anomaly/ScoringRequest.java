package io.atalaya.videoanalytics.anomaly;

/**
 * An observation with the model runs that score it.
 *
 * @param camera null if the request is not submitted yet
 * @param active run that decides, or null if the request is not submitted yet
 * @param shadow run that is only compared, or null
 */
record ScoringRequest(
        Observation observation, CameraModels camera, ModelRun active, ModelRun shadow) {
    /** A request that is submitted when it is scored. */
    static ScoringRequest later(Observation observation) {
        return new ScoringRequest(observation, null, null, null);
    }

    boolean isOf(ModelKind kind) {
        return observation.kind() == kind;
    }
}
