package io.atalaya.videoanalytics.anomaly;

/**
 * An observation and those who judge it.
 *
 * @param camera or null where it was not asked yet
 * @param active decides, or null where it was not asked yet
 * @param shadow is only compared, or null
 */
record ScoringRequest(
        Observation observation, CameraModels camera, ModelRun active, ModelRun shadow) {
    /** To be asked when it is judged. */
    static ScoringRequest later(Observation observation) {
        return new ScoringRequest(observation, null, null, null);
    }

    boolean isOf(ModelKind kind) {
        return observation.kind() == kind;
    }
}
