package io.atalaya.simulator.camera;

import java.util.ArrayList;
import java.util.List;

/** An object in view: its place and its track. */
final class SceneObject {
    /** Enough ids to identify it. */
    private static final int MAX_IDS = 50;

    private final ObjectType type;
    private double x;
    private double z;
    private double headingX;
    private double headingZ = 1;

    /** The episode that it takes part in, or null. */
    private OngoingEpisode episode;

    /**
     * Whether the episode lasts as long as this object is detected; otherwise its times come from
     * elsewhere.
     */
    private boolean isReported;

    private String trackId;
    private final List<String> trackIds = new ArrayList<>(1);
    private long lostUntil;
    private long losesAt;
    private long firstSeen = -1;
    private long lastSeen;

    SceneObject(ObjectType type) {
        this.type = type;
    }

    void place(double newX, double newZ, double newHeadingX, double newHeadingZ) {
        x = newX;
        z = newZ;
        headingX = newHeadingX;
        headingZ = newHeadingZ;
    }

    /** Makes the episode last from the first to the last detection of this object. */
    void defines(OngoingEpisode in) {
        takePart(in);
        isReported = true;
    }

    /** Makes the object take part in an episode; null ends that. */
    void takePart(OngoingEpisode in) {
        episode = in;
        isReported = false;
    }

    ObjectType type() {
        return type;
    }

    double x() {
        return x;
    }

    double z() {
        return z;
    }

    double headingX() {
        return headingX;
    }

    double headingZ() {
        return headingZ;
    }

    OngoingEpisode episode() {
        return episode;
    }

    String trackId() {
        return trackId;
    }

    long lostUntil() {
        return lostUntil;
    }

    long losesAt() {
        return losesAt;
    }

    /** Sets the tracker's new id. */
    void setId(String id) {
        trackId = id;
        if (trackIds.size() < MAX_IDS) {
            trackIds.add(id);
        }
    }

    /** All ids so far, the oldest first. */
    List<String> trackIds() {
        return trackIds;
    }

    /** Sets until when the tracker has lost it, and when it loses it next. */
    void lost(long until, long next) {
        lostUntil = until;
        losesAt = next;
    }

    void onVisible(long time) {
        if (firstSeen < 0) {
            firstSeen = time;
        }
        lastSeen = time;
        if (episode != null) {
            episode.name(trackId);
            if (isReported) {
                episode.extendTo(time);
            }
        }
    }

    /** Epoch ms; -1 if never detected. */
    long firstSeen() {
        return firstSeen;
    }

    long lastSeen() {
        return lastSeen;
    }
}
