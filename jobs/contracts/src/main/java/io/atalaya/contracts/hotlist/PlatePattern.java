package io.atalaya.contracts.hotlist;

import io.atalaya.contracts.plate.CanonicalPlate;

import java.util.Arrays;

/**
 * A pattern over canonical plates: {@code ?} stands for one character, {@code *} for any run, also
 * an empty one. Matching is at worst linear in the product of the two lengths, at most {@value
 * CanonicalPlate#MAX_LENGTH} and {@value #MAX_LENGTH}, so that no input makes it expensive.
 */
public final class PlatePattern {
    public static final int MAX_LENGTH = 24;
    public static final int MIN_LITERALS = 3;

    private static final byte ONE = -1;
    private static final byte RUN = -2;

    private final byte[] symbols;

    private PlatePattern(byte[] symbols) {
        this.symbols = symbols;
    }

    /** What a pattern should be if it is invalid, or null. */
    public static String fault(String pattern) {
        int literals = 0;
        int length = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '?' || c == '*') {
                length++;
            } else if (c != '-' && c != ' ') {
                if (!CanonicalPlate.isPlate(String.valueOf(c))) {
                    return "letters, digits, ? and *";
                }
                literals++;
                length++;
            }
        }
        if (literals < MIN_LITERALS) {
            return "at least " + MIN_LITERALS + " letters or digits in a pattern";
        }
        return length > MAX_LENGTH ? "at most " + MAX_LENGTH + " characters" : null;
    }

    /**
     * Compiles a pattern.
     *
     * @param folded whether look-alikes of the full classes match too
     * @throws IllegalArgumentException if the pattern has a {@link #fault}
     */
    public static PlatePattern compile(String pattern, boolean folded) {
        String fault = fault(pattern);
        if (fault != null) {
            throw new IllegalArgumentException("pattern " + pattern + ": expected " + fault);
        }
        byte[] symbols = new byte[MAX_LENGTH];
        int length = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '?') {
                symbols[length++] = ONE;
            } else if (c == '*') {
                if (length == 0 || symbols[length - 1] != RUN) {
                    symbols[length++] = RUN;
                }
            } else if (c != '-' && c != ' ') {
                long packed = CanonicalPlate.pack(String.valueOf(c));
                symbols[length++] = (byte) (folded ? CanonicalPlate.fold(packed) : packed);
            }
        }
        return new PlatePattern(Arrays.copyOf(symbols, length));
    }

    /** Whether a plate of {@code length} canonical (or folded) symbols matches the pattern. */
    public boolean matches(byte[] plate, int length) {
        int p = 0;
        int s = 0;
        int runAt = -1;
        int resume = 0;
        while (s < length) {
            if (p < symbols.length && (symbols[p] == ONE || symbols[p] == plate[s])) {
                p++;
                s++;
            } else if (p < symbols.length && symbols[p] == RUN) {
                runAt = p++;
                resume = s;
            } else if (runAt >= 0) {
                p = runAt + 1;
                s = ++resume;
            } else {
                return false;
            }
        }
        while (p < symbols.length && symbols[p] == RUN) {
            p++;
        }
        return p == symbols.length;
    }
}
