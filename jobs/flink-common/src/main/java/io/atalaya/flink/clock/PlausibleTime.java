package io.atalaya.flink.clock;

import io.atalaya.contracts.json.InvalidRecordException;

import java.time.Duration;
import java.time.Instant;

/** What a device's own clock may say at most, against the arrival of what it sent. */
public final class PlausibleTime {
    /** Ahead of arrival by more than this, a time says nothing at all. */
    public static final Duration MOST_AHEAD = Duration.ofDays(1);

    /** In a second. No time of a record is so late that the product would overflow. */
    private static final long MILLIS = 1_000;

    private PlausibleTime() {}

    /**
     * Refuses a time that lies too far ahead, or behind.
     *
     * @param time of the device, epoch ms
     * @param arrival epoch ms
     * @param maxBehind how far behind its arrival it may be, ms
     * @throws InvalidRecordException naming what times are possible
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
                            + shown(arrival + MOST_AHEAD.toMillis())
                            + (isPlausible(time * MILLIS, arrival, maxBehind)
                                    ? "; it looks like seconds, where milliseconds are expected"
                                    : ""));
        }
    }

    private static boolean isPlausible(long time, long arrival, long maxBehind) {
        long ahead = time - arrival;
        return ahead <= MOST_AHEAD.toMillis() && -ahead <= maxBehind;
    }

    private static String shown(long time) {
        return Instant.ofEpochMilli(time).toString();
    }
}
