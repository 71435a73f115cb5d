package io.atalaya.simulator.camera;

import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** An episode in progress for the ground truth. Times are epoch ms. */
final class OngoingEpisode {
    /** Enough ids to identify it. */
    private static final int MAX_IDS = 100;

    private final EpisodeKind episode;
    private final String deviceId;
    private long start = -1;
    private long end = -1;
    private final Set<String> trackIds = new LinkedHashSet<>();

    OngoingEpisode(EpisodeKind episode, String deviceId) {
        this.episode = episode;
        this.deviceId = deviceId;
    }

    void name(String trackId) {
        if (trackIds.size() < MAX_IDS) {
            trackIds.add(trackId);
        }
    }

    /** Extends the episode to a time at which its participants are visible. */
    void extendTo(long time) {
        if (start < 0) {
            start = time;
        }
        end = Math.max(end, time);
    }

    /** Whether it was never visible. */
    boolean isNothing() {
        return start < 0;
    }

    CameraEpisode toTruth() {
        return new CameraEpisode(
                episode.type(), episode.kind(), deviceId, start, end, new ArrayList<>(trackIds));
    }
}
