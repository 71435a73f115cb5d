package io.atalaya.dispatch.fusion;

import io.atalaya.contracts.dispatch.Place;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Nodes by the cell of the map that the centre of their place is in. */
final class PlaceGrid {
    /** The least that a degree of latitude has, so that what is reached is never too little. */
    private static final double METRES_PER_DEGREE = 110_574;

    /** Some 200 m, about as far as rules reach. */
    private static final double CELL_DEGREES = 0.002;

    private final Map<Long, List<Node>> cells = new HashMap<>();

    void add(Place place, Node node) {
        cells.computeIfAbsent(cell(row(place), column(place)), any -> new ArrayList<>(1)).add(node);
    }

    void remove(Place place, Node node) {
        cells.computeIfPresent(
                cell(row(place), column(place)),
                (any, nodes) -> nodes.remove(node) && nodes.isEmpty() ? null : nodes);
    }

    /** Visits a superset of the nodes whose centres are within a distance of a place's. */
    void near(Place place, double metres, Consumer<Node> visitor) {
        if (cells.isEmpty()) {
            return;
        }
        double north = metres / METRES_PER_DEGREE;
        double east = north / Math.max(0.01, Math.cos(Math.toRadians(place.latitude())));
        long lastRow = index(place.latitude() + north);
        long lastColumn = index(place.longitude() + east);
        for (long row = index(place.latitude() - north); row <= lastRow; row++) {
            for (long column = index(place.longitude() - east); column <= lastColumn; column++) {
                cells.getOrDefault(cell(row, column), List.of()).forEach(visitor);
            }
        }
    }

    private static long row(Place place) {
        return index(place.latitude());
    }

    private static long column(Place place) {
        return index(place.longitude());
    }

    private static long index(double degrees) {
        return (long) Math.floor(degrees / CELL_DEGREES);
    }

    private static long cell(long row, long column) {
        return row << Integer.SIZE | column & 0xFFFF_FFFFL;
    }
}
