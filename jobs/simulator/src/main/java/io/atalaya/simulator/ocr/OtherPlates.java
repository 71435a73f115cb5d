package io.atalaya.simulator.ocr;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.ConfusionModel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Generates plates that are not the true ones: in their format, a letter for a letter and a digit
 * for a digit, with equal frequencies of formats, so that a misread can equal or resemble one of
 * them; or one character from them.
 */
final class OtherPlates {
    private static final long SEED = 20_260_303;

    /** Minimum length, because shorter formats have too few texts. */
    private static final int MIN_LENGTH = 6;

    /** Number of consecutive duplicates after which the formats count as exhausted. */
    private static final int VAIN = 1_000;

    /** The characters of a canonical plate. */
    private static final String CHARACTERS = "0123456789ABCEFGHJKLMNPRSTUVWXYZ";

    /** A plate and the country whose format it has. */
    record Plate(String text, String country) {}

    private OtherPlates() {}

    /**
     * Distinct plates whose canonical forms are not in {@code models}.
     *
     * @throws IllegalArgumentException if the formats have too few texts
     */
    static List<Plate> like(List<Plate> models, int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Plate> shapes = models.stream().filter(m -> m.text().length() >= MIN_LENGTH).toList();
        Set<String> taken = new HashSet<>();
        models.forEach(model -> taken.add(Misread.canonical(model.text())));
        List<Plate> plates = new ArrayList<>(count);
        int vain = 0;
        while (plates.size() < count) {
            if (shapes.isEmpty() || vain == VAIN) {
                throw new IllegalArgumentException(
                        String.format(
                                "%d other plates, expected at most %d: as many can be made like the %d"
                                        + " labels of %d characters and more",
                                count, plates.size(), shapes.size(), MIN_LENGTH));
            }
            Plate model = shapes.get(random.nextInt(shapes.size()));
            String text = fill(model.text(), random);
            if (taken.add(Misread.canonical(text))) {
                plates.add(new Plate(text, model.country()));
                vain = 0;
            } else {
                vain++;
            }
        }
        return plates;
    }

    /**
     * Distinct plates that differ from one of {@code truths} in one character and are none of them:
     * for each at most {@code each}, those first that readers print most often instead of it.
     */
    static List<Plate> nextTo(List<Plate> truths, int each) {
        Set<String> taken = new HashSet<>();
        truths.forEach(truth -> taken.add(Misread.canonical(truth.text())));
        List<Plate> plates = new ArrayList<>();
        for (Plate truth : truths) {
            nextTo(Misread.canonical(truth.text())).stream()
                    .filter(taken::add)
                    .limit(each)
                    .forEach(text -> plates.add(new Plate(text, truth.country())));
        }
        return plates;
    }

    private static List<String> nextTo(String truth) {
        List<String> texts = new ArrayList<>();
        for (int at = 0; at < truth.length(); at++) {
            for (char other : CHARACTERS.toCharArray()) {
                if (other != truth.charAt(at)) {
                    texts.add(truth.substring(0, at) + other + truth.substring(at + 1));
                }
            }
        }
        texts.sort(Comparator.comparingDouble(text -> -probability(text, truth)));
        return texts;
    }

    /** Log-probability that a reader prints the text when it sees the plate. */
    private static double probability(String text, String plate) {
        byte[] read = new byte[CanonicalPlate.MAX_LENGTH];
        byte[] truth = new byte[CanonicalPlate.MAX_LENGTH];
        return ConfusionModel.logProbability(
                read,
                CanonicalPlate.unpack(CanonicalPlate.pack(text), read),
                truth,
                CanonicalPlate.unpack(CanonicalPlate.pack(plate), truth));
    }

    private static String fill(String shape, SplittableRandom random) {
        StringBuilder plate = new StringBuilder(shape.length());
        for (int i = 0; i < shape.length(); i++) {
            plate.append(
                    Character.isDigit(shape.charAt(i))
                            ? (char) ('0' + random.nextInt(10))
                            : (char) ('A' + random.nextInt(26)));
        }
        return plate.toString();
    }
}
