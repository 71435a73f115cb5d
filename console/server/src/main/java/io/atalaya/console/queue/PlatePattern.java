package io.atalaya.console.queue;

import java.util.Locale;

/**
 * A plate with {@code ?} for one character and {@code *} for any. It is no regular expression,
 * whose time can grow with the power of the asterisks: each character of a plate is compared at
 * most once with each of the pattern's.
 */
final class PlatePattern {
    private final int[] pattern;

    PlatePattern(String pattern) {
        this.pattern = bare(pattern);
    }

    private static int[] bare(String plate) {
        return plate.toUpperCase(Locale.ROOT)
                .codePoints()
                .filter(each -> each != ' ' && each != '-')
                .toArray();
    }

    /** Whether the whole plate fits; spaces, hyphens and case do not matter. */
    boolean fits(String raw) {
        int[] plate = bare(raw);
        int at = 0;
        int of = 0;
        // Where the last asterisk is, and up to where of the plate it reaches.
        int asterisk = -1;
        int reach = 0;
        while (of < plate.length) {
            if (at < pattern.length && pattern[at] == '*') {
                asterisk = at;
                at++;
                reach = of;
            } else if (at < pattern.length && (pattern[at] == '?' || pattern[at] == plate[of])) {
                at++;
                of++;
            } else if (asterisk >= 0) {
                reach++;
                of = reach;
                at = asterisk + 1;
            } else {
                return false;
            }
        }
        while (at < pattern.length && pattern[at] == '*') {
            at++;
        }
        return at == pattern.length;
    }
}
