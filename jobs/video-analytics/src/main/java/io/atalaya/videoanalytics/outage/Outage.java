package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.alert.Alert;

/**
 * Many cameras that fell silent at once: one alert.
 *
 * @param since arrival of the last frame before it, epoch ms
 * @param cameras how many could have sent
 * @param most how many were quiet at the same time
 * @param limit how many it takes
 * @param revision of the alert that was told last
 * @param emitted how many were quiet then
 * @param wasSeen whether the arrival clock has seen pauses: else the job itself stood still
 */
record Outage(
        long since, int cameras, int most, int limit, long revision, int emitted, boolean wasSeen) {

    Outage grownTo(int quiet) {
        return new Outage(since, cameras, Math.max(most, quiet), limit, revision, emitted, wasSeen);
    }

    Outage seen() {
        return new Outage(since, cameras, most, limit, revision, emitted, true);
    }

    /**
     * @param arrival of what caused it, epoch ms
     */
    Outage nextRevision(long arrival) {
        return new Outage(
                since, cameras, most, limit, Alert.revisionAfter(revision, arrival), most, wasSeen);
    }

    /** Whether it has become so much larger that people want to know. */
    boolean isNews() {
        return most >= 2 * emitted;
    }
}
