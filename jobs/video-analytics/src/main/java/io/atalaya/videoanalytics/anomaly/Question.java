package io.atalaya.videoanalytics.anomaly;

/**
 * An observation and those who judge it.
 *
 * @param camera or null where it was not asked yet
 * @param active decides, or null where it was not asked yet
 * @param shadow is only compared, or null
 */
record Question(Observation observation, JudgedCamera camera, Opinion active, Opinion shadow) {
    /** To be asked when it is judged. */
    static Question later(Observation observation) {
        return new Question(observation, null, null, null);
    }

    boolean isOf(ModelKind kind) {
        return observation.kind() == kind;
    }
}
