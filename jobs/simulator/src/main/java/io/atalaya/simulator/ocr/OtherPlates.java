package io.atalaya.simulator.ocr;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Plates that nobody read, made like those that were: a letter for a letter and a digit for a
 * digit, with the shapes as frequent as they are. So a misread can fall on one of them, or beside.
 */
final class OtherPlates {
    private static final long SEED = 20_260_303;

    /** Every text of a shorter shape would soon be taken. */
    private static final int SHORTEST = 6;

    /** So many texts in a row that are taken already: there are hardly any others. */
    private static final int VAIN = 1_000;

    /** A plate, and the country whose plates look like it. */
    record Plate(String text, String country) {}

    private OtherPlates() {}

    /**
     * Different plates, none of them in {@code models} by its canonical form.
     *
     * @throws IllegalArgumentException if there are not so many of these shapes
     */
    static List<Plate> like(List<Plate> models, int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Plate> shapes = models.stream().filter(m -> m.text().length() >= SHORTEST).toList();
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
                                count, plates.size(), shapes.size(), SHORTEST));
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
