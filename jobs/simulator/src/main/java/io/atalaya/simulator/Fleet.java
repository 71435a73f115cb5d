package io.atalaya.simulator;

import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.random.Shuffle;

import org.apache.commons.csv.CSVRecord;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Computes every possible vehicle from its number without storing it, so a city of millions of
 * vehicles needs no memory. Different numbers have different plates.
 */
final class Fleet {
    static final int SLOTS = 20;

    private static final double TAGGED = 0.70;

    private final long seed;
    private final double staleTags;
    private final PlateSeries[] slots = new PlateSeries[SLOTS];
    private final int[] turn = new int[SLOTS];
    private final Shuffle[] shuffle = new Shuffle[SLOTS];
    private final List<Vehicle> vehicles = new ArrayList<>();
    private final List<String> colors = new ArrayList<>();

    /**
     * @param staleTags share of the tags registered to an earlier plate
     */
    Fleet(long seed, double staleTags) {
        this.seed = seed;
        this.staleTags = staleTags;
        int slot = 0;
        for (CSVRecord row : CsvTable.rows("series.csv")) {
            PlateSeries series = PlateSeries.of(row);
            Shuffle mixed = new Shuffle(SeededRandom.hash(seed, slot), series.size());
            for (int i = 0; i < series.share(); i++, slot++) {
                slots[slot] = series;
                turn[slot] = i;
                shuffle[slot] = mixed;
            }
        }
        // Items are repeated by their shares, so that one draw from a hash selects by share.
        for (CSVRecord row : CsvTable.rows("models.csv")) {
            Vehicle vehicle =
                    new Vehicle(row.get("make"), row.get("model"), null, row.get("type"), null);
            for (int i = Integer.parseInt(row.get("share")); i > 0; i--) {
                vehicles.add(vehicle);
            }
        }
        for (CSVRecord row : CsvTable.rows("colors.csv")) {
            for (int i = Integer.parseInt(row.get("share")); i > 0; i--) {
                colors.add(row.get("color"));
            }
        }
    }

    /** Count of numbers with distinct plates. */
    long capacity() {
        long capacity = Long.MAX_VALUE;
        for (PlateSeries series : slots) {
            capacity = Math.min(capacity, series.size() / series.share() * SLOTS);
        }
        return capacity;
    }

    RegisteredVehicle vehicle(long number) {
        String plate = plate(number);
        long draw = SeededRandom.hash(seed, number + SLOTS);
        Vehicle model = vehicles.get((int) Long.remainderUnsigned(draw, vehicles.size()));
        String color = colors.get((int) Long.remainderUnsigned(draw >>> 20, colors.size()));
        boolean tagged = (draw >>> 40 & 0xFFFF) < TAGGED * 0x10000;
        // Taken from the end of the numbers, so that an earlier plate belongs to no vehicle and no
        // entry.
        boolean stale = (SeededRandom.hash(seed ^ 0x57, number) & 0xFFFFF) < staleTags * 0x100000;
        return new RegisteredVehicle(
                "v" + number,
                plate,
                slots[(int) (number % SLOTS)].state(),
                new Vehicle(model.make(), model.model(), color, model.type(), null),
                tagged ? tag(number) : null,
                stale ? plate(capacity() - 1 - number) : plate);
    }

    private String plate(long number) {
        int slot = (int) (number % SLOTS);
        PlateSeries series = slots[slot];
        long within = number / SLOTS * series.share() + turn[slot];
        return series.plate(shuffle[slot].at(within));
    }

    /** The tag that a vehicle has, or would have. */
    String tag(long number) {
        return String.format(Locale.ROOT, "REP%010X", SeededRandom.hash(~seed, number) >>> 24);
    }

    List<String> colors() {
        return colors;
    }

    List<Vehicle> models() {
        return vehicles;
    }
}
