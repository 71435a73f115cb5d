package io.atalaya.simulator.ocr;

import java.util.Locale;

/**
 * Difference between a text read and the plate in the image. It deliberately does not use the job's
 * own comparison, because a fault there must not move lost reads to another kind.
 */
public enum Misread {
    EXACT("exact"),
    LOOK_ALIKE("look-alike"),
    ONE_EDIT("one-edit"),
    /** Too short for a comparison other than equality. */
    SHORT("worse"),
    FARTHER("worse"),
    /** Without letters and digits, or with more of them than a plate has. */
    REJECTED(null),
    /** The label is doubtful, so the reader cannot be evaluated. */
    DOUBTFUL(null);

    private static final int MAX_LENGTH = 12;
    private static final int MIN_COMPARED = 5;

    private final String readClass;

    Misread(String readClass) {
        this.readClass = readClass;
    }

    /** The kind of a read with a trusted label. */
    static Misread of(String truth, String text) {
        String plate = canonical(truth);
        String read = canonical(text);
        if (read.isEmpty() || read.length() > MAX_LENGTH) {
            return REJECTED;
        }
        if (read.equals(plate)) {
            return EXACT;
        }
        if (Math.min(read.length(), plate.length()) < MIN_COMPARED) {
            return SHORT;
        }
        String foldedPlate = folded(plate);
        String foldedRead = folded(read);
        if (foldedRead.equals(foldedPlate)) {
            return LOOK_ALIKE;
        }
        return isOneEdit(foldedPlate, foldedRead) ? ONE_EDIT : FARTHER;
    }

    /** Letters and digits, upper case, with O, Q and D as 0 and I as 1. */
    static String canonical(String text) {
        return text.toUpperCase(Locale.ROOT)
                .replaceAll("[^A-Z0-9]", "")
                .replaceAll("[OQD]", "0")
                .replace('I', '1');
    }

    /** Name in the ground truth; null if it contains no such read. */
    String readClass() {
        return readClass;
    }

    /** Whether a read of this kind must be found. */
    boolean isRequired() {
        return this == EXACT || this == LOOK_ALIKE || this == ONE_EDIT;
    }

    /** Folded to the full look-alike classes. */
    static String folded(String canonical) {
        return canonical.replace('Z', '2').replace('S', '5').replace('B', '8').replace('G', '6');
    }

    private static boolean isOneEdit(String a, String b) {
        if (a.length() > b.length()) {
            return isOneEdit(b, a);
        }
        int at = 0;
        while (at < a.length() && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        return switch (b.length() - a.length()) {
            case 0 -> a.substring(at + 1).equals(b.substring(at + 1));
            case 1 -> a.substring(at).equals(b.substring(at + 1));
            default -> false;
        };
    }
}
