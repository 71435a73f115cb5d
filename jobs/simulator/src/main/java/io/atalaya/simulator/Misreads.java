package io.atalaya.simulator;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.truth.ReadClass;

import org.apache.commons.csv.CSVRecord;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Generates misreads of a given class. The character confusions come from {@code confusions.csv},
 * counted over real reads.
 */
final class Misreads {
    private static final String SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final double SUBSTITUTED = 0.75;
    private static final double DROPPED = 0.13;

    /** Weight of an unobserved confusion relative to one that was counted once. */
    private static final double UNSEEN = 0.05;

    private record Confusion(char read, double weight) {}

    private final SeededRandom random;
    private final TreeMap<Character, List<Confusion>> lookAlikes = new TreeMap<>();
    private final TreeMap<Character, List<Confusion>> others = new TreeMap<>();
    private final List<Confusion> added;

    Misreads(SeededRandom random) {
        this.random = random;
        TreeMap<Character, TreeMap<Character, Double>> counts = new TreeMap<>();
        for (CSVRecord row : CsvTable.rows("confusions.csv")) {
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

    /** A misread text of that class; one edit if the plate has no look-alikes. */
    String of(String plate, ReadClass wanted) {
        if (wanted == ReadClass.LOOK_ALIKE) {
            String text = swapLookAlikes(plate);
            return text.equals(plate) ? of(plate, ReadClass.ONE_EDIT) : text;
        }
        while (true) {
            String text = edit(plate);
            for (int more = wanted == ReadClass.WORSE ? 1 + random.below(2) : 0; more > 0; more--) {
                text = edit(text);
            }
            if (ReadClass.of(plate, text) == wanted) {
                return text;
            }
        }
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
        int swaps = places.size() > 1 && random.happens(0.15) ? 2 : 1;
        for (int n = 0; n < swaps; n++) {
            // Characters that engines confuse more often are confused more often here.
            int at = random.weighted(places, i -> weight(lookAlikes.get(plate.charAt(i))));
            text.setCharAt(
                    at,
                    random.weighted(lookAlikes.get(plate.charAt(at)), Confusion::weight).read());
        }
        return text.toString();
    }

    private String edit(String plate) {
        StringBuilder text = new StringBuilder(plate);
        int at = random.below(plate.length());
        double draw = random.between(0, 1);
        if (draw < SUBSTITUTED) {
            List<Confusion> confusions = others.get(plate.charAt(at));
            text.setCharAt(at, random.weighted(confusions, Confusion::weight).read());
        } else if (draw < SUBSTITUTED + DROPPED && plate.length() > 5) {
            text.deleteCharAt(at);
        } else if (plate.length() < CanonicalPlate.MAX_LENGTH) {
            text.insert(at, random.weighted(added, Confusion::weight).read());
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
}
