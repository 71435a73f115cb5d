package io.atalaya.contracts.device;

import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicMask;

/** Distances over the ground, in kilometres, from coordinates in degrees. */
public final class Distance {
    /** The greatest radius of curvature of the ellipsoid. */
    private static final double MAX_RADIUS_KM = 6_399.6;

    private static final double M_A_KM = 1_000;

    private Distance() {}

    /** The shortest distance over the WGS 84 ellipsoid; it takes some microseconds. */
    public static double km(
            double latitude1, double longitude1, double latitude2, double longitude2) {
        return Geodesic.WGS84.Inverse(
                                latitude1, longitude1, latitude2, longitude2, GeodesicMask.DISTANCE)
                        .s12
                / M_A_KM;
    }

    /**
     * A cheap upper bound of {@link #km}, close to it within a state: the distance on a sphere of
     * the greatest radius, with the longest degree of longitude between the two points.
     */
    public static double upperBoundKm(
            double latitude1, double longitude1, double latitude2, double longitude2) {
        double nearestToEquator =
                latitude1 * latitude2 < 0 ? 0 : Math.min(Math.abs(latitude1), Math.abs(latitude2));
        double degrees = Math.abs(longitude1 - longitude2);
        double east =
                Math.toRadians(Math.min(degrees, 360 - degrees))
                        * Math.cos(Math.toRadians(nearestToEquator));
        double north = Math.toRadians(latitude1 - latitude2);
        return MAX_RADIUS_KM * Math.sqrt(east * east + north * north);
    }
}
