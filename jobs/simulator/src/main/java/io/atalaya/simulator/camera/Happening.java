package io.atalaya.simulator.camera;

import io.atalaya.simulator.truth.GroundTruth.CameraAnomaly;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** Something that the truth will name, while it goes on. Times are epoch ms. */
final class Happening {
    /** Enough to know it by. */
    private static final int MAX_IDS = 100;

    private final CameraEpisode incident;
    private final String deviceId;
    private long start = -1;
    private long end = -1;
    private final Set<String> trackIds = new LinkedHashSet<>();

    Happening(CameraEpisode incident, String deviceId) {
        this.incident = incident;
        this.deviceId = deviceId;
    }

    void name(String trackId) {
        if (trackIds.size() < MAX_IDS) {
            trackIds.add(trackId);
        }
    }

    /** Those who take part are in the picture. */
    void seen(long time) {
        if (start < 0) {
            start = time;
        }
        end = Math.max(end, time);
    }

    /** It never came to be seen. */
    boolean isNothing() {
        return start < 0;
    }

    CameraAnomaly anomaly() {
        return new CameraAnomaly(
                incident.type(), incident.kind(), deviceId, start, end, new ArrayList<>(trackIds));
    }
}
