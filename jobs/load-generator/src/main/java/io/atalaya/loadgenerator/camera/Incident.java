package io.atalaya.loadgenerator.camera;

import io.atalaya.alert.AlertType;

/** What can happen before a camera, or to it, that people are to be told of. */
enum Incident {
    STOPPED_VEHICLE(AlertType.STOPPED_VEHICLE, true, 50, 100, 300),
    WRONG_WAY(AlertType.WRONG_WAY, true, 25, 25, 25),
    CROWD(AlertType.CROWD, false, 45, 130, 280),
    CAMERA_SILENT(AlertType.CAMERA_SILENT, false, 35, 60, 400),
    LOITERING(AlertType.LOITERING, false, 150, 240, 420),
    CAMERA_FROZEN(AlertType.CAMERA_FROZEN, false, 25, 45, 240),
    CONGESTION(AlertType.CONGESTION, true, 120, 240, 450),
    ABANDONED_OBJECT(AlertType.ABANDONED_OBJECT, false, 150, 180, 360),
    /** Lasts for ever, so it comes last. */
    CAMERA_MOVED(AlertType.CAMERA_MOVED, false, 0, 0, 0);

    private final AlertType type;
    private final boolean onRoad;
    private final int least;
    private final int shortest;
    private final int longest;

    Incident(
            AlertType type,
            boolean onRoad,
            int leastSeconds,
            int shortestSeconds,
            int longestSeconds) {
        this.type = type;
        this.onRoad = onRoad;
        this.least = leastSeconds;
        this.shortest = shortestSeconds;
        this.longest = longestSeconds;
    }

    String type() {
        return type.wireName();
    }

    /** Whether it takes vehicles. */
    boolean isOnRoad() {
        return onRoad;
    }

    /** Cut shorter than this by the end of what is filmed, nobody could tell. */
    long leastMillis() {
        return least * 1000L;
    }

    long shortestMillis() {
        return shortest * 1000L;
    }

    long longestMillis() {
        return longest * 1000L;
    }
}
