package io.atalaya.videoanalytics.anomaly;

import java.util.List;

/**
 * What one camera has learned for one model kind.
 *
 * @param byVersion the versions used last, most recent first; at most {@link #MOST}
 */
record LearnedStates(List<LearnedState> byVersion) {
    /** The active version, and its shadow or predecessor. */
    static final int MOST = 2;
}
