package io.atalaya.simulator.camera;

import io.atalaya.contracts.alert.AlertType;

/** Episodes at a camera, or of the camera itself, that require an alert. */
enum EpisodeKind {
    STOPPED_VEHICLE(AlertType.STOPPED_VEHICLE, SiteRequirement.ROAD, 50, 100, 300),
    WRONG_WAY(AlertType.WRONG_WAY, SiteRequirement.ROAD, 25, 25, 25),
    CROWD(AlertType.CROWD, SiteRequirement.NOTHING, 45, 130, 280),
    CAMERA_SILENT(AlertType.CAMERA_SILENT, SiteRequirement.NOTHING, 35, 60, 400),
    LOITERING(AlertType.LOITERING, SiteRequirement.NOTHING, 150, 240, 420),
    CAMERA_FROZEN(AlertType.CAMERA_FROZEN, SiteRequirement.NOTHING, 25, 45, 240),
    CONGESTION(AlertType.CONGESTION, SiteRequirement.ROAD, 120, 240, 450),
    ABANDONED_OBJECT(AlertType.ABANDONED_OBJECT, SiteRequirement.NOTHING, 150, 180, 360),
    /** Planned last, because it does not end. */
    CAMERA_MOVED(AlertType.CAMERA_MOVED, SiteRequirement.NOTHING, 0, 0, 0),

    ZONE_INTRUSION(AlertType.ZONE_INTRUSION, SiteRequirement.AREA, 40, 15, 40),
    LINE_CROSSING(AlertType.LINE_CROSSING, SiteRequirement.FENCE, 40, 15, 40),

    U_TURN(AlertType.UNUSUAL_TRAJECTORY, "u-turn", SiteRequirement.ROAD, 45, 45, 45),
    ERRATIC_DRIVING(
            AlertType.UNUSUAL_TRAJECTORY, "erratic-driving", SiteRequirement.ROAD, 30, 30, 30),
    OFF_ROAD(AlertType.UNUSUAL_TRAJECTORY, "off-road", SiteRequirement.NOTHING, 45, 45, 45),
    EMPTIED_STREET(
            AlertType.UNUSUAL_ACTIVITY, "emptied-street", SiteRequirement.TRAFFIC, 420, 480, 1_200);

    /** Requirement on the site. */
    enum SiteRequirement {
        NOTHING,
        ROAD,
        /** Enough traffic that its absence is noticeable. */
        TRAFFIC,
        /** A restricted zone. */
        AREA,
        /** A line that must not be crossed. */
        FENCE
    }

    private final AlertType type;
    private final String kind;
    private final SiteRequirement needs;
    private final int minSeconds;
    private final int shortest;
    private final int longest;

    EpisodeKind(
            AlertType type,
            SiteRequirement needs,
            int minSeconds,
            int shortestSeconds,
            int longest) {
        this(type, null, needs, minSeconds, shortestSeconds, longest);
    }

    EpisodeKind(
            AlertType type,
            String kind,
            SiteRequirement needs,
            int minSeconds,
            int shortestSeconds,
            int longestSeconds) {
        this.type = type;
        this.kind = kind;
        this.needs = needs;
        this.minSeconds = minSeconds;
        this.shortest = shortestSeconds;
        this.longest = longestSeconds;
    }

    String type() {
        return type.wireName();
    }

    /** The kind of an unusual-* episode; null for other types. */
    String kind() {
        return kind;
    }

    SiteRequirement needs() {
        return needs;
    }

    /** Whether it needs vehicles. */
    boolean isOnRoad() {
        return needs == SiteRequirement.ROAD || needs == SiteRequirement.TRAFFIC;
    }

    /**
     * Latest start before the end of the film in ms, because the episode needs time to be visible
     * and to raise an alert; in a film of a minute it starts before any other.
     */
    long leadMillis() {
        return switch (this) {
            // A vehicle has to come, to brake, and to stand longer than typical.
            case STOPPED_VEHICLE -> 90_000;
            // People have to come, and to stand together for a while.
            case CROWD -> 75_000;
            default -> 0;
        };
    }

    /** Minimum duration before the end of the film; a shorter episode is not detectable. */
    long minMillis() {
        return minSeconds * 1000L;
    }

    long minDurationMillis() {
        return shortest * 1000L;
    }

    long maxDurationMillis() {
        return longest * 1000L;
    }
}
