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

    /** Whether this says more than what was emitted last, or revives or cancels it. */
    boolean isDueAfter(Emitted last) {
        return last == null || revision > last.revision || cancelled != last.cancelled;
    }

    /**
     * The alert with a revision above the last one. It is already: this guards consumers against
     * losing what follows, should facts have been forgotten.
     */
    static Alert after(Emitted last, Alert alert) {
        return last == null || alert.revision() > last.revision
                ? alert
                : alert.as(alert.status(), last.revision + 1);
    }

    /**
     * The alert taken back, one above the last revision: below what it would be, should it stand
     * again, for what took it back has then counted twice.
     */
    Alert takenBack(Alert alert) {
        return alert.as(Alert.Status.CANCELLED, revision + 1);
    }
}
