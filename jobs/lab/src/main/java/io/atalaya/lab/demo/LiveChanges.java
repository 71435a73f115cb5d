package io.atalaya.lab.demo;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.lab.demo.DelayHistogram.Percentiles;

import java.util.HashMap;
import java.util.Map;

/**
 * Single list changes made while reads flow, each an entry for a vehicle that is about to pass.
 * Records the time from each change to its first alert. Thread-safe.
 */
final class LiveChanges {
    private static final String PREFIX = "DEMO-";

    /** The entryId of the first change. */
    static final String FIRST = PREFIX + 1;

    private record Change(long sentAt, boolean isWhileLoading) {}

    private final Map<String, Change> open = new HashMap<>();
    private final DelayHistogram idleDelays = new DelayHistogram();
    private final DelayHistogram loading = new DelayHistogram();
    private int made;

    /** The entryId of the next change. */
    synchronized String nextEntryId() {
        return PREFIX + (made + 1);
    }

    /** Records that a change was sent to the broker at the given wall clock, epoch ms. */
    synchronized void sent(String entryId, long at, boolean whileLoading) {
        open.put(entryId, new Change(at, whileLoading));
        made++;
    }

    /** Whether the demo made that entry. */
    static boolean isOurs(String entryId) {
        return entryId.startsWith(PREFIX);
    }

    /**
     * Records an alert.
     *
     * @return whether it is the first alert of a change made outside the bulk load, which is shown
     */
    synchronized boolean onAlert(Alert alert, long now) {
        Change change = open.remove(alert.subject().entryId());
        if (change == null) {
            return false;
        }
        (change.isWhileLoading() ? loading : idleDelays).add(now - change.sentAt());
        return !change.isWhileLoading();
    }

    /** Number of changes without an alert so far. */
    synchronized int unanswered() {
        return open.size();
    }

    synchronized Percentiles delaysWhileIdle() {
        return idleDelays.percentiles();
    }

    synchronized Percentiles delaysWhileLoading() {
        return loading.percentiles();
    }
}
