package io.atalaya.dispatch.fusion;

import io.atalaya.contracts.dispatch.Place;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Groups by the cell of the map that the centres of their places are in. */
final class PlaceGrid {
    /** Some 200 m, about as far as rules reach. */
    private static final double CELL_DEGREES = 0.002;

    /**
     * Odd, so that no two cells get the same number. Without it the hash code of neighbours, the
     * exclusive or of both halves, is mostly the same.
     */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private final Map<Long, Groups> cells = new HashMap<>();

    void add(Place place, Node node) {
        cells.computeIfAbsent(cell(place), any -> new Groups()).add(node);
    }

    void remove(Place place, Node node) {
        cells.computeIfPresent(cell(place), (any, groups) -> groups.remove(node) ? null : groups);
    }

    /**
     * Visits the groups of all nodes whose centres are within a distance of a place's, and others,
     * those of its own cell first.
     *
     * @param visitor whether to go on
     * @return whether to go on
     */
    boolean near(Place place, double metres, Predicate<Groups> visitor) {
        if (cells.isEmpty()) {
            return true;
        }
        long own = cell(place);
        Groups here = cells.get(own);
        if (here != null && !visitor.test(here)) {
            return false;
        }
        // What is reached is never too little.
        double north = metres / FusionRules.METRES_PER_DEGREE;
        double east = north / Math.max(0.01, Math.cos(Math.toRadians(place.latitude())));
        long lastRow = index(place.latitude() + north);
        long lastColumn = index(place.longitude() + east);
        for (long row = index(place.latitude() - north); row <= lastRow; row++) {
            for (long column = index(place.longitude() - east); column <= lastColumn; column++) {
                Groups groups = cells.get(cell(row, column));
                if (groups != null && groups != here && !visitor.test(groups)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static long cell(Place place) {
        return cell(index(place.latitude()), index(place.longitude()));
    }

    private static long index(double degrees) {
        return (long) Math.floor(degrees / CELL_DEGREES);
    }

    private static long cell(long row, long column) {
        return (row << Integer.SIZE | column & 0xFFFF_FFFFL) * SPREAD;
    }
}
