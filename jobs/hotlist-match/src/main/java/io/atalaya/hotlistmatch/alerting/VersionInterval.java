package io.atalaya.hotlistmatch.alerting;

import io.atalaya.hotlistmatch.event.EntryVersion;

/**
 * A version of an entry and the interval of arrival time in which it was in force.
 *
 * @param to arrival time at which it ended, epoch ms, or {@link #OPEN}
 * @param replaced by a version that looks for the same plate
 */
record VersionInterval(EntryVersion version, long to, boolean replaced) {
    static final long OPEN = Long.MAX_VALUE;

    long from() {
        return version.from();
    }

    boolean holds(long arrival) {
        return from() <= arrival && arrival < to;
    }
}
