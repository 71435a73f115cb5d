package io.atalaya.videoanalytics.anomaly;

import java.util.List;

/**
 * What one camera has learned for one model kind.
 *
 * @param byVersion the versions used last, most recent first; at most {@link #MAX_STATES}
 */
record LearnedStates(List<LearnedState> byVersion) {
    /** The active version, and its shadow or predecessor. */
    static final int MAX_STATES = 2;

    /**
     * What one camera has learned for one version of a model. It is useless to another version,
     * whose embedding of the tracks may differ.
     *
     * @param version of the model
     * @param learned as written by {@link CameraAnomalyModel#toBytes}
     */
    record LearnedState(String version, byte[] learned) {}
}
