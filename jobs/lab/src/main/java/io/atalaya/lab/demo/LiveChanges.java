package io.atalaya.lab.demo;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.lab.demo.DelayHistogram.Percentiles;

import java.util.HashMap;
import java.util.Map;

/**
 * Single changes of the list, made while reads flow: an entry for a car that is about to pass.
 * Keeps how long each took to its first alert. Thread-safe.
 */
final class LiveChanges {
    private static final String PREFIX = "DEMO-";

    /** The entryId of the first change. */
    static final String FIRST = PREFIX + 1;

    private record Change(long sentAt, boolean whileLoading) {}

    private final Map<String, Change> open = new HashMap<>();
    private final DelayHistogram calm = new DelayHistogram();
    private final DelayHistogram loading = new DelayHistogram();
    private int made;

    /** The entryId of the next change. */
    synchronized String nextEntryId() {
        return PREFIX + (made + 1);
    }

    /** The change was handed to the broker at that moment, epoch ms. */
    synchronized void sent(String entryId, long at, boolean whileLoading) {
        open.put(entryId, new Change(at, whileLoading));
        made++;
    }

    /** Whether the demo made that entry. */
    static boolean isOurs(String entryId) {
        return entryId.startsWith(PREFIX);
    }

    /**
     * An alert was seen.
     *
     * @return whether it is the first one of a change of ours that was made in calm, worth showing
     */
    synchronized boolean seen(Alert alert, long now) {
        Change change = open.remove(alert.subject().entryId());
        if (change == null) {
            return false;
        }
        (change.whileLoading() ? loading : calm).add(now - change.sentAt());
        return !change.whileLoading();
    }

    /** How many changes have had no alert yet. */
    synchronized int unanswered() {
        return open.size();
    }

    synchronized Percentiles calmDelays() {
        return calm.percentiles();
    }

    synchronized Percentiles delaysWhileLoading() {
        return loading.percentiles();
    }
}
