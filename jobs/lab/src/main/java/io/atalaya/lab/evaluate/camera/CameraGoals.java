package io.atalaya.lab.evaluate.camera;

import java.util.Map;

/** Goals for camera alerts. */
final class CameraGoals {
    static final double FOUND = 0.95;
    static final double ALERTS_PER_INCIDENT = 1.1;
    static final double FALSE_PER_CAMERA_HOUR = 0.1;

    /** Median time from the start of the episode to the first alert, in seconds. */
    static final Map<String, Integer> DELAY_SECONDS =
            Map.of(
                    "stopped-vehicle", 60,
                    "wrong-way", 10,
                    "congestion", 120,
                    "loitering", 180,
                    "crowd", 60,
                    "abandoned-object", 120,
                    "camera-silent", 30,
                    "camera-frozen", 30,
                    "camera-moved", 300);

    private CameraGoals() {}
}
