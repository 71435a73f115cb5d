package io.atalaya.camera;

/**
 * One object in a frame. Its box is in fractions of the picture, the origin at the top left; a
 * source that sends something else is noticed by its boxes, so values outside 0..1 are kept.
 *
 * @param trackId the tracker's name for it; trackers rename things and use names again
 * @param type as the source says it, for example Car or Human
 * @param confidence 0..1
 * @param x the left edge
 * @param y the upper edge
 * @param width not negative
 * @param height not negative
 */
public record DetectedObject(
        String trackId,
        String type,
        double confidence,
        double x,
        double y,
        double width,
        double height) {}
