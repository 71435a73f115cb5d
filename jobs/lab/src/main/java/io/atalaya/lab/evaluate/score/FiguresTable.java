package io.atalaya.lab.evaluate.score;

import io.atalaya.commandline.TextTable;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.lab.evaluate.score.Figures.Found;
import io.atalaya.lab.evaluate.score.Figures.TypeFigures;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the figures as text tables. */
public final class FiguresTable {
    private static final String NONE = "-";

    private final PrintWriter out;

    public FiguresTable(PrintWriter out) {
        this.out = out;
    }

    /**
     * Prints all figures.
     *
     * @param details whether to list each missed item and each false alert
     */
    public void print(Figures figures, boolean details) {
        List<TypeFigures> present =
                figures.types().stream().filter(FiguresTable::isJudged).toList();
        printTypes(present);
        for (TypeFigures type : present) {
            printGroups(type);
        }
        printAbsent(figures, present);
        if (details) {
            present.forEach(this::printDetails);
        }
        out.flush();
    }

    /**
     * A type without alerts was not enabled in the jobs, except hot-list matches, which then are
     * all missed.
     */
    private static boolean isJudged(TypeFigures type) {
        return type.alerts() + type.cancelled() > 0
                || type.type().equals(AlertType.HOTLIST_MATCH.wireName())
                        && type.found().required() > 0;
    }

    private void printAbsent(Figures figures, List<TypeFigures> present) {
        out.println();
        for (TypeFigures type : figures.types()) {
            if (!present.contains(type)) {
                out.printf(
                        "%s: %d required, no such alerts%n", type.type(), type.found().required());
            }
        }
        figures.unjudged()
                .forEach(
                        (type, alerts) ->
                                out.printf(
                                        "%s: %d alerts, the truth says nothing about them%n",
                                        type, alerts));
    }

    private void printTypes(List<TypeFigures> types) {
        TextTable table =
                TextTable.ofNumbers(
                        "type",
                        "required",
                        "found",
                        "ALERT",
                        "REVIEW",
                        "missed",
                        "recall",
                        "false ALERT",
                        "false REVIEW",
                        "precision",
                        "with REVIEW",
                        "twice",
                        "delay p50",
                        "p95",
                        "max");
        for (TypeFigures type : types) {
            List<String> cells = new ArrayList<>(foundCells(type.type(), type.found()));
            cells.addAll(
                    List.of(
                            number(type.falseAlerts()),
                            number(type.falseReviews()),
                            percent(type.precision()),
                            percent(type.precisionWithReviews()),
                            number(type.twice())));
            cells.addAll(delayCells(type.delays()));
            table.row(cells);
        }
        table.print(out);
        for (TypeFigures type : types) {
            out.printf(
                    "%s: %d alerts stand, %d cancelled; delay from %s to the alert record's"
                            + " timestamp (arrival clock)%n",
                    type.type(), type.alerts(), type.cancelled(), type.delayClock());
            if (type.found().optional() > 0) {
                out.printf(
                        "%s: of %d things that may be found and need not, %d were; they count"
                                + " neither way%n",
                        type.type(), type.found().optional(), type.found().optionalFound());
            }
            if (type.strayReads() > 0) {
                out.printf(
                        "%s: %d reads inside right alerts belong to no wanted passage%n",
                        type.type(), type.strayReads());
            }
        }
    }

    private void printGroups(TypeFigures type) {
        if (type.groups().isEmpty()) {
            return;
        }
        out.printf("%n%s by read class%n", type.type());
        TextTable table =
                TextTable.ofNumbers(
                        "read class",
                        "required",
                        "found",
                        "ALERT",
                        "REVIEW",
                        "missed",
                        "recall",
                        "not required",
                        "found too",
                        "delay p50",
                        "p95",
                        "max");
        type.groups()
                .forEach(
                        (group, found) -> {
                            List<String> cells = new ArrayList<>(foundCells(group, found));
                            cells.add(number(found.optional()));
                            cells.add(number(found.optionalFound()));
                            cells.addAll(delayCells(type.groupDelays().get(group)));
                            table.row(cells);
                        });
        table.print(out);
    }

    private void printDetails(TypeFigures type) {
        if (!type.missed().isEmpty()) {
            out.printf("%n%s, missed:%n", type.type());
            type.missed().forEach(missed -> out.println("  " + missed));
        }
        if (!type.falseOnes().isEmpty()) {
            out.printf("%n%s, false:%n", type.type());
            type.falseOnes().forEach(wrong -> out.println("  " + wrong));
        }
    }

    private static List<String> foundCells(String name, Found found) {
        return List.of(
                name,
                number(found.required()),
                number(found.found()),
                number(found.alerted()),
                number(found.reviewed()),
                number(found.missed()),
                percent(found.recall()));
    }

    private static List<String> delayCells(Delays delays) {
        return delays == null || delays.count() == 0
                ? List.of(NONE, NONE, NONE)
                : List.of(seconds(delays.p50()), seconds(delays.p95()), seconds(delays.max()));
    }

    private static String number(Integer value) {
        return value == null ? NONE : value.toString();
    }

    private static String percent(Double share) {
        return share == null ? NONE : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f s", millis / 1000.0);
    }
}
