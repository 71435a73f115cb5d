package io.atalaya.lab.evaluate.camera;

import io.atalaya.commandline.TextTable;
import io.atalaya.lab.evaluate.score.UnusualFigures;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints what models add to the rules. */
public final class UnusualTable {
    private static final String NONE = "-";

    private final PrintWriter out;

    public UnusualTable(PrintWriter out) {
        this.out = out;
    }

    /**
     * Prints all figures.
     *
     * @param details whether to list each missed anomaly
     */
    public void print(UnusualFigures figures, boolean details) {
        out.printf("%nWhat models add%n");
        if (!figures.kinds().isEmpty()) {
            kinds(figures);
        }
        types(figures);
        out.printf(
                "incidents added that no rule detector reports: %d of %d, and %d that a rule should"
                        + " have found and missed%n",
                figures.added(), figures.unknown(), figures.othersAdded());
        out.println(
                "Unusual alerts about nothing in the truth are not false as long as all of them stay"
                        + " within the budget: they are the most unusual of what is usual.");
        if (details && !figures.missed().isEmpty()) {
            out.printf("%nunusual, missed:%n");
            figures.missed().forEach(line -> out.println("  " + line));
        }
        out.flush();
    }

    private void kinds(UnusualFigures figures) {
        TextTable table =
                TextTable.ofNumbers(
                        "what happens",
                        "required",
                        "no rule finds",
                        "found",
                        "added",
                        "delay p50",
                        "p95",
                        "max");
        figures.kinds()
                .forEach(
                        (kind, each) -> {
                            boolean measured = each.delays().count() > 0;
                            table.row(
                                    List.of(
                                            kind,
                                            String.valueOf(each.required()),
                                            String.valueOf(each.unknown()),
                                            String.valueOf(each.found()),
                                            String.valueOf(each.added()),
                                            measured ? seconds(each.delays().p50()) : NONE,
                                            measured ? seconds(each.delays().p95()) : NONE,
                                            measured ? seconds(each.delays().max()) : NONE));
                        });
        table.print(out);
        out.println();
    }

    private void types(UnusualFigures figures) {
        TextTable table =
                TextTable.ofNumbers(
                        "type",
                        "alerts",
                        "a camera and day",
                        "about these",
                        "about what rules find",
                        "about others");
        figures.types().forEach((type, each) -> table.row(row(type, each, figures)));
        table.row(row("together", figures.together(), figures));
        table.print(out);
        out.printf(
                Locale.ROOT,
                "budget: %s a camera and day, %.0f in %.1f camera-days; a camera is silent until it is known,"
                        + " some half a day of ways and a day and a half of activity%n",
                shown(figures.budget()),
                figures.cameraDays() * figures.budget(),
                figures.cameraDays());
    }

    private static List<String> row(String name, UnusualFigures.Type type, UnusualFigures figures) {
        return List.of(
                name,
                String.valueOf(type.alerts()),
                shown(figures.perCameraDay(type)),
                String.valueOf(type.right()),
                String.valueOf(type.explained()),
                String.valueOf(type.others()));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private static String shown(Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, "%.2f", value);
    }
}
