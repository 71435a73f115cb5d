package io.atalaya.contracts.plate;

/**
 * Two plates side by side for a person: equal length, {@code _} for a missing character, and a line
 * that marks the differences.
 *
 * @param read the read text, aligned
 * @param listed the listed plate, aligned
 * @param differs {@code ^} where they differ, a space elsewhere
 */
public record PlateAlignment(String read, String listed, String differs) {
    private static final char GAP = '_';

    /** Aligns two plates as written, with the fewest differing characters (Levenshtein). */
    public static PlateAlignment of(String read, String listed) {
        String a = CanonicalPlate.bare(read);
        String b = CanonicalPlate.bare(listed);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                } else {
                    cost[i][j] =
                            Math.min(
                                    cost[i - 1][j - 1]
                                            + different(a.charAt(i - 1), b.charAt(j - 1)),
                                    1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                }
            }
        }
        StringBuilder top = new StringBuilder();
        StringBuilder bottom = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        int i = a.length();
        int j = b.length();
        while (i > 0 || j > 0) {
            char x = GAP;
            char y = GAP;
            if (i > 0
                    && j > 0
                    && cost[i][j]
                            == cost[i - 1][j - 1] + different(a.charAt(i - 1), b.charAt(j - 1))) {
                x = a.charAt(--i);
                y = b.charAt(--j);
            } else if (i > 0 && cost[i][j] == cost[i - 1][j] + 1) {
                x = a.charAt(--i);
            } else {
                y = b.charAt(--j);
            }
            top.append(x);
            bottom.append(y);
            marks.append(x == y ? ' ' : '^');
        }
        return new PlateAlignment(
                top.reverse().toString(), bottom.reverse().toString(), marks.reverse().toString());
    }

    /** The number of characters that differ. */
    public int edits() {
        return (int) differs.chars().filter(mark -> mark == '^').count();
    }

    private static int different(char x, char y) {
        return x == y ? 0 : 1;
    }
}
