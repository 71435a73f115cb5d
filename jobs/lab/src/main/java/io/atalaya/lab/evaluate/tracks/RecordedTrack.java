package io.atalaya.lab.evaluate.tracks;

import io.atalaya.anomaly.trajectory.Trajectory;

/**
 * A track of a recording.
 *
 * @param unusual its label; null if it has none
 */
record RecordedTrack(String sceneId, String trackId, Trajectory way, Boolean unusual) {
    /** Time of the first point. */
    double begin() {
        return way.t()[0];
    }

    /** Time of the last point, at which it can be scored. */
    double end() {
        return way.t()[way.size() - 1];
    }
}
