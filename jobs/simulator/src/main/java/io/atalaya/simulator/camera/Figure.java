package io.atalaya.simulator.camera;

import java.util.ArrayList;
import java.util.List;

/** Something before a camera: where it is, and what the tracker makes of it. */
final class Figure {
    /** Enough to know it by. */
    private static final int MAX_IDS = 50;

    private final Body body;
    private double x;
    private double z;
    private double headingX;
    private double headingZ = 1;

    /** What it takes part in, or null. */
    private Happening happening;

    /** Whether it goes on for as long as this is seen; else others know when. */
    private boolean tells;

    private String trackId;
    private final List<String> trackIds = new ArrayList<>(1);
    private long lostUntil;
    private long losesAt;
    private long firstSeen = -1;
    private long lastSeen;

    Figure(Body body) {
        this.body = body;
    }

    void place(double newX, double newZ, double newHeadingX, double newHeadingZ) {
        x = newX;
        z = newZ;
        headingX = newHeadingX;
        headingZ = newHeadingZ;
    }

    /** From the first to the last sighting it is what happens. */
    void isWhatHappens(Happening in) {
        takePart(in);
        tells = true;
    }

    /** It is one of those who take part in what happens; null: no longer. */
    void takePart(Happening in) {
        happening = in;
        tells = false;
    }

    Body body() {
        return body;
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

    Happening happening() {
        return happening;
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

    /** The tracker names it. */
    void named(String id) {
        trackId = id;
        if (trackIds.size() < MAX_IDS) {
            trackIds.add(id);
        }
    }

    /** All that it had, the first first. */
    List<String> trackIds() {
        return trackIds;
    }

    /** The tracker loses it for a moment, and will again. */
    void lost(long until, long next) {
        lostUntil = until;
        losesAt = next;
    }

    void seen(long time) {
        if (firstSeen < 0) {
            firstSeen = time;
        }
        lastSeen = time;
        if (happening != null) {
            happening.name(trackId);
            if (tells) {
                happening.seen(time);
            }
        }
    }

    /** Epoch ms; -1: never. */
    long firstSeen() {
        return firstSeen;
    }

    long lastSeen() {
        return lastSeen;
    }
}
