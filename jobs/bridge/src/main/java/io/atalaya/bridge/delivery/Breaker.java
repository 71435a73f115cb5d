package io.atalaya.bridge.delivery;

import java.time.Duration;

/**
 * Spares a far end that fails: after {@value #MAX_FAILURES} failures in a row nothing is sent for a
 * while, then only probes until one of them is taken, two where so many may be under way. The while
 * doubles with each failure. A far end that asks for a wait gets it at once.
 */
final class Breaker {
    static final int MAX_FAILURES = 5;

    /**
     * Two, because the far end may fail at one message only: the second probe is another message.
     */
    static final int PROBES = 2;

    private static final long MIN_WAIT_MS = 1_000;
    private static final long MAX_WAIT_MS = 30_000;

    /** A far end may not silence its queue for longer than this at a time. */
    static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

    private int failures;
    private long openUntil;

    /** How many messages may be under way. */
    int permits(long now, int max) {
        if (openUntil == 0) {
            return max;
        }
        return now < openUntil ? 0 : Math.min(PROBES, max);
    }

    /** Whether only probes may be sent. */
    boolean isProbing() {
        return openUntil != 0;
    }

    void succeeded() {
        failures = 0;
        openUntil = 0;
    }

    void failed(long now, Duration retryAfter) {
        failures++;
        long wait = 0;
        if (failures >= MAX_FAILURES) {
            wait = Math.min(MAX_WAIT_MS, MIN_WAIT_MS << Math.min(10, failures - MAX_FAILURES));
        }
        if (retryAfter != null) {
            wait = Math.max(wait, Math.min(retryAfter.toMillis(), MAX_RETRY_AFTER.toMillis()));
        }
        if (wait > 0) {
            openUntil = Math.max(openUntil, now + wait);
        }
    }
}
