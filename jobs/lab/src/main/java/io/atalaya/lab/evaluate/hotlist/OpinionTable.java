package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.commandline.TextTable;

import java.io.PrintWriter;
import java.util.List;

/** What the second opinion changes, as cells: printed, and in the report. */
final class OpinionTable {
    static final List<String> HEADER =
            List.of(
                    "seen by the plate's image alone",
                    PassageGroup.LOOK_ALIKE.title(),
                    PassageGroup.ONE_EDIT.title(),
                    "right ones hidden",
                    "false alerts and reviews");

    private final HotlistReport report;

    OpinionTable(HotlistReport report) {
        this.report = report;
    }

    /** Whether there is anything to tell: without images there is not. */
    boolean isEmpty() {
        return report.modelRuns().isEmpty();
    }

    List<List<Cell>> rows() {
        return report.modelRuns().entrySet().stream()
                .map(row -> cells(row.getKey(), row.getValue()))
                .toList();
    }

    void print(PrintWriter out) {
        TextTable table = TextTable.ofNumbers(HEADER.toArray(String[]::new));
        rows().forEach(row -> table.row(row.stream().map(Cell::inOneLine).toList()));
        table.print(out);
    }

    private static List<Cell> cells(String name, OpinionFigures figures) {
        return List.of(
                new Cell(name, ""),
                recovered(figures, PassageGroup.LOOK_ALIKE),
                recovered(figures, PassageGroup.ONE_EDIT),
                Cell.count(figures.hidden()),
                new Cell(
                        Cell.count(figures.falseWith()).figure(),
                        "instead of " + Cell.count(figures.falseWithout()).figure()));
    }

    private static Cell recovered(OpinionFigures figures, PassageGroup group) {
        return Cell.share(figures.recovered(group), figures.unseen(group));
    }
}
