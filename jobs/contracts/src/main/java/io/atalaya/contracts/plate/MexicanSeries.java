package io.atalaya.contracts.plate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The syntax of Mexican private plates and the state that a series belongs to: three letters, three
 * digits and a letter (or, in the older series still on the road, three letters and four digits),
 * and Mexico City's letter, two digits and three letters. The letters I, O and Q are not issued.
 *
 * <p>Source of the ranges: NOM-001-SCT-2-2016, appendix C, as transcribed publicly.
 */
public final class MexicanSeries {
    private static final int DIGIT_0 = 1;
    private static final int DIGIT_9 = 10;
    private static final int FOLDED_D = DIGIT_0;
    private static final int LETTER_A = 11;

    /** The state of each series by its letters' ordinal; null for a series that is not issued. */
    private static final String[] STATES = load();

    private MexicanSeries() {}

    private static String[] load() {
        try (InputStream in = MexicanSeries.class.getResourceAsStream("mexican-series.csv")) {
            String[] states = new String[26 * 26 * 26];
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    String[] cells = line.trim().split(",");
                    Arrays.fill(states, ordinal(cells[1]), ordinal(cells[2]) + 1, cells[0]);
                }
            }
            return states;
        } catch (IOException e) {
            throw new IllegalStateException("mexican-series.csv", e);
        }
    }

    private static int ordinal(String letters) {
        return ((letters.charAt(0) - 'A') * 26 + letters.charAt(1) - 'A') * 26
                + letters.charAt(2)
                - 'A';
    }

    /** Whether {@code length} canonical symbols can be a Mexican private plate. */
    public static boolean isValid(byte[] symbols, int length) {
        if (length == 7) {
            return isLetters(symbols, 0, 3)
                    && isDigits(symbols, 3, 6)
                    && (letter(symbols[6]) >= 0 || isDigit(symbols[6]))
                    && series(symbols) != null;
        }
        return length == 6
                && isLetters(symbols, 0, 1)
                && isDigits(symbols, 1, 3)
                && isLetters(symbols, 3, 6);
    }

    /**
     * The ISO 3166-2:MX code (three letters) of the state that a plate's series belongs to, or
     * null.
     */
    public static String stateOf(long packed) {
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        int length = CanonicalPlate.unpack(packed, symbols);
        if (!isValid(symbols, length)) {
            return null;
        }
        return length == 6 ? "CMX" : series(symbols);
    }

    private static String series(byte[] symbols) {
        return STATES[(letter(symbols[0]) * 26 + letter(symbols[1])) * 26 + letter(symbols[2])];
    }

    private static boolean isLetters(byte[] symbols, int from, int to) {
        for (int i = from; i < to; i++) {
            if (letter(symbols[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigits(byte[] symbols, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(symbols[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * 0 for A to 25 for Z, or -1 for another symbol; the digit 0 counts as D, because canonical
     * form folds D to it.
     */
    private static int letter(int symbol) {
        return symbol >= LETTER_A ? symbol - LETTER_A : symbol == FOLDED_D ? 'D' - 'A' : -1;
    }

    private static boolean isDigit(int symbol) {
        return symbol >= DIGIT_0 && symbol <= DIGIT_9;
    }
}
