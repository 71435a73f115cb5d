package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.commandline.TextTable;
import io.atalaya.lab.evaluate.hotlist.HotlistReport.Row;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares the job with the plain rules, as table cells for the console and the report. */
final class ComparisonTable {
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
        return report.rows().stream().map(ComparisonTable::cells).toList();
    }

    void print(PrintWriter out) {
        TextTable table = TextTable.ofNumbers(header().toArray(String[]::new));
        rows().forEach(row -> table.row(row.stream().map(Cell::inOneLine).toList()));
        table.print(out);
    }

    private static List<Cell> cells(Row row) {
        List<Cell> cells = new ArrayList<>(List.of(new Cell(row.name(), "")));
        for (PassageGroup group : PassageGroup.values()) {
            cells.add(Cell.share(row.tally().found(group), row.tally().required(group)));
        }
        cells.add(rate(row.falseAlerts(), row.reads()));
        cells.add(
                row.needlessReviews() == null
                        ? Cell.NONE
                        : rate(row.needlessReviews(), row.reads()));
        return cells;
    }

    /** A country without reads has no rate, only a count. */
    private static Cell rate(int count, int reads) {
        String counted = Cell.count(count).figure();
        return reads == 0
                ? new Cell(counted, "")
                : new Cell(
                        String.format(Locale.ROOT, "%,.1f", HotlistReport.per100k(count, reads)),
                        counted);
    }
}
