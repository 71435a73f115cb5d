package io.atalaya.contracts.camera;

import io.atalaya.contracts.json.Field;

/**
 * One object in a frame. Its box is in fractions of the picture, the origin at the top left; a
 * source that sends something else is noticed by its boxes, so values outside 0..1 are kept.
 *
 * @param trackId the tracker's name for it; trackers rename things and use names again. Names are
 *     state: of a longer one, {@link #MAX_ID_BYTES} are kept
 * @param type as the source says it, for example Car or Human; {@link #UNKNOWN} while it does not
 * @param confidence 0..1
 * @param x the left edge
 * @param y the upper edge
 * @param width not negative
 * @param height not negative
 * @param idle it stands still, and the source may leave it out of frames until it moves
 */
public record DetectedObject(
        String trackId,
        String type,
        double confidence,
        double x,
        double y,
        double width,
        double height,
        boolean idle) {
    /** The type of what a source follows before it knows what it is. */
    public static final String UNKNOWN = "Unknown";

    /** In UTF-8. */
    public static final int MAX_ID_BYTES = 64;

    /**
     * @throws IllegalArgumentException naming the number that is not finite
     */
    public DetectedObject {
        trackId = cut(trackId);
        // One check for all but the rarest: objects are the most frequent of all records.
        if (!Double.isFinite(confidence + x + y + width + height)) {
            Field.finite("confidence", confidence);
            Field.finite("x", x);
            Field.finite("y", y);
            Field.finite("width", width);
            Field.finite("height", height);
        }
    }

    /** An object that is in every frame for as long as it is there. */
    public DetectedObject(
            String trackId,
            String type,
            double confidence,
            double x,
            double y,
            double width,
            double height) {
        this(trackId, type, confidence, x, y, width, height, false);
    }

    /** How long a name is in UTF-8. */
    public static int bytes(String name) {
        int bytes = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            // Half of a pair that takes four.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    static String cut(String name) {
        if (name.length() <= MAX_ID_BYTES / 3 || bytes(name) <= MAX_ID_BYTES) {
            return name;
        }
        int end = name.length();
        while (bytes(name.substring(0, end)) > MAX_ID_BYTES) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end);
    }
}
