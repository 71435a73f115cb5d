package io.atalaya.flink.logging;

import org.slf4j.Logger;

import java.util.function.LongSupplier;

/** Writes at most one line in ten seconds, because a burst of faults mostly has one cause. */
public final class LimitedLog {
    private static final long PAUSE_MS = 10_000;

    private final Logger log;
    private final LongSupplier wallClock;
    private long nextAt = Long.MIN_VALUE;
    private long suppressed;

    /**
     * @param wallClock epoch ms
     */
    public LimitedLog(Logger log, LongSupplier wallClock) {
        this.log = log;
        this.wallClock = wallClock;
    }

    public void warn(String format, Object... arguments) {
        if (isDue()) {
            log.warn(format + suffix(), arguments);
        }
    }

    public void error(String format, Object... arguments) {
        if (isDue()) {
            log.error(format + suffix(), arguments);
        }
    }

    private boolean isDue() {
        long now = wallClock.getAsLong();
        if (now < nextAt) {
            suppressed++;
            return false;
        }
        nextAt = now + PAUSE_MS;
        return true;
    }

    private String suffix() {
        String suffix = suppressed == 0 ? "" : " (" + suppressed + " more since the last line)";
        suppressed = 0;
        return suffix;
    }
}
