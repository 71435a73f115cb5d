package io.atalaya.videoanalytics.scene;

import java.io.Serializable;

/**
 * When a scene is known well enough to judge by. Times are in ms on the live clock.
 *
 * @param busyWarmUp until a busy camera may speak
 * @param busyTracks things seen that make a camera a busy one
 * @param warmUp until any other camera may speak
 * @param tracks things that must have been seen even so
 * @param halfLife after which what was learned counts half, event time
 * @param sceneryStay where things stand so long, they belong to the scene
 */
public record SceneSettings(
        long busyWarmUp, int busyTracks, long warmUp, int tracks, long halfLife, long sceneryStay)
        implements Serializable {

    public static final SceneSettings DEFAULT =
            new SceneSettings(10 * 60_000, 300, 20 * 60_000, 15, 4L * 24 * 3_600_000, 600_000);
}
