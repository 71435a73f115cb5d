package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.lab.evaluate.page.Page;
import io.atalaya.lab.evaluate.page.Table;
import io.atalaya.lab.evaluate.score.Figures.Delays;
import io.atalaya.lab.evaluate.score.Figures.FoundCounts;
import io.atalaya.lab.evaluate.score.Figures.TypeFigures;

import java.io.PrintWriter;
import java.util.List;

/** Prints the figures as text tables. */
public final class FiguresTable {
    private FiguresTable() {}

    /**
     * Prints all figures.
     *
     * @param details whether to list each missed item and each false alert
     */
    public static void print(Figures figures, boolean details, PrintWriter out) {
        List<TypeFigures> present =
                figures.types().stream().filter(FiguresTable::isPresent).toList();
        printTypes(present, out);
        present.stream()
                .filter(type -> !type.groups().isEmpty())
                .forEach(type -> printGroups(type, out));
        out.println();
        figures.types().stream()
                .filter(type -> !present.contains(type))
                .forEach(
                        type ->
                                out.printf(
                                        "%s: %d required, no such alerts%n",
                                        type.type(), type.found().required()));
        figures.unjudged()
                .forEach(
                        (type, alerts) ->
                                out.printf(
                                        "%s: %d alerts, not covered by the truth%n", type, alerts));
        if (details) {
            for (TypeFigures type : present) {
                printList(type.type() + ", missed", type.missed(), out);
                printList(type.type() + ", false", type.falseOnes(), out);
            }
        }
        out.flush();
    }

    /** Prints a list under its title; nothing if it is empty. */
    public static void printList(String title, List<String> lines, PrintWriter out) {
        if (!lines.isEmpty()) {
            out.printf("%n%s:%n", title);
            lines.forEach(line -> out.println("  " + line));
        }
    }

    /**
     * A type without alerts was not enabled in the jobs, except hot-list matches, which then are
     * all missed.
     */
    private static boolean isPresent(TypeFigures type) {
        return type.alerts() + type.cancelled() > 0
                || type.type().equals(AlertType.HOTLIST_MATCH.wireName())
                        && type.found().required() > 0;
    }

    private static void printTypes(List<TypeFigures> types, PrintWriter out) {
        Table table =
                new Table(
                        "type | required | found | ALERT | REVIEW | missed | recall | false ALERT"
                                + " | false REVIEW | taken back | precision | with REVIEW | twice | delay p50"
                                + " | p95 | max");
        for (TypeFigures type : types) {
            FoundCounts found = type.found();
            Delays delays = type.delays();
            table.row(
                    type.type(),
                    found.required(),
                    found.found(),
                    found.alerted(),
                    found.reviewed(),
                    found.missed(),
                    percent(found.recall()),
                    type.falseAlerts(),
                    type.falseReviews(),
                    type.takenBack(),
                    percent(type.precision()),
                    percent(type.precisionWithReviews()),
                    type.twice(),
                    Delays.seconds(delays, Delays::p50, "%.3f s"),
                    Delays.seconds(delays, Delays::p95, "%.3f s"),
                    Delays.seconds(delays, Delays::max, "%.3f s"));
        }
        table.print(out);
        for (TypeFigures type : types) {
            out.printf(
                    "%s: %d alerts stand, %d cancelled; %s%n",
                    type.type(),
                    type.alerts(),
                    type.cancelled(),
                    type.delayClock() == null
                            ? "no delay, because the truth does not say which read proves one"
                            : "delay from "
                                    + type.delayClock()
                                    + " to the alert record's timestamp (arrival clock)");
            if (type.found().optional() > 0) {
                out.printf(
                        "%s: of %d optional items %d were found; they count" + " neither way%n",
                        type.type(), type.found().optional(), type.found().optionalFound());
            }
            if (type.strayReads() > 0) {
                out.printf(
                        "%s: %d reads inside right alerts belong to no wanted passage%n",
                        type.type(), type.strayReads());
            }
        }
    }

    private static void printGroups(TypeFigures type, PrintWriter out) {
        out.printf("%n%s by read class%n", type.type());
        Table table =
                new Table(
                        "read class | required | found | ALERT | REVIEW | missed | recall"
                                + " | not required | found too | delay p50 | p95 | max");
        type.groups()
                .forEach(
                        (group, found) -> {
                            Delays delays = type.groupDelays().get(group);
                            table.row(
                                    group,
                                    found.required(),
                                    found.found(),
                                    found.alerted(),
                                    found.reviewed(),
                                    found.missed(),
                                    percent(found.recall()),
                                    found.optional(),
                                    found.optionalFound(),
                                    Delays.seconds(delays, Delays::p50, "%.3f s"),
                                    Delays.seconds(delays, Delays::p95, "%.3f s"),
                                    Delays.seconds(delays, Delays::max, "%.3f s"));
                        });
        table.print(out);
    }

    private static String percent(Double share) {
        return Page.formatted("%.1f %%", share == null ? null : 100 * share);
    }
}
