package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.alert.Alert;

/**
 * Silence of many cameras at once, which is one alert.
 *
 * @param startedAt arrival time of the last frame before it, epoch ms
 * @param cameras number of cameras that could have sent
 * @param maxQuiet maximum number of cameras that were quiet at the same time
 * @param limit number of quiet cameras that makes an outage
 * @param revision of the last emitted alert
 * @param emitted number of quiet cameras in that alert
 * @param isObserved whether pauses were observed in arrival time; otherwise the job itself may have
 *     stalled
 */
record Outage(
        long startedAt,
        int cameras,
        int maxQuiet,
        int limit,
        long revision,
        int emitted,
        boolean isObserved) {

    Outage grownTo(int quiet) {
        return new Outage(
                startedAt,
                cameras,
                Math.max(maxQuiet, quiet),
                limit,
                revision,
                emitted,
                isObserved);
    }

    Outage observed() {
        return new Outage(startedAt, cameras, maxQuiet, limit, revision, emitted, true);
    }

    /**
     * @param arrival arrival time of the cause, epoch ms
     */
    Outage nextRevision(long arrival) {
        return new Outage(
                startedAt,
                cameras,
                maxQuiet,
                limit,
                Alert.revisionAfter(revision, arrival),
                maxQuiet,
                isObserved);
    }

    /** Whether it has at least doubled since the last emission. */
    boolean isUpdateDue() {
        return maxQuiet >= 2 * emitted;
    }
}
