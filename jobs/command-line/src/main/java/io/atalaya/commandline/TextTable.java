package io.atalaya.commandline;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A plain-text table: the first column is left-aligned, and every column is as wide as its content.
 */
public final class TextTable {
    private static final String GAP = "  ";

    private final boolean numbers;
    private final List<List<String>> rows = new ArrayList<>();

    private TextTable(boolean numbers, List<String> header) {
        this.numbers = numbers;
        this.rows.add(header);
    }

    /** A table whose columns after the first are numbers, right-aligned. */
    public static TextTable ofNumbers(String... header) {
        return new TextTable(true, List.of(header));
    }

    /** A table whose columns are all text, left-aligned. */
    public static TextTable ofText(String... header) {
        return new TextTable(false, List.of(header));
    }

    /** Adds a row with as many cells as the header. */
    public void row(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.size() + " cells, expected " + rows.get(0).size());
        }
        rows.add(List.copyOf(cells));
    }

    public void print(PrintWriter out) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - width(row.get(i)));
                line.append(i == 0 ? "" : GAP);
                line.append(numbers && i > 0 ? padding + row.get(i) : row.get(i) + padding);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
