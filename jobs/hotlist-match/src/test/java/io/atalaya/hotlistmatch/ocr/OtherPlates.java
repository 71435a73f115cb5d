package io.atalaya.hotlistmatch.ocr;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Plates that nobody read, made like those that were: a letter for a letter and a digit for a
 * digit, with the shapes as frequent as they are. So a misread can fall on one of them, or beside.
 */
public final class OtherPlates {
    private static final long SEED = 20_260_303;

    /** Every text of a shorter shape would soon be taken. */
    private static final int SHORTEST = 6;

    private OtherPlates() {}

    /** Different plates, none of them in {@code models} by its canonical form. */
    public static List<String> like(List<String> models, int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> shapes = models.stream().filter(m -> m.length() >= SHORTEST).toList();
        Set<String> taken = new HashSet<>();
        models.forEach(model -> taken.add(Misread.canonical(model)));
        List<String> plates = new ArrayList<>(count);
        while (plates.size() < count) {
            String plate = fill(shapes.get(random.nextInt(shapes.size())), random);
            if (taken.add(Misread.canonical(plate))) {
                plates.add(plate);
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
