package io.atalaya.clock;

import io.atalaya.json.InvalidRecordException;

import java.time.Duration;
import java.time.Instant;

/** What a device's own clock may say at most, against the arrival of what it sent. */
public final class PlausibleTime {
    /** Ahead of arrival by more than this, a time says nothing at all. */
    public static final Duration MOST_AHEAD = Duration.ofDays(1);

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
        long ahead = time - arrival;
        if (ahead > MOST_AHEAD.toMillis() || -ahead > maxBehind) {
            throw new InvalidRecordException(
                    "time",
                    shown(time),
                    "a time from "
                            + shown(arrival - maxBehind)
                            + " to "
                            + shown(arrival + MOST_AHEAD.toMillis()));
        }
    }

    private static String shown(long time) {
        return Instant.ofEpochMilli(time).toString();
    }
}
