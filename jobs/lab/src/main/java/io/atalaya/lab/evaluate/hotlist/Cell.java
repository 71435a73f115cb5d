package io.atalaya.lab.evaluate.hotlist;

import java.util.Locale;

/**
 * A table cell.
 *
 * @param figure main value
 * @param detail its components; empty if there are none
 */
record Cell(String figure, String detail) {
    static final Cell NONE = new Cell("-", "");

    /** A share of a whole; {@link #NONE} if the whole is 0. */
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
