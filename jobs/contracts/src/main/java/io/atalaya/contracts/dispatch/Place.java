package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.device.Distance;
import io.atalaya.contracts.json.Field;

/**
 * A claimed place and how far from it the event may really be.
 *
 * <p>Any numbers are accepted, because a help call must not be lost for its coordinates. A record
 * that takes part in fusion has no place instead of an unusable one and names the reason, see
 * {@link #whyNone}.
 *
 * @param latitude degrees, WGS 84
 * @param longitude degrees, WGS 84
 * @param radiusMetres 0 or more; the event is expected within this distance
 */
public record Place(double latitude, double longitude, double radiusMetres) {
    /** A place with a greater radius says nothing that could link two events. */
    public static final double MAX_RADIUS_METRES = 100_000;

    /** So close to 0 north, 0 east nothing happens; devices without a fix report it. */
    static final double NULL_ISLAND_DEGREES = 0.01;

    public Place {
        latitude = Field.finite("latitude", latitude);
        longitude = Field.finite("longitude", longitude);
        radiusMetres = Field.number("radiusMetres", radiusMetres, 0, Double.MAX_VALUE);
    }

    /** The reason for which a record has no place. */
    public enum Unknown {
        /** The coordinates are 0 north, 0 east. */
        NULL_ISLAND,
        /** The coordinates are not on Earth. */
        OUT_OF_RANGE,
        /** The radius is above {@link #MAX_RADIUS_METRES}. */
        TOO_UNCERTAIN,
        /** The sender knows that its operator left the map's marker where it was. */
        DEFAULT_MARKER
    }

    /**
     * Why the place links nothing, or null if it can be used or is null.
     *
     * @param given the reason that the sender gives, or null
     */
    static Unknown whyNone(Place place, Unknown given) {
        if (given != null || place == null) {
            return given;
        }
        if (Math.abs(place.latitude) > 90 || Math.abs(place.longitude) > 180) {
            return Unknown.OUT_OF_RANGE;
        }
        if (Math.abs(place.latitude) <= NULL_ISLAND_DEGREES
                && Math.abs(place.longitude) <= NULL_ISLAND_DEGREES) {
            return Unknown.NULL_ISLAND;
        }
        return place.radiusMetres > MAX_RADIUS_METRES ? Unknown.TOO_UNCERTAIN : null;
    }

    /** The distance between the centres of two places. */
    public double metresTo(Place other) {
        return 1_000 * Distance.kmNearby(latitude, longitude, other.latitude, other.longitude);
    }

    /** The place, or null where a coordinate is unknown or the place links nothing. */
    public static Place usableOrNull(Double latitude, Double longitude, double radiusMetres) {
        if (latitude == null || longitude == null) {
            return null;
        }
        Place place = new Place(latitude, longitude, radiusMetres);
        return whyNone(place, null) == null ? place : null;
    }

    /** Rejects a place that links nothing; null passes. */
    static Place usableOrNull(String field, Place place) {
        Unknown fault = whyNone(place, null);
        if (fault != null) {
            throw Field.fault(field, "a place that is " + fault, "a usable place");
        }
        return place;
    }
}
