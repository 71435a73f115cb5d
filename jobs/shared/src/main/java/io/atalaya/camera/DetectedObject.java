package io.atalaya.camera;

/**
 * One object in a frame. Its box is in fractions of the picture, the origin at the top left; a
 * source that sends something else is noticed by its boxes, so values outside 0..1 are kept.
 *
 * @param trackId the tracker's name for it; trackers rename things and use names again
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
}
