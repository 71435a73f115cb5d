package io.atalaya.bench.latency;

import io.atalaya.bench.measure.Delays;

/**
 * Delays under a steady feed, from when something was due until its alert was read from the topic.
 *
 * @param readsPerSecond that the feed was to have
 * @param entries of the list
 * @param seconds measured, after a warm-up
 * @param alert a listed car's read to its alert
 * @param addedPast a new entry to the alert about a car seen a second before
 * @param addedNow a new entry to the alert about a car that passes at that moment
 * @param removed a removal to the ENDED of the open alert
 * @param changes the three together
 * @param lateness of the feed itself: how long after its due time a record was handed over
 */
public record LatencyFigures(
        double readsPerSecond,
        int entries,
        int seconds,
        Delays alert,
        Delays addedPast,
        Delays addedNow,
        Delays removed,
        Delays changes,
        Delays lateness) {}
