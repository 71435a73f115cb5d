package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.json.Field;

import java.util.Comparator;

/**
 * Two sightings of a plate, one after the other, that no car could have driven.
 *
 * @param neededKmh the least speed that it would have taken
 */
record ImpossibleTravel(LocatedRead first, LocatedRead second, double distanceKm, double neededKmh)
        implements Comparable<ImpossibleTravel> {
    ImpossibleTravel {
        distanceKm = Field.finite("distanceKm", distanceKm);
        neededKmh = Field.finite("neededKmh", neededKmh);
    }

    private static final Comparator<ImpossibleTravel> ORDER =
            Comparator.comparing(ImpossibleTravel::first).thenComparing(ImpossibleTravel::second);

    @Override
    public int compareTo(ImpossibleTravel other) {
        return ORDER.compare(this, other);
    }
}
