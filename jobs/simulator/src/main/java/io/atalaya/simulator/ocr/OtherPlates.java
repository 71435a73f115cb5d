package io.atalaya.simulator.ocr;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Generates plates in the format of the true ones: a letter for a letter and a digit for a digit,
 * with equal frequencies of formats, so that a misread can equal or resemble one of them.
 */
final class OtherPlates {
    private static final long SEED = 20_260_303;

    /** Minimum length, because shorter formats have too few texts. */
    private static final int MIN_LENGTH = 6;

    /** Number of consecutive duplicates after which the formats count as exhausted. */
    private static final int VAIN = 1_000;

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
