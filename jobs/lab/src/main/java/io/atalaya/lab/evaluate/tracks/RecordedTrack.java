package io.atalaya.lab.evaluate.tracks;

import io.atalaya.anomaly.trajectory.Trajectory;

/**
 * A track of a recording.
 *
 * @param unusual what its label says; null where it has none
 */
record RecordedTrack(String sceneId, String trackId, Trajectory way, Boolean unusual) {
    /** When it was seen first. */
    double begin() {
        return way.t()[0];
    }

    /** When it was seen last, and so can be judged. */
    double end() {
        return way.t()[way.size() - 1];
    }
}
