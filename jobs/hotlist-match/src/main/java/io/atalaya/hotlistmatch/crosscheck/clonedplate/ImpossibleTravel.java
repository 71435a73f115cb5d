package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.json.Field;

import java.util.Comparator;

/**
 * Two consecutive reads of a plate that one vehicle cannot have made.
 *
 * @param distanceKm distance of the two devices
 * @param neededKmh the least speed that it would take
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
