package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.json.Field;

import java.util.Comparator;

/**
 * Two sightings of a plate, one after the other, that no car could have driven.
 *
 * @param neededKmh the least speed that it would have taken
 */
record Pair(Seen first, Seen second, double distanceKm, double neededKmh)
        implements Comparable<Pair> {
    Pair {
        distanceKm = Field.finite("distanceKm", distanceKm);
        neededKmh = Field.finite("neededKmh", neededKmh);
    }

    private static final Comparator<Pair> ORDER =
            Comparator.comparing(Pair::first).thenComparing(Pair::second);

    @Override
    public int compareTo(Pair other) {
        return ORDER.compare(this, other);
    }
}
