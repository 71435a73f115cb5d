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

/**
 * Alerts of the rule detectors of cameras, compared with the ground truth.
 *
 * @param episodes anomalies that had to be found
 * @param alerts standing or false alerts, without the excused ones
 * @param excused alerts explained by another event there, such as the queue behind a stopped
 *     vehicle
 * @param cancelled cancelled alerts
 * @param cameraHours recorded hours; 0 if the ground truth does not give them
 * @param kinds by type
 * @param missed descriptions
 * @param falseOnes descriptions
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CameraFigures(
        @JsonProperty("incidents") int episodes,
        int alerts,
        int excused,
        int cancelled,
        double cameraHours,
        @JsonIgnore Map<String, Kind> kinds,
        @JsonProperty("missedOnes") List<String> missed,
        List<String> falseOnes) {
    private static final double GOAL_FOUND = 0.95;
    private static final double GOAL_ALERTS_PER_INCIDENT = 1.1;
    private static final double GOAL_FALSE_PER_CAMERA_HOUR = 0.1;

    /** Median time from the start of the episode to the first alert, in seconds. */
    private static final Map<String, Integer> GOAL_DELAY_SECONDS =
            Map.of(
                    "stopped-vehicle", 60,
                    "wrong-way", 10,
                    "congestion", 120,
                    "loitering", 180,
                    "crowd", 60,
                    "abandoned-object", 120,
                    "camera-silent", 30,
                    "camera-frozen", 30,
                    "camera-moved", 300);

    /** One type of alert: {@code wrong} of the {@code alerts} have no cause in the ground truth. */
    public record Kind(
            int required,
            int found,
            int alerts,
            @JsonProperty("false") int wrong,
            @JsonProperty("delayMs") Delays delays) {}

    private record NamedKind(String type, @JsonUnwrapped Kind kind) {}

    @JsonProperty("types")
    List<NamedKind> kindsAsList() {
        return kinds.entrySet().stream()
                .map(each -> new NamedKind(each.getKey(), each.getValue()))
                .toList();
    }

    @JsonProperty
    public int found() {
        return kinds.values().stream().mapToInt(Kind::found).sum();
    }

    /** Alerts per episode, or null without episodes. */
    @JsonProperty
    public Double alertsPerIncident() {
        return episodes == 0 ? null : (double) alerts / episodes;
    }

    /** False alerts per camera-hour, or null if the hours are unknown. */
    @JsonProperty
    public Double falsePerCameraHour() {
        return cameraHours == 0 ? null : falseOnes.size() / cameraHours;
    }

    /** Whether neither the ground truth nor the alerts concern cameras. */
    @JsonIgnore
    public boolean isEmpty() {
        return kinds.isEmpty();
    }

    /** The figures of each type and its goal. */
    public Table table() {
        Table table =
                new Table(
                        "type | required | found | alerts | false | delay p50 | goal | p95 | max");
        kinds.forEach(
                (type, kind) -> {
                    Integer goal = GOAL_DELAY_SECONDS.get(type);
                    table.row(
                            type,
                            kind.required(),
                            kind.found(),
                            kind.alerts(),
                            kind.wrong(),
                            Delays.seconds(kind.delays(), Delays::p50, "%.1f s"),
                            goal == null ? null : goal + " s",
                            Delays.seconds(kind.delays(), Delays::p95, "%.1f s"),
                            Delays.seconds(kind.delays(), Delays::max, "%.1f s"));
                });
        return table;
    }

    /**
     * Prints the figures and their goals.
     *
     * @param details whether to list each missed anomaly and each false alert
     */
    public void print(PrintWriter out, boolean details) {
        out.printf("%nWhat cameras see%n");
        table().print(out);
        out.printf(
                Locale.ROOT,
                "found: %d of %d (%s; goal: %.0f %%)%n",
                found(),
                episodes,
                Page.formatted("%.1f %%", episodes == 0 ? null : 100.0 * found() / episodes),
                100 * GOAL_FOUND);
        out.printf(
                Locale.ROOT,
                "alerts an incident: %s (goal: at most %.1f); %d more are excused by another event"
                        + " there; %d were cancelled%n",
                Page.formatted("%.2f", alertsPerIncident()),
                GOAL_ALERTS_PER_INCIDENT,
                excused,
                cancelled);
        out.printf(
                Locale.ROOT,
                "false: %d in %.0f camera-hours, %s an hour (goal: at most %.1f)%n",
                falseOnes.size(),
                cameraHours,
                Page.formatted("%.2f", falsePerCameraHour()),
                GOAL_FALSE_PER_CAMERA_HOUR);
        out.println(
                "Delay from the anomaly's start to the first alert record's timestamp (arrival"
                        + " clock).");
        if (details) {
            FiguresTable.printList("missed", missed, out);
            FiguresTable.printList("false", falseOnes, out);
        }
        out.flush();
    }
}
