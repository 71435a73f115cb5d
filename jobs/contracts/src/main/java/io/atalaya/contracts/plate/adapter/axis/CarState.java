package io.atalaya.contracts.plate.adapter.axis;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;

/** What a message of the verifier says of its car. */
public enum CarState {
    /** First recognition, before a direction is known. */
    NEW,

    /** The text, the direction or the zone has changed. */
    UPDATE,

    /** The car is gone since seconds: says again what was last known, at a time of its own. */
    LOST;

    private static final long MILLIS_A_DAY = Duration.ofDays(1).toMillis();

    /** What a refusal says was expected. */
    public static final String EXPECTED = "new, update or lost";

    /** The same of a car's number. */
    public static final String EXPECTED_ID = "the number of the car, as the verifier counts them";

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
     * What all messages about one car supersede: the last of them counts. With the day, for a
     * camera counts its cars anew after a restart, and the car of that number of another day must
     * not be taken for this one.
     *
     * @param carId as the verifier counts its cars
     * @param time of the message, epoch ms
     */
    public static String vehicleId(String carId, long time) {
        return "car-" + carId + "-" + LocalDate.ofEpochDay(time / MILLIS_A_DAY);
    }
}
