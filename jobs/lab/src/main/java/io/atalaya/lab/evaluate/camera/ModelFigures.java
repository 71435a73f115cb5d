package io.atalaya.lab.evaluate.camera;

import io.atalaya.lab.evaluate.page.Page;
import io.atalaya.lab.evaluate.page.Table;
import io.atalaya.lab.evaluate.score.Figures.Delays;
import io.atalaya.lab.evaluate.score.FiguresTable;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What anomaly models add to the rule detectors, and whether they stay within their budget.
 *
 * @param budget alerts per camera and day for all types together
 * @param cameraDays recorded days; 0 if the ground truth does not give them
 * @param kinds of anomaly, by name
 * @param types of alert, by name
 * @param othersAdded anomalies that a rule missed and an unusual-* alert covers
 * @param missed descriptions
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelFigures(
        double budget,
        double cameraDays,
        @JsonIgnore Map<String, Kind> kinds,
        @JsonIgnore Map<String, Type> types,
        int othersAdded,
        @JsonProperty("missedOnes") List<String> missed) {
    /**
     * A kind of anomaly.
     *
     * @param required number of occurrences
     * @param unknown those that no rule reported
     * @param found those with an alert of their type
     * @param added those found that no rule reported
     */
    public record Kind(
            int required,
            @JsonProperty("unknownToRules") int unknown,
            int found,
            int added,
            @JsonProperty("delayMs") Delays delays) {}

    /**
     * A type of alert.
     *
     * @param alerts all alerts, including cancelled ones, because an operator has seen them
     * @param right alerts about an anomaly of their type
     * @param explained alerts about another event in the ground truth
     */
    public record Type(int alerts, int right, int explained) {
        /** Alerts without a cause in the ground truth, which the budget permits. */
        @JsonProperty
        public int others() {
            return alerts - right - explained;
        }

        Type plus(Type other) {
            return new Type(
                    alerts + other.alerts, right + other.right, explained + other.explained);
        }
    }

    private record NamedKind(String kind, @JsonUnwrapped Kind figures) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record NamedType(String type, @JsonUnwrapped Type figures, Double perCameraDay) {}

    @JsonProperty("kinds")
    List<NamedKind> kindsAsList() {
        return kinds.entrySet().stream()
                .map(each -> new NamedKind(each.getKey(), each.getValue()))
                .toList();
    }

    @JsonProperty("types")
    List<NamedType> typesAsList() {
        return types.entrySet().stream()
                .map(each -> new NamedType(each.getKey(), each.getValue(), perDay(each.getValue())))
                .toList();
    }

    @JsonProperty
    int required() {
        return sum(Kind::required);
    }

    @JsonProperty("unknownToRules")
    public int unknown() {
        return sum(Kind::unknown);
    }

    @JsonProperty
    public int added() {
        return sum(Kind::added);
    }

    private int sum(ToIntFunction<Kind> count) {
        return kinds.values().stream().mapToInt(count).sum();
    }

    private Type together() {
        return types.values().stream().reduce(new Type(0, 0, 0), Type::plus);
    }

    private Double perDay(Type type) {
        return cameraDays == 0 ? null : type.alerts() / cameraDays;
    }

    /** Alerts of all types per camera and day, or null if the days are unknown. */
    @JsonIgnore
    public Double perCameraDay() {
        return perDay(together());
    }

    /** Whether there is nothing to report. */
    @JsonIgnore
    public boolean isEmpty() {
        return kinds.isEmpty() && types.isEmpty();
    }

    /** The figures of each kind of anomaly. */
    public Table kindsTable() {
        Table table =
                new Table(
                        "what happens | required | no rule finds | found | added | delay p50 | p95"
                                + " | max");
        kinds.forEach(
                (name, kind) ->
                        table.row(
                                name,
                                kind.required(),
                                kind.unknown(),
                                kind.found(),
                                kind.added(),
                                Delays.seconds(kind.delays(), Delays::p50, "%.1f s"),
                                Delays.seconds(kind.delays(), Delays::p95, "%.1f s"),
                                Delays.seconds(kind.delays(), Delays::max, "%.1f s")));
        return table;
    }

    /** The figures of each type of alert. */
    public Table typesTable() {
        Table table =
                new Table(
                        "type | alerts | a camera and day | about these | about what rules find"
                                + " | about others");
        types.forEach((name, type) -> addRow(table, name, type));
        addRow(table, "together", together());
        return table;
    }

    private void addRow(Table table, String name, Type type) {
        table.row(
                name,
                type.alerts(),
                Page.formatted("%.2f", perDay(type)),
                type.right(),
                type.explained(),
                type.others());
    }

    /**
     * Prints all figures.
     *
     * @param details whether to list each missed anomaly
     */
    public void print(PrintWriter out, boolean details) {
        out.printf("%nWhat models add%n");
        if (!kinds.isEmpty()) {
            kindsTable().print(out);
            out.println();
        }
        typesTable().print(out);
        out.printf(
                Locale.ROOT,
                "budget: %.2f a camera and day, %.0f in %.1f camera-days; a camera raises no"
                        + " alert until it has learned what is typical: about half a day for"
                        + " trajectories, a day and a half for activity%n",
                budget,
                cameraDays * budget,
                cameraDays);
        out.printf(
                "incidents added that no rule detector reports: %d of %d, and %d that a rule should"
                        + " have found and missed%n",
                added(), unknown(), othersAdded);
        out.println(
                "Alerts of models without a cause in the truth are not false within the budget,"
                        + " because the models are asked for the most unusual input of each day.");
        if (details) {
            FiguresTable.printList("unusual, missed", missed, out);
        }
        out.flush();
    }
}
