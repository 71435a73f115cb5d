package io.atalaya.contracts.camera;

import io.atalaya.contracts.json.Field;

/**
 * One object in a frame. Its box is in fractions of the image, with the origin at the top left.
 * Values outside 0..1 are kept, because they reveal a source that sends other units.
 *
 * @param trackId the tracker's id for the object; trackers change ids and reuse them. Ids are
 *     state, so longer ones are cut to {@link #MAX_ID_BYTES}
 * @param type as the source names it, for example Car or Human; {@link #UNKNOWN} while it has none
 * @param confidence 0..1
 * @param x the left edge
 * @param y the upper edge
 * @param width 0 or more
 * @param height 0 or more
 * @param isIdle whether the object is stationary and the source may leave it out of frames until it
 *     moves
 */
public record DetectedObject(
        String trackId,
        String type,
        double confidence,
        double x,
        double y,
        double width,
        double height,
        boolean isIdle) {
    /** The type of an object that the source tracks but has not classified. */
    public static final String UNKNOWN = "Unknown";

    /** The maximum length of an id in UTF-8. */
    public static final int MAX_ID_BYTES = 64;

    /**
     * @throws IllegalArgumentException naming the number that is not finite
     */
    public DetectedObject {
        trackId = cut(trackId);
        // One check for nearly all objects, because they are the most frequent of all records.
        if (!Double.isFinite(confidence + x + y + width + height)) {
            Field.finite("confidence", confidence);
            Field.finite("x", x);
            Field.finite("y", y);
            Field.finite("width", width);
            Field.finite("height", height);
        }
    }

    /** An object that the source includes in every frame while it is present. */
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

    /** The length of an id in UTF-8, in bytes. */
    public static int bytes(String name) {
        int bytes = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            // Two bytes per half of a surrogate pair, which takes four.
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
