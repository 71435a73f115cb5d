package io.atalaya.videoanalytics.scene;

import java.io.Serializable;

/**
 * When a scene is known well enough to detect anomalies. Times are in ms of observed time.
 *
 * @param busyWarmUp warm-up of a busy camera
 * @param busyTracks tracks from which a camera is busy
 * @param warmUp warm-up of any other camera
 * @param tracks minimum number of tracks of any other camera
 * @param halfLife half-life of what was learned, ms of device time
 * @param sceneryStay typical stay from which stationary objects are a fixed part of the scene
 */
public record SceneSettings(
        long busyWarmUp, int busyTracks, long warmUp, int tracks, long halfLife, long sceneryStay)
        implements Serializable {

    public static final SceneSettings DEFAULT =
            new SceneSettings(10 * 60_000, 300, 20 * 60_000, 15, 4L * 24 * 3_600_000, 600_000);
}
