package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.dispatch.Place;
import io.atalaya.dispatch.fusion.FusionRules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Devices of one kind, by the cell of the map that they are in. */
final class DeviceGrid {
    /** About 1 km. */
    private static final double CELL_DEGREES = 0.01;

    private final Map<Cell, Map<String, PlacedDevice>> cells = new HashMap<>();

    private record Cell(long row, long column) {}

    void add(PlacedDevice device) {
        if (device.place() != null) {
            cells.computeIfAbsent(cell(device.place()), any -> new TreeMap<>())
                    .put(device.deviceId(), device);
        }
    }

    void remove(PlacedDevice device) {
        if (device.place() != null) {
            cells.computeIfPresent(
                    cell(device.place()),
                    (any, devices) ->
                            devices.remove(device.deviceId()) != null && devices.isEmpty()
                                    ? null
                                    : devices);
        }
    }

    /** The devices within a distance of a place's centre. */
    List<PlacedDevice> near(Place place, double metres) {
        List<PlacedDevice> near = new ArrayList<>();
        // What is reached is never too little.
        double north = metres / FusionRules.METRES_PER_DEGREE;
        double east = north / Math.max(0.01, Math.cos(Math.toRadians(place.latitude())));
        long lastRow = index(place.latitude() + north);
        long lastColumn = index(place.longitude() + east);
        for (long row = index(place.latitude() - north); row <= lastRow; row++) {
            for (long column = index(place.longitude() - east); column <= lastColumn; column++) {
                cells.getOrDefault(new Cell(row, column), Map.of()).values().stream()
                        .filter(each -> place.metresTo(each.place()) <= metres)
                        .forEach(near::add);
            }
        }
        return near;
    }

    private static Cell cell(Place place) {
        return new Cell(index(place.latitude()), index(place.longitude()));
    }

    private static long index(double degrees) {
        return (long) Math.floor(degrees / CELL_DEGREES);
    }
}
