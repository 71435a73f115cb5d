package io.atalaya.videoanalytics.scene;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Mapping of the image to the ground, learned from vehicles and people, because a person is about
 * as tall as a vehicle is large. On level ground, apparent size grows linearly with the vertical
 * position in the image. This converts an image distance into a ground distance in vehicle sizes
 * that is the same near and far. If the camera looks straight down, or sizes do not depend on
 * position, every place has the same scale.
 */
public final class GroundPlane {
    private static final float MEMORY = 2_000;
    private static final int ENOUGH = 60;

    /** Assumed focal length in image heights, between a wide and a normal lens. */
    private static final float FOCAL_LENGTH = 1.2f;

    private final float middle;
    private double n;
    private double meanY;
    private double meanSize;
    private double varianceY;
    private double covariance;

    /**
     * @param aspect image width over height
     */
    public GroundPlane(float aspect) {
        middle = aspect / 2;
    }

    /** Learns the size of a vehicle or person at this vertical position, in image heights. */
    public void learn(float y, float size) {
        n = Math.min(n + 1, MEMORY);
        double share = 1 / n;
        double dy = y - meanY;
        double ds = size - meanSize;
        meanY += share * dy;
        meanSize += share * ds;
        varianceY = (1 - share) * (varianceY + share * dy * dy);
        covariance = (1 - share) * (covariance + share * dy * ds);
    }

    /** Whether enough sizes are known, at least 60. */
    public boolean isKnown() {
        return n >= ENOUGH;
    }

    private double slope() {
        return varianceY < 1e-5 ? 0 : Math.max(0, covariance / varianceY);
    }

    /** Apparent size of a vehicle at this position, in image heights. */
    private float sizeAt(float y, double slope) {
        double size = meanSize + slope * (y - meanY);
        return (float) Math.max(size, 0.1 * meanSize + 1e-4);
    }

    /**
     * Ground distance to the right of a short image distance, in vehicle sizes. A vehicle that
     * drives straight away from the camera moves towards the vanishing point in the image, but
     * neither right nor left on the ground.
     */
    private float across(float x, float dx, float dy, float size, double slope) {
        return (float) (dx / size - (x - middle) * slope * dy / (size * size));
    }

    /** Ground distance towards the camera, in vehicle sizes. */
    private static float along(float dy, float size, double slope) {
        return (float) (dy / size * Math.max(1, FOCAL_LENGTH * slope / size));
    }

    /** Ground length of a short image distance, in vehicle sizes. */
    public float length(float x, float y, float dx, float dy) {
        double slope = slope();
        float size = sizeAt(y, slope);
        float across = across(x, dx, dy, size, slope);
        float along = along(dy, size, slope);
        return (float) Math.sqrt(across * across + along * along);
    }

    /**
     * Direction on the ground, in eighths of the circle as {@link SceneGrid#direction}. On the
     * ground a straight road has one direction, in the image it has many.
     */
    public float direction(float x, float y, float dx, float dy) {
        double slope = slope();
        float size = sizeAt(y, slope);
        return SceneGrid.direction(across(x, dx, dy, size, slope), along(dy, size, slope));
    }

    public void write(DataOutput out) throws IOException {
        out.writeDouble(n);
        out.writeDouble(meanY);
        out.writeDouble(meanSize);
        out.writeDouble(varianceY);
        out.writeDouble(covariance);
    }

    public static GroundPlane read(float aspect, DataInput in) throws IOException {
        GroundPlane groundPlane = new GroundPlane(aspect);
        groundPlane.n = in.readDouble();
        groundPlane.meanY = in.readDouble();
        groundPlane.meanSize = in.readDouble();
        groundPlane.varianceY = in.readDouble();
        groundPlane.covariance = in.readDouble();
        return groundPlane;
    }
}
