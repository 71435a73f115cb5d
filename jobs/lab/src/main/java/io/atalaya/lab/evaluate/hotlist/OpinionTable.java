package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.commandline.TextTable;

import java.io.PrintWriter;
import java.util.List;

/** The effect of OCR verification as table cells, for the console and the report. */
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

    /** Whether the recording has no OCR results, which need plate images. */
    boolean isEmpty() {
        return report.ocrVerifications().isEmpty();
    }

    List<List<Cell>> rows() {
        return report.ocrVerifications().entrySet().stream()
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
