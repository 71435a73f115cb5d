package io.atalaya.cli.evaluate.report;

import io.atalaya.cli.evaluate.report.HotlistReport.Row;
import io.atalaya.cli.text.TextTable;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The job beside the plain rules, as cells: printed, and in the report. */
final class ComparisonTable {
    /** What is said first, and what it is made from; the latter empty where there is no more. */
    record Cell(String figure, String detail) {

        private String inOneLine() {
            return detail.isEmpty() ? figure : figure + " (" + detail + ")";
        }
    }

    private static final Cell NONE = new Cell("-", "");

    private final HotlistReport report;

    ComparisonTable(HotlistReport report) {
        this.report = report;
    }

    List<String> header() {
        List<String> header = new ArrayList<>(List.of("found of what must be"));
        for (PassageGroup group : PassageGroup.values()) {
            header.add(group.title());
        }
        header.add("false alerts in 100,000");
        header.add("needless reviews");
        return header;
    }

    List<List<Cell>> rows() {
        return report.rows().stream().map(this::cells).toList();
    }

    void print(PrintWriter out) {
        TextTable table = TextTable.ofNumbers(header().toArray(String[]::new));
        rows().forEach(row -> table.row(row.stream().map(Cell::inOneLine).toList()));
        table.print(out);
    }

    private List<Cell> cells(Row row) {
        List<Cell> cells = new ArrayList<>(List.of(new Cell(row.name(), "")));
        for (PassageGroup group : PassageGroup.values()) {
            cells.add(share(row.tally().found(group), row.tally().required(group)));
        }
        cells.add(rate(row.falseAlerts()));
        cells.add(row.needlessReviews() == null ? NONE : rate(row.needlessReviews()));
        return cells;
    }

    private Cell rate(int count) {
        return new Cell(
                String.format(Locale.ROOT, "%,.1f", report.per100k(count)),
                String.format(Locale.ROOT, "%,d", count));
    }

    private static Cell share(int found, int of) {
        return of == 0
                ? NONE
                : new Cell(
                        String.format(Locale.ROOT, "%.1f %%", 100.0 * found / of),
                        String.format(Locale.ROOT, "%,d/%,d", found, of));
    }
}
