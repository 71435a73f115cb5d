package io.atalaya.contracts.device;

import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicMask;

/** Distances over the ground, in kilometres, from coordinates in degrees. */
public final class Distance {
    /** The greatest radius of curvature of the ellipsoid. */
    private static final double MAX_RADIUS_KM = 6_399.6;

    private static final double M_A_KM = 1_000;

    /** The equatorial radius and the square of the eccentricity of WGS 84. */
    private static final double EQUATOR_KM = 6_378.137;

    private static final double ECCENTRICITY_2 = 6.69437999014e-3;

    private static final double NEARBY_KM = 5;

    /** Radians; 57 degrees. */
    private static final double MAX_PLANE_LATITUDE = 1;

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
     * The same as {@link #km} to within a millimetre, much faster up to 5 km: the distance in the
     * plane that touches the ellipsoid at the mean latitude.
     */
    public static double kmNearby(
            double latitude1, double longitude1, double latitude2, double longitude2) {
        double mean = Math.toRadians((latitude1 + latitude2) / 2);
        double sine = Math.sin(mean);
        double w2 = 1 - ECCENTRICITY_2 * sine * sine;
        double prime = EQUATOR_KM / Math.sqrt(w2);
        double north = prime * (1 - ECCENTRICITY_2) / w2 * Math.toRadians(latitude1 - latitude2);
        double east = prime * Math.cos(mean) * Math.toRadians(longitude1 - longitude2);
        double km = Math.sqrt(north * north + east * east);
        // Close to a pole, and across the 180th meridian, the plane is too far off.
        return km <= NEARBY_KM && Math.abs(mean) < MAX_PLANE_LATITUDE
                ? km
                : km(latitude1, longitude1, latitude2, longitude2);
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
