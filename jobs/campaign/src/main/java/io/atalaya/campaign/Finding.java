package io.atalaya.campaign;

import io.atalaya.flink.bulkhead.Bulkhead;

/**
 * A violated invariant.
 *
 * @param kind kind of the invariant
 * @param where distinguishes faults of a kind: the step, and the line of code or the field
 * @param detail description
 * @param key key of the processed data, or null
 */
record Finding(Kind kind, String where, String detail, String key) {

    /** The invariants. */
    enum Kind {
        EXCEPTION,
        INTERNAL_ERROR,
        NOT_FINITE,
        INVALID_OUTPUT,
        REVISION,
        EVENT_IN_TWO_INCIDENTS,
        VEHICLE_IN_PLACE,
        ID_WITHOUT_INCIDENT,
        TWO_OWNERS,
        PAST_EXPIRY,
        COVERT_SHOWN,
        PANEL_TWICE,
        TWO_TASKS,
        ALERT_LEFT_OPEN,
        STATE_LEFT,
        TIMER_LEFT,
        STATE_TOO_LARGE
    }

    /** Findings with the same signature count as one fault. */
    String signature() {
        return kind + " " + where;
    }

    /**
     * A finding for an exception, identified by the first line of project code in its stack trace.
     */
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
