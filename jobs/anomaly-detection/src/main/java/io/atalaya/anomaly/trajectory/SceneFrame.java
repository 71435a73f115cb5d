package io.atalaya.anomaly.trajectory;

import io.atalaya.contracts.json.Field;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.Function;

/**
 * Position and extent of a scene in the plane; scales coordinates of any unit to about -1..1.
 *
 * @param centreX in the unit of the tracks
 * @param centreY the same
 * @param halfWidth the same, above 0
 * @param halfHeight the same, above 0
 */
public record SceneFrame(double centreX, double centreY, double halfWidth, double halfHeight) {
    /** A whole image, for tracks in fractions of it. */
    public static final SceneFrame WHOLE_FRAME = new SceneFrame(0.5, 0.5, 0.5, 0.5);

    private static final double LOW = 0.01;
    private static final double HIGH = 0.99;

    /**
     * Minimum ratio of the sides, so that a scene of one straight road is not stretched to a
     * square.
     */
    private static final double SLIMMEST = 0.25;

    private static final double MIN_HALF_EXTENT = 1e-12;

    /** Coordinates are clipped to this distance from the centre, in half extents. */
    private static final double MAX_POSITION = 1_000;

    /**
     * @throws IllegalArgumentException if a number is not finite, or a half extent is not above 0
     */
    public SceneFrame {
        Field.finite("centreX", centreX);
        Field.finite("centreY", centreY);
        Field.finite("halfWidth", halfWidth);
        Field.finite("halfHeight", halfHeight);
        if (!(halfWidth > 0) || !(halfHeight > 0)) {
            throw new IllegalArgumentException(
                    "half extent: got %s by %s, expected both above 0"
                            .formatted(halfWidth, halfHeight));
        }
    }

    /** The frame that holds the middle 98 % of the points in each direction. */
    public static SceneFrame of(Collection<Trajectory> tracks) {
        if (tracks.isEmpty()) {
            throw new IllegalArgumentException("tracks: got none, expected one or more");
        }
        double[] x = sorted(tracks, Trajectory::x);
        double[] y = sorted(tracks, Trajectory::y);
        double halfWidth = (Quantiles.of(x, HIGH) - Quantiles.of(x, LOW)) / 2;
        double halfHeight = (Quantiles.of(y, HIGH) - Quantiles.of(y, LOW)) / 2;
        double least = Math.max(MIN_HALF_EXTENT, SLIMMEST * Math.max(halfWidth, halfHeight));
        return new SceneFrame(
                (Quantiles.of(x, HIGH) + Quantiles.of(x, LOW)) / 2,
                (Quantiles.of(y, HIGH) + Quantiles.of(y, LOW)) / 2,
                Math.max(halfWidth, least),
                Math.max(halfHeight, least));
    }

    double x(double x) {
        return bounded((x - centreX) / halfWidth);
    }

    double y(double y) {
        return bounded((y - centreY) / halfHeight);
    }

    private static double bounded(double place) {
        return Math.max(-MAX_POSITION, Math.min(MAX_POSITION, place));
    }

    private static double[] sorted(
            Collection<Trajectory> tracks, Function<Trajectory, double[]> axis) {
        double[] all =
                tracks.stream()
                        .map(axis)
                        .map(Arrays::stream)
                        .flatMapToDouble(values -> values)
                        .toArray();
        Arrays.sort(all);
        return all;
    }
}
