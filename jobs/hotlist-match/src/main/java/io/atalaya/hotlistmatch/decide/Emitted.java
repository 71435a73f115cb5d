package io.atalaya.hotlistmatch.decide;

import io.atalaya.alert.Alert;

/**
 * What consumers last saw of an alert.
 *
 * @param cancelled it was taken back
 */
record Emitted(int revision, boolean cancelled) {

    static Emitted of(Alert alert) {
        return new Emitted(alert.revision(), alert.status() == Alert.Status.CANCELLED);
    }

    /** Whether an alert says more than what was emitted last, or revives or cancels it. */
    static boolean isDue(Emitted last, Alert alert) {
        return last == null
                || alert.revision() > last.revision
                || (alert.status() == Alert.Status.CANCELLED) != last.cancelled;
    }

    /**
     * The alert with a revision above the last one. It is already, unless an alert was retired as a
     * repeat and now stands alone again.
     */
    static Alert after(Emitted last, Alert alert) {
        return last == null || alert.revision() > last.revision
                ? alert
                : alert.as(alert.status(), last.revision + 1);
    }

    /** The alert taken back, above the last revision. */
    Alert cancelledCopy(Alert alert) {
        return alert.as(Alert.Status.CANCELLED, Math.max(alert.revision(), revision + 1));
    }
}
