package io.atalaya.bench.latency;

import io.atalaya.bench.measure.Delays;

/**
 * Delays under a steady feed, from the due time of an input until its alert was read from the
 * topic.
 *
 * @param readsPerSecond nominal rate of the feed
 * @param entries number of list entries
 * @param seconds measured duration, after a warm-up
 * @param alert from a listed vehicle's read to its alert
 * @param addedPast from a new entry to the alert about a vehicle read a second before
 * @param addedNow from a new entry to the alert about a vehicle that passes at that moment
 * @param removed from a removal to the ENDED of the open alert
 * @param changes the three together
 * @param lateness lateness of the feed itself: from the due time of a record until it was sent
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
