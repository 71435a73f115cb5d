package io.atalaya.plate.vendor.axis;

import java.util.Locale;

/** What a message of the verifier says of its car. */
public enum CarState {
    /** First recognition, before a direction is known. */
    NEW,

    /** The text, the direction or the zone has changed. */
    UPDATE,

    /** The car is gone since seconds: says again what was last known, at a time of its own. */
    LOST;

    /** What a refusal says was expected. */
    public static final String EXPECTED = "new, update or lost";

    /** The state of that name, or null; older versions write {@code updated}. */
    public static CarState of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "new" -> NEW;
            case "update", "updated" -> UPDATE;
            case "lost" -> LOST;
            default -> null;
        };
    }

    /**
     * What all messages about one car supersede: the last of them counts.
     *
     * @param carId as the verifier counts its cars
     */
    public static String vehicleId(String carId) {
        return "car-" + carId;
    }
}
