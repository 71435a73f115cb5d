package io.atalaya.dispatch.fusion;

import io.atalaya.contracts.device.Distance;

/**
 * Where something happened: anywhere within a radius of a point. A device has some 20 m, a street
 * 200 m, a cell sector kilometres.
 *
 * @param latitude WGS 84, degrees
 * @param longitude WGS 84, degrees
 */
public record Place(double latitude, double longitude, double radiusMetres) {

    /** The distance between the nearest points of both areas, in metres. */
    double metresTo(Place other) {
        double centres = 1_000 * Distance.km(latitude, longitude, other.latitude, other.longitude);
        return Math.max(0, centres - radiusMetres - other.radiusMetres);
    }
}
