package io.atalaya.campaign;

import io.atalaya.flink.bulkhead.Bulkhead;

/**
 * An invariant that does not hold.
 *
 * @param kind of the invariant
 * @param where distinguishes faults of a kind: the step, and the line of code or the field
 * @param detail for the reader
 * @param key of the data that was worked on, or null
 */
record Finding(Kind kind, String where, String detail, String key) {

    /** The invariants. */
    enum Kind {
        EXCEPTION,
        INTERNAL_ERROR,
        NOT_FINITE,
        INVALID_OUTPUT,
        REVISION,
        ALERT_LEFT_OPEN,
        STATE_LEFT,
        TIMER_LEFT,
        STATE_TOO_LARGE
    }

    /** Findings of one signature are taken for one fault. */
    String signature() {
        return kind + " " + where;
    }

    /** An exception, known by the first line of ours in its stack. */
    static Finding of(Throwable failure, String key) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new Finding(
                Kind.EXCEPTION,
                cause.getClass().getSimpleName() + " at " + Bulkhead.thrownAt(cause),
                failure + (cause == failure ? "" : ", caused by " + cause),
                key);
    }
}
