package io.atalaya.lab.evaluate.page;

import io.atalaya.commandline.TextTable;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table for the console and for a page. Its first column is text, the others are numbers. */
public final class Table {
    private final List<String> header;
    private final List<List<Cell>> rows = new ArrayList<>();

    /**
     * A cell.
     *
     * @param detail components of the figure; empty if there are none
     */
    public record Cell(String figure, String detail) {
        /** A share of a whole; a hyphen if the whole is 0. */
        public static Cell share(int part, int whole) {
            return whole == 0
                    ? new Cell("-", "")
                    : new Cell(
                            Page.formatted("%.1f %%", 100.0 * part / whole),
                            String.format(Locale.ROOT, "%,d/%,d", part, whole));
        }

        @Override
        public String toString() {
            return detail.isEmpty() ? figure : figure + " (" + detail + ")";
        }
    }

    /**
     * @param header titles of the columns, separated by bars
     */
    public Table(String header) {
        this.header = List.of(header.split(" *\\| *"));
    }

    /** Adds a row of cells or plain values; null is a hyphen. */
    public void row(Object... values) {
        rows.add(
                Arrays.stream(values)
                        .map(v -> v instanceof Cell c ? c : new Cell(v == null ? "-" : "" + v, ""))
                        .toList());
    }

    public List<String> header() {
        return header;
    }

    public List<List<Cell>> rows() {
        return rows;
    }

    /** Prints it as text. */
    public void print(PrintWriter out) {
        TextTable table = TextTable.ofNumbers(header.toArray(String[]::new));
        rows.forEach(row -> table.row(row.stream().map(Cell::toString).toList()));
        table.print(out);
    }
}
