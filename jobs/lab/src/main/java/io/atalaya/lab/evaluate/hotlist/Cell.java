package io.atalaya.lab.evaluate.hotlist;

import java.util.Locale;

/**
 * A cell of a table.
 *
 * @param figure what is said first
 * @param detail what it is made from; empty where there is no more
 */
record Cell(String figure, String detail) {
    static final Cell NONE = new Cell("-", "");

    /** A share of a whole; none of nothing. */
    static Cell share(int part, int whole) {
        return whole == 0
                ? NONE
                : new Cell(
                        String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole),
                        String.format(Locale.ROOT, "%,d/%,d", part, whole));
    }

    static Cell count(int count) {
        return new Cell(String.format(Locale.ROOT, "%,d", count), "");
    }

    String inOneLine() {
        return detail.isEmpty() ? figure : figure + " (" + detail + ")";
    }
}
