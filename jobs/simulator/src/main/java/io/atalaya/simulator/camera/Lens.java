package io.atalaya.simulator.camera;

/**
 * How the ground before a camera becomes a picture: a pinhole that looks down a little.
 *
 * @param height of the camera over the ground, metres
 * @param horizon where the horizon is, in picture heights from the top
 * @param zoom focal length in picture heights
 * @param pan how far the picture is shifted to the left, in its widths
 */
record Lens(double height, double horizon, double zoom, double pan) {
    static final double ASPECT = 16.0 / 9;

    /** Nearer than this a thing is under the camera. */
    private static final double NEAREST = 4;

    /** As if somebody had knocked against the camera. */
    Lens turned(double aside, double down) {
        return new Lens(height, horizon + down, zoom, pan + aside);
    }

    /** The figure's box in fractions of the picture, also where it is outside; null: under it. */
    double[] box(Figure figure) {
        if (figure.z() < NEAREST) {
            return null;
        }
        Body body = figure.body();
        double scale = zoom / figure.z();
        // A car that crosses shows its side, one that comes its front.
        double across =
                body.width() * Math.abs(figure.headingZ())
                        + body.length() * Math.abs(figure.headingX());
        double half = scale * across / ASPECT / 2;
        double middle = across(figure.x(), figure.z());
        double bottom = horizon + scale * height;
        return new double[] {middle - half, bottom - scale * body.height(), middle + half, bottom};
    }

    /** How far down in the picture the ground is, in its heights. */
    double down(double z) {
        return horizon + zoom * height / z;
    }

    /** How far across the picture a place is, in its widths. */
    double across(double x, double z) {
        return 0.5 + zoom * x / z / ASPECT - pan;
    }

    /** Whether who stands there is well in the picture and large enough to be followed. */
    boolean showsWell(double x, double z) {
        double middle = across(x, z);
        double bottom = down(z);
        return z > NEAREST
                && middle > 0.12
                && middle < 0.88
                && bottom < 0.92
                && zoom * Body.PERSON.height() / z > 0.05;
    }
}
