package io.atalaya.videoanalytics.anomaly;

import java.util.List;

/**
 * What one camera has learned for one kind of model.
 *
 * @param byVersion the versions that were asked last, the latest first; at most {@link #MOST}
 */
record LearnedStates(List<LearnedState> byVersion) {
    /** The active version, and the one beside it or before it. */
    static final int MOST = 2;
}
