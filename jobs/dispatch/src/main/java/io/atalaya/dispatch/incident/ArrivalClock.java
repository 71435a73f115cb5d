package io.atalaya.dispatch.incident;

import io.atalaya.flink.clock.WatermarkStallDetector;

/**
 * The clock of deadlines: the latest arrival of any record. While records arrive it follows them
 * alone, so that a job that catches up, or a replay, sees the deadlines that the live job saw. When
 * none has arrived for {@value #IDLE_MS} ms, the time since the latest one is added, so that a
 * deadline passes in a silent night as well. It never goes back.
 *
 * <p>After a downtime each topic is read apart, so that an answer can come after a record that is
 * later than it. So the clock says as well whether records of the time before are still coming, as
 * they may until the first one has been read.
 */
public final class ArrivalClock {
    /** As long as other waits last before a stalled watermark is no pause of the machine. */
    static final long IDLE_MS = WatermarkStallDetector.STALLED_MS;

    /** A record that is read so long after its arrival has waited for the job. */
    static final long LATE_MS = 10_000;

    /** As long as topics may take to begin or go on with what has waited. */
    static final long SETTLED_MS = 5_000;

    /** A job that is behind for longer, because it is overloaded, must keep its deadlines. */
    static final long MAX_CATCH_UP_MS = 120_000;

    /** Before the first record. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private final boolean runsWhenIdle;
    private long latestArrival = UNKNOWN;
    private long latestSeenAt;
    private long lastRecordAt;
    private long last = UNKNOWN;

    /** Wall clock of the last late record, and of the first one of this time. */
    private long lateAt = Long.MIN_VALUE / 2;

    private long lateSince = lateAt;

    /** No record has been read since a restart. */
    private boolean isStarting;

    /**
     * What is kept of the clock.
     *
     * @param latestArrival epoch ms
     * @param latestSeenAt wall clock at which it was processed, epoch ms
     */
    public record State(long latestArrival, long latestSeenAt) {}

    public ArrivalClock(boolean runsWhenIdle) {
        this.runsWhenIdle = runsWhenIdle;
    }

    /**
     * Continues after a restart. Records of the time between may follow, so that the clock waits
     * for them as for any other.
     */
    public void restore(State state, long wallClock) {
        latestArrival = state.latestArrival;
        latestSeenAt = state.latestSeenAt;
        lastRecordAt = wallClock;
        isStarting = true;
        late(wallClock);
    }

    public State state() {
        return new State(latestArrival, latestSeenAt);
    }

    public void update(long arrival, long wallClock) {
        lastRecordAt = wallClock;
        if (arrival > latestArrival) {
            latestArrival = arrival;
            latestSeenAt = wallClock;
        }
        if (isStarting || wallClock - arrival > LATE_MS) {
            isStarting = false;
            late(wallClock);
        }
    }

    private void late(long wallClock) {
        // Not as soon as it has settled: a job that reads a late record now and then stays behind.
        if (wallClock - lateAt >= MAX_CATCH_UP_MS) {
            lateSince = wallClock;
        }
        lateAt = wallClock;
    }

    /** Whether what people answered meanwhile may not have been read yet. */
    public boolean isCatchingUp(long wallClock) {
        return runsWhenIdle
                && (isStarting || wallClock - lateAt < SETTLED_MS)
                && wallClock - lateSince < MAX_CATCH_UP_MS;
    }

    /** The present arrival time, or {@link #UNKNOWN}. */
    public long now(long wallClock) {
        if (latestArrival == UNKNOWN) {
            return UNKNOWN;
        }
        boolean isIdle = runsWhenIdle && wallClock - lastRecordAt >= IDLE_MS;
        last = Math.max(last, latestArrival + (isIdle ? wallClock - latestSeenAt : 0));
        return last;
    }
}
