package io.atalaya.flink.clock;

import io.atalaya.contracts.json.InvalidRecordException;

import java.time.Duration;
import java.time.Instant;

/** Checks a device's time against the arrival time of its record. */
public final class PlausibleTime {
    /** A time further ahead of arrival carries no information. */
    public static final Duration MAX_AHEAD = Duration.ofDays(1);

    /**
     * Milliseconds in a second. All valid record times are small enough that the product does not
     * overflow.
     */
    private static final long MILLIS = 1_000;

    private PlausibleTime() {}

    /**
     * Rejects a time that lies too far ahead or behind.
     *
     * @param time device time, epoch ms
     * @param arrival arrival time, epoch ms
     * @param maxBehind the largest allowed delay of the arrival, ms
     * @throws InvalidRecordException naming the possible times
     */
    public static void require(long time, long arrival, long maxBehind)
            throws InvalidRecordException {
        if (!isPlausible(time, arrival, maxBehind)) {
            throw new InvalidRecordException(
                    "time",
                    shown(time),
                    "a time from "
                            + shown(arrival - maxBehind)
                            + " to "
                            + shown(arrival + MAX_AHEAD.toMillis())
                            + (isPlausible(time * MILLIS, arrival, maxBehind)
                                    ? "; it looks like seconds, where milliseconds are expected"
                                    : ""));
        }
    }

    private static boolean isPlausible(long time, long arrival, long maxBehind) {
        long ahead = time - arrival;
        return ahead <= MAX_AHEAD.toMillis() && -ahead <= maxBehind;
    }

    private static String shown(long time) {
        return Instant.ofEpochMilli(time).toString();
    }
}
