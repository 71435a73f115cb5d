package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.lab.evaluate.dispatch.DispatchFigures.BadActor;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Deadline;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Delays;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Grouping;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Handover;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.PositionLoad;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Quantiles;
import io.atalaya.lab.evaluate.page.Page;
import io.atalaya.lab.evaluate.page.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The figures of one day, or of the same day under two policies, as tables. */
final class DispatchTables {
    private static final String WHOLE = "%,.0f";
    private static final String SHARE = "%.4f";
    private static final String SECONDS = "%,.1f";
    private static final String PERCENT = "%.1f %%";

    private final List<DispatchRun> runs;

    DispatchTables(List<DispatchRun> runs) {
        this.runs = List.copyOf(runs);
    }

    /** A row for each figure, a column for each run, and the difference of two. */
    Table summary() {
        Table table = new Table("figure" + columns() + (runs.size() == 2 ? " | difference" : ""));
        row(table, "incidents", WHOLE, figures -> (double) figures.incidents());
        if (runs.stream().allMatch(run -> run.figures().grouping() != null)) {
            grouping(table);
            delays(table);
        }
        row(
                table,
                "interruptions per position and hour",
                SECONDS,
                figures -> mean(figures.positions()));
        row(
                table,
                "the same, busiest position",
                SECONDS,
                figures -> most(figures.positions(), PositionLoad::perHour));
        row(
                table,
                "floods",
                WHOLE,
                figures ->
                        (double) figures.positions().stream().mapToInt(PositionLoad::floods).sum());
        row(
                table,
                "most time in a flood",
                PERCENT,
                figures -> 100 * most(figures.positions(), PositionLoad::floodShare));
        row(
                table,
                "interruptions above the budget",
                WHOLE,
                figures ->
                        (double)
                                figures.positions().stream()
                                        .mapToInt(PositionLoad::overBudget)
                                        .sum());
        for (int i = 0; i < runs.get(0).figures().deadlines().size(); i++) {
            int index = i;
            Deadline deadline = runs.get(0).figures().deadlines().get(i);
            row(
                    table,
                    "not within %d s: %s".formatted(deadline.seconds(), deadline.name()),
                    WHOLE,
                    figures -> (double) figures.deadlines().get(index).missed());
            quantiles(
                    table,
                    "seconds to " + deadline.name(),
                    figures -> figures.deadlines().get(index).delays());
        }
        handover(table, "fail-overs", Handover::failOvers);
        handover(table, "incidents that both sites were sent", Handover::sentTwice);
        handover(table, "withdrawn from a site", Handover::withdrawn);
        handover(table, "accepted, and still with both sites", Handover::stillTwice);
        return table;
    }

    private void grouping(Table table) {
        grouping(table, "true incidents", WHOLE, Grouping::trueIncidents);
        grouping(table, "events with truth", WHOLE, Grouping::events);
        grouping(table, "events in no incident", WHOLE, Grouping::unseen);
        grouping(table, "pairs: precision", SHARE, grouping -> grouping.pairs().precision());
        grouping(table, "pairs: recall", SHARE, grouping -> grouping.pairs().recall());
        grouping(table, "pairs: F1", SHARE, grouping -> grouping.pairs().f1());
        grouping(table, "B-cubed: precision", SHARE, grouping -> grouping.bCubed().precision());
        grouping(table, "B-cubed: recall", SHARE, grouping -> grouping.bCubed().recall());
        grouping(table, "B-cubed: F1", SHARE, grouping -> grouping.bCubed().f1());
        grouping(table, "wrong merges", WHOLE, Grouping::wrongMerges);
        grouping(table, "wrong splits", WHOLE, Grouping::wrongSplits);
        grouping(table, "vehicles merged with something else", WHOLE, Grouping::vehiclesInPlaces);
        grouping(table, "needless incidents", WHOLE, Grouping::needless);
    }

    private void delays(Table table) {
        quantiles(table, "seconds to the right site", figures -> figures.delays().all());
        quantiles(table, "the same, priority 90 and more", figures -> figures.delays().grave());
        delays(table, "real incidents that no site was sent", Delays::unsent);
        delays(table, "sent to another site first", Delays::elsewhere);
    }

    private void delays(Table table, String name, Function<Delays, Number> value) {
        row(table, name, WHOLE, figures -> value.apply(figures.delays()).doubleValue());
    }

    private void grouping(
            Table table, String name, String pattern, Function<Grouping, Number> value) {
        row(table, name, pattern, figures -> value.apply(figures.grouping()).doubleValue());
    }

    private void handover(Table table, String name, Function<Handover, Number> value) {
        row(table, name, WHOLE, figures -> value.apply(figures.handover()).doubleValue());
    }

    private void quantiles(
            Table table, String name, Function<DispatchFigures, Quantiles> quantiles) {
        row(table, name + ": median", SECONDS, f -> quantiles.apply(f).median() / 1e3);
        row(table, name + ": p90", SECONDS, f -> quantiles.apply(f).p90() / 1e3);
        row(table, name + ": longest", SECONDS, f -> quantiles.apply(f).max() / 1e3);
    }

    private void row(
            Table table, String name, String pattern, Function<DispatchFigures, Double> value) {
        List<Object> cells = new ArrayList<>(List.of(name));
        List<Double> values = runs.stream().map(run -> value.apply(run.figures())).toList();
        values.forEach(each -> cells.add(Page.formatted(pattern, each)));
        if (runs.size() == 2) {
            double difference = values.get(1) - values.get(0);
            cells.add(
                    difference == 0
                            ? "="
                            : Page.formatted(pattern.replaceFirst("%", "%+"), difference));
        }
        table.row(cells.toArray());
    }

    /** The load of each position; of two runs the second. */
    Table positions() {
        Table table =
                new Table(
                        "position | interruptions | per hour | floods | time in a flood | above"
                                + " budget");
        for (PositionLoad each : last().positions()) {
            table.row(
                    each.site() + " " + each.position(),
                    each.interruptions(),
                    Page.formatted(SECONDS, each.perHour()),
                    each.floods(),
                    Page.formatted(PERCENT, 100 * each.floodShare()),
                    each.overBudget());
        }
        return table;
    }

    /** What was decided how often. */
    Table decisions() {
        Set<String> kinds = new TreeSet<>();
        runs.forEach(run -> kinds.addAll(run.figures().decisions().keySet()));
        Table table = new Table("decision" + columns());
        for (String kind : kinds) {
            List<Object> cells = new ArrayList<>(List.of(kind));
            runs.forEach(run -> cells.add(run.figures().decisions().getOrDefault(kind, 0)));
            table.row(cells.toArray());
        }
        return table;
    }

    /** The devices with most false alarms; of two runs those of the second. */
    Table badActors() {
        Table table = new Table("device | closed | false alarms | share");
        for (BadActor each : last().badActors()) {
            table.row(
                    each.deviceId(),
                    each.alarms(),
                    each.falseAlarms(),
                    Page.formatted(PERCENT, 100 * each.share()));
        }
        return table;
    }

    private DispatchFigures last() {
        return runs.get(runs.size() - 1).figures();
    }

    private String columns() {
        StringBuilder columns = new StringBuilder();
        runs.forEach(run -> columns.append(" | ").append(run.name()));
        return columns.toString();
    }

    private static double mean(List<PositionLoad> positions) {
        return positions.stream().mapToDouble(PositionLoad::perHour).average().orElse(0);
    }

    private static double most(List<PositionLoad> positions, Function<PositionLoad, Double> value) {
        return positions.stream().mapToDouble(value::apply).max().orElse(0);
    }
}
