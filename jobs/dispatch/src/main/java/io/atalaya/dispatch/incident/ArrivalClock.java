package io.atalaya.dispatch.incident;

import io.atalaya.flink.clock.WatermarkStallDetector;

/**
 * The clock of deadlines: the latest arrival of any record. While records arrive it follows them
 * alone, so that a job that catches up, or a replay, sees the deadlines that the live job saw. When
 * none has arrived for {@value #IDLE_MS} ms, the time since the latest one is added, so that a
 * deadline passes in a silent night as well. It never goes back.
 */
final class ArrivalClock {
    /** As long as other waits last before a stalled watermark is no pause of the machine. */
    static final long IDLE_MS = WatermarkStallDetector.STALLED_MS;

    /** Before the first record. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private final boolean runsWhenIdle;
    private long latestArrival = UNKNOWN;
    private long latestSeenAt;
    private long lastRecordAt;
    private long last = UNKNOWN;

    /**
     * What is kept of the clock.
     *
     * @param latestArrival epoch ms
     * @param latestSeenAt wall clock at which it was processed, epoch ms
     */
    record State(long latestArrival, long latestSeenAt) {}

    ArrivalClock(boolean runsWhenIdle) {
        this.runsWhenIdle = runsWhenIdle;
    }

    /**
     * Continues after a restart. Records of the time between may follow, so that the clock waits
     * for them as for any other.
     */
    void restore(State state, long wallClock) {
        latestArrival = state.latestArrival;
        latestSeenAt = state.latestSeenAt;
        lastRecordAt = wallClock;
    }

    State state() {
        return new State(latestArrival, latestSeenAt);
    }

    void update(long arrival, long wallClock) {
        lastRecordAt = wallClock;
        if (arrival > latestArrival) {
            latestArrival = arrival;
            latestSeenAt = wallClock;
        }
    }

    /** The present arrival time, or {@link #UNKNOWN}. */
    long now(long wallClock) {
        if (latestArrival == UNKNOWN) {
            return UNKNOWN;
        }
        boolean isIdle = runsWhenIdle && wallClock - lastRecordAt >= IDLE_MS;
        last = Math.max(last, latestArrival + (isIdle ? wallClock - latestSeenAt : 0));
        return last;
    }
}
