package io.atalaya.contracts.plate.adapter.axis;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;

/** The state of the vehicle in a message of the verifier. */
public enum CarState {
    /** First recognition, before a direction is known. */
    NEW,

    /** The text, the direction or the zone has changed. */
    UPDATE,

    /**
     * The vehicle left some seconds ago; the message repeats the last data with a time of its own.
     */
    LOST;

    private static final long MILLIS_A_DAY = Duration.ofDays(1).toMillis();

    /** The expectation in the message about a wrong state. */
    public static final String EXPECTED = "new, update or lost";

    /** The expectation in the message about a wrong vehicle number. */
    public static final String EXPECTED_ID =
            "the number of the vehicle, as the verifier counts them";

    /** The state with that name, or null; older versions write {@code updated}. */
    public static CarState of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "new" -> NEW;
            case "update", "updated" -> UPDATE;
            case "lost" -> LOST;
            default -> null;
        };
    }

    /**
     * The id that all messages about one vehicle supersede, so that the last one counts. It
     * includes the day, because a camera restarts its numbering after a reboot, and the same number
     * on another day is another vehicle.
     *
     * @param carId the verifier's number of the vehicle
     * @param time of the message, epoch ms
     */
    public static String vehicleId(String carId, long time) {
        return "car-" + carId + "-" + LocalDate.ofEpochDay(time / MILLIS_A_DAY);
    }
}
