package io.atalaya.loadgenerator;

import io.atalaya.plate.Candidate;
import io.atalaya.plate.CanonicalPlate;
import io.atalaya.plate.Vehicle;

import org.apache.commons.csv.CSVRecord;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads plates as real engines do: how often is fixed here, which characters are mistaken for which
 * comes from {@code confusions.csv}, counted over real reads.
 */
final class PlateCamera {
    static final double EXACT = 0.92;
    static final double LOOK_ALIKE = 0.04;
    static final double ONE_EDIT = 0.025;
    static final double TRUTH_AMONG_CANDIDATES = 0.60;
    static final double LOOKS_RIGHT = 0.93;

    private static final String SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final double SUBSTITUTED = 0.75;
    private static final double DROPPED = 0.13;

    /** What an unseen confusion weighs beside one that was counted once. */
    private static final double UNSEEN = 0.05;

    /** A plate as read. */
    record Reading(
            String text, double confidence, List<Candidate> candidates, ReadClass readClass) {}

    private record Confusion(char read, double weight) {}

    private final Chance chance;
    private final Fleet fleet;
    private final TreeMap<Character, List<Confusion>> lookAlikes = new TreeMap<>();
    private final TreeMap<Character, List<Confusion>> others = new TreeMap<>();
    private final List<Confusion> added;

    PlateCamera(Chance chance, Fleet fleet) {
        this.chance = chance;
        this.fleet = fleet;
        TreeMap<Character, TreeMap<Character, Double>> counts = new TreeMap<>();
        for (CSVRecord row : Table.rows("confusions.csv")) {
            counts.computeIfAbsent(row.get("truth").charAt(0), t -> new TreeMap<>())
                    .put(row.get("read").charAt(0), Double.parseDouble(row.get("count")));
        }
        for (char truth : SYMBOLS.toCharArray()) {
            List<Confusion> alike = new ArrayList<>();
            List<Confusion> other = new ArrayList<>();
            for (Confusion confusion : confusions(counts, truth)) {
                (folded(confusion.read()) == folded(truth) ? alike : other).add(confusion);
            }
            lookAlikes.put(truth, alike);
            others.put(truth, other);
        }
        this.added = confusions(counts, '-');
    }

    /** A reading with the usual shares of mistakes. */
    Reading read(String plate) {
        double draw = chance.between(0, 1);
        if (draw < EXACT) {
            return reading(plate, plate);
        }
        if (draw < EXACT + LOOK_ALIKE) {
            return misread(plate, ReadClass.LOOK_ALIKE);
        }
        return misread(
                plate, draw < EXACT + LOOK_ALIKE + ONE_EDIT ? ReadClass.ONE_EDIT : ReadClass.WORSE);
    }

    /** A reading with a mistake of that class; one edit where the plate has no look-alikes. */
    Reading misread(String plate, ReadClass wanted) {
        if (wanted == ReadClass.LOOK_ALIKE) {
            String text = swapLookAlikes(plate);
            return text.equals(plate) ? misread(plate, ReadClass.ONE_EDIT) : reading(plate, text);
        }
        while (true) {
            String text = edit(plate);
            for (int more = wanted == ReadClass.WORSE ? 1 + chance.below(2) : 0; more > 0; more--) {
                text = edit(text);
            }
            if (ReadClass.of(plate, text) == wanted) {
                return reading(plate, text);
            }
        }
    }

    /** The reading of {@code plate} as {@code text}, with a confidence that fits the mistake. */
    Reading reading(String plate, String text) {
        ReadClass readClass = ReadClass.of(plate, text);
        double confidence =
                switch (readClass) {
                    case EXACT -> confidence(0.94, 0.03);
                    case LOOK_ALIKE -> confidence(0.84, 0.06);
                    case ONE_EDIT -> confidence(0.66, 0.10);
                    default -> confidence(0.48, 0.10);
                };
        List<Candidate> candidates = new ArrayList<>(2);
        candidates.add(new Candidate(text, confidence));
        if (readClass != ReadClass.EXACT && chance.happens(TRUTH_AMONG_CANDIDATES)) {
            candidates.add(new Candidate(plate, milli(confidence * chance.between(0.55, 0.95))));
        }
        return new Reading(text, confidence, List.copyOf(candidates), readClass);
    }

    /** What the camera makes of a car's looks: make and colour right most of the time. */
    Vehicle look(Vehicle car) {
        String make = car.make();
        String model = car.model();
        String color = car.color();
        if (!chance.happens(LOOKS_RIGHT)) {
            if (chance.happens(0.5)) {
                while (color.equals(car.color())) {
                    color = chance.oneOf(fleet.colors());
                }
            } else {
                while (make.equals(car.make())) {
                    Vehicle other = chance.oneOf(fleet.models());
                    make = other.make();
                    model = other.model();
                }
            }
        }
        return new Vehicle(make, model, color, car.type(), milli(chance.between(0.7, 0.97)));
    }

    private String swapLookAlikes(String plate) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < plate.length(); i++) {
            if (!lookAlikes.get(plate.charAt(i)).isEmpty()) {
                places.add(i);
            }
        }
        if (places.isEmpty()) {
            return plate;
        }
        StringBuilder text = new StringBuilder(plate);
        int swaps = places.size() > 1 && chance.happens(0.15) ? 2 : 1;
        for (int n = 0; n < swaps; n++) {
            // Digits and letters that engines mistake more often are mistaken more often here.
            int at = chance.weighted(places, i -> weight(lookAlikes.get(plate.charAt(i))));
            text.setCharAt(
                    at,
                    chance.weighted(lookAlikes.get(plate.charAt(at)), Confusion::weight).read());
        }
        return text.toString();
    }

    private String edit(String plate) {
        StringBuilder text = new StringBuilder(plate);
        int at = chance.below(plate.length());
        double draw = chance.between(0, 1);
        if (draw < SUBSTITUTED) {
            List<Confusion> confusions = others.get(plate.charAt(at));
            text.setCharAt(at, chance.weighted(confusions, Confusion::weight).read());
        } else if (draw < SUBSTITUTED + DROPPED && plate.length() > 5) {
            text.deleteCharAt(at);
        } else if (plate.length() < CanonicalPlate.MAX_LENGTH) {
            text.insert(at, chance.weighted(added, Confusion::weight).read());
        }
        return text.toString();
    }

    private static List<Confusion> confusions(
            TreeMap<Character, TreeMap<Character, Double>> counts, char truth) {
        TreeMap<Character, Double> row = counts.getOrDefault(truth, new TreeMap<>());
        List<Confusion> confusions = new ArrayList<>();
        for (char read : SYMBOLS.toCharArray()) {
            if (read != truth) {
                confusions.add(new Confusion(read, row.getOrDefault(read, UNSEEN)));
            }
        }
        return confusions;
    }

    private static double weight(List<Confusion> confusions) {
        return confusions.stream().mapToDouble(Confusion::weight).sum();
    }

    private static long folded(char c) {
        return CanonicalPlate.fold(CanonicalPlate.pack(String.valueOf(c)));
    }

    private double confidence(double mean, double deviation) {
        return milli(Math.max(0.2, Math.min(0.995, mean + deviation * chance.gaussian())));
    }

    private static double milli(double value) {
        return Math.rint(value * 1000) / 1000;
    }
}
