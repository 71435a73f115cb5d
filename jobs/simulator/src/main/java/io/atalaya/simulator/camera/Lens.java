package io.atalaya.simulator.camera;

/**
 * Projection of the ground to the frame: a pinhole camera that looks down a little.
 *
 * @param height height of the camera over the ground, metres
 * @param horizon position of the horizon in frame heights from the top
 * @param zoom focal length in frame heights
 * @param pan shift of the frame to the left, in frame widths
 */
record Lens(double height, double horizon, double zoom, double pan) {
    static final double ASPECT = 16.0 / 9;

    /** Minimum distance in metres; a nearer object is below the camera. */
    private static final double MIN_DISTANCE = 4;

    /** The lens after the camera was knocked. */
    Lens turned(double aside, double down) {
        return new Lens(height, horizon + down, zoom, pan + aside);
    }

    /**
     * The object's box in fractions of the frame, which may lie outside it; null if it is below the
     * camera.
     */
    double[] box(SceneObject object) {
        if (object.z() < MIN_DISTANCE) {
            return null;
        }
        ObjectType type = object.type();
        double scale = zoom / object.z();
        // A crossing vehicle shows its side, an approaching one its front.
        double across =
                type.width() * Math.abs(object.headingZ())
                        + type.length() * Math.abs(object.headingX());
        double half = scale * across / ASPECT / 2;
        double middle = across(object.x(), object.z());
        double bottom = horizon + scale * height;
        return new double[] {middle - half, bottom - scale * type.height(), middle + half, bottom};
    }

    /** Vertical position of the ground in frame heights. */
    double down(double z) {
        return horizon + zoom * height / z;
    }

    /** Horizontal position of a place in frame widths. */
    double across(double x, double z) {
        return 0.5 + zoom * x / z / ASPECT - pan;
    }

    /** Whether a person at that place is well within the frame and large enough to be tracked. */
    boolean showsWell(double x, double z) {
        double middle = across(x, z);
        double bottom = down(z);
        return z > MIN_DISTANCE
                && middle > 0.12
                && middle < 0.88
                && bottom < 0.92
                && zoom * ObjectType.PERSON.height() / z > 0.05;
    }
}
