package io.atalaya.campaign;

import java.util.Random;

/** Values at and beyond the limits of a field. */
final class Extremes {
    private static final double[] NUMBERS = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        1e-9,
        1e-300,
        Double.MIN_VALUE,
        0.999999999,
        1.000000001,
        2,
        90,
        -90,
        180,
        -180,
        255,
        256,
        360,
        500,
        1e6,
        -1e6,
        1e12,
        1e300,
        Double.MAX_VALUE,
        Integer.MAX_VALUE,
        Long.MAX_VALUE
    };

    /**
     * Code points of every Unicode plane, including unassigned, joining and direction-changing
     * ones.
     */
    private static final int[] CODE_POINTS = {
        0x0, 0x7F, 0x20, 0xA0, 0xD1, 0x130, 0x131, 0xDF, 0x301, 0x3A3, 0x5D0, 0x627, 0x200B, 0x200D,
        0x202E, 0x2028, 0x4E2D, 0xFEFF, 0xFF21, 0xFFFD, 0xFFFF, 0x10400, 0x1F697, 0x1D400, 0x20000,
        0x30000, 0x40000, 0x50000, 0x60000, 0x70000, 0x80000, 0x90000, 0xA0000, 0xB0000, 0xC0000,
        0xD0000, 0xE0041, 0xF0000, 0x10FFFD
    };

    /** Contains look-alikes, so that short texts collide. */
    private static final String PLATE_LETTERS = "0O1IQD8BS5Z2AN";

    private static final long HOUR_MS = 3_600_000;

    private Extremes() {}

    static double number(Random random) {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    static double confidence(Random random) {
        double[] values = {0, 1, 1e-12, 1 - 1e-12, 0.5, random.nextDouble()};
        return values[random.nextInt(values.length)];
    }

    static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int[] lengths = {0, 1, 2, 12, 31, 32, 63, 64, 128, 129};
        int length = lengths[random.nextInt(lengths.length)];
        boolean isMixed = random.nextBoolean();
        int one = CODE_POINTS[random.nextInt(CODE_POINTS.length)];
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(isMixed ? CODE_POINTS[random.nextInt(CODE_POINTS.length)] : one);
        }
        return text.toString();
    }

    /** A plate of 1 to 12 easily confused characters. */
    static String plate(Random random) {
        int length = 1 + random.nextInt(12);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(PLATE_LETTERS.charAt(random.nextInt(PLATE_LETTERS.length())));
        }
        return text.toString();
    }

    /** A plate at most one edit away from another. */
    static String near(String plate, Random random) {
        if (plate.isEmpty()) {
            return "1";
        }
        int at = random.nextInt(plate.length());
        char other = PLATE_LETTERS.charAt(random.nextInt(PLATE_LETTERS.length()));
        return switch (random.nextInt(4)) {
            case 0 -> plate.substring(0, at) + other + plate.substring(at + 1);
            case 1 -> plate.substring(0, at) + other + plate.substring(at);
            case 2 -> plate.substring(0, at) + plate.substring(at + 1);
            default -> plate;
        };
    }

    /** An error of a device clock, ms. */
    static long clockError(Random random) {
        long[] errors = {
            0,
            1,
            -1,
            999,
            -1_000,
            5_000,
            5_001,
            -60_000,
            -HOUR_MS,
            -24 * HOUR_MS,
            24 * HOUR_MS,
            -24 * HOUR_MS + 1_000,
            24 * HOUR_MS - 1_000,
            -30 * 24 * HOUR_MS
        };
        return errors[random.nextInt(errors.length)];
    }
}
