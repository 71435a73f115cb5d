package io.atalaya.videoanalytics.scene;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How the picture lies on the ground, learned from vehicles and people, who are about as tall as
 * cars are large: things look the smaller the higher up in the picture they stand, on level ground
 * in proportion. With that, a way in the picture becomes a way on the ground in vehicle sizes,
 * alike near and far. Seen from straight above, or where sizes say nothing, every place counts the
 * same.
 */
public final class GroundPlane {
    private static final float MEMORY = 2_000;
    private static final int ENOUGH = 60;

    /** Focal length in picture heights: between a wide and a normal lens. */
    private static final float FOCAL_LENGTH = 1.2f;

    private final float middle;
    private double n;
    private double meanY;
    private double meanSize;
    private double varianceY;
    private double covariance;

    /**
     * @param aspect the picture's width over its height
     */
    public GroundPlane(float aspect) {
        middle = aspect / 2;
    }

    /** A vehicle or a person of that size stood at that height of the picture. */
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

    /** Whether enough was seen to say anything. */
    public boolean isKnown() {
        return n >= ENOUGH;
    }

    private double slope() {
        return varianceY < 1e-5 ? 0 : Math.max(0, covariance / varianceY);
    }

    /** How large a vehicle looks there, in picture heights. */
    private float sizeAt(float y, double slope) {
        double size = meanSize + slope * (y - meanY);
        return (float) Math.max(size, 0.1 * meanSize + 1e-4);
    }

    /**
     * How far a short way in the picture goes to the right on the ground, in vehicle sizes. What
     * drives straight away from the camera goes towards the vanishing point in the picture, and
     * neither right nor left on the ground.
     */
    private float across(float x, float dx, float dy, float size, double slope) {
        return (float) (dx / size - (x - middle) * slope * dy / (size * size));
    }

    /** How far it goes towards the camera, in vehicle sizes. */
    private static float along(float dy, float size, double slope) {
        return (float) (dy / size * Math.max(1, FOCAL_LENGTH * slope / size));
    }

    /** How long a short way in the picture is on the ground, in vehicle sizes. */
    public float length(float x, float y, float dx, float dy) {
        double slope = slope();
        float size = sizeAt(y, slope);
        float across = across(x, dx, dy, size, slope);
        float along = along(dy, size, slope);
        return (float) Math.sqrt(across * across + along * along);
    }

    /**
     * Where it goes on the ground, in eighths of the circle as {@link SceneGrid#direction}: there a
     * road has one direction, and not as many as the picture shows.
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
