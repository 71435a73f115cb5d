package io.atalaya.videoanalytics.anomaly;

/**
 * An observation and those who judge it.
 *
 * @param active decides
 * @param shadow is only compared, or null
 */
record Question(Observation observation, JudgedCamera camera, Opinion active, Opinion shadow) {
    boolean isOf(ModelKind kind) {
        return observation.kind() == kind;
    }
}
