package io.atalaya.lab.evaluate.camera;

import io.atalaya.commandline.TextTable;
import io.atalaya.lab.evaluate.score.CameraFigures;
import io.atalaya.lab.evaluate.score.CameraFigures.Kind;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the camera figures and their goals. */
public final class CameraTable {
    private static final String NONE = "-";

    private final PrintWriter out;

    public CameraTable(PrintWriter out) {
        this.out = out;
    }

    /**
     * Prints all figures.
     *
     * @param details whether to list each missed anomaly and each false alert
     */
    public void print(CameraFigures figures, boolean details) {
        out.printf("%nWhat cameras see%n");
        TextTable table =
                TextTable.ofNumbers(
                        "type",
                        "required",
                        "found",
                        "alerts",
                        "false",
                        "delay p50",
                        "goal",
                        "p95",
                        "max");
        for (Map.Entry<String, Kind> each : figures.kinds().entrySet()) {
            table.row(row(each.getKey(), each.getValue()));
        }
        table.print(out);
        out.printf(
                Locale.ROOT,
                "found: %d of %d (%s; goal: %.0f %%)%n",
                figures.found(),
                figures.episodes(),
                figures.episodes() == 0
                        ? NONE
                        : String.format(
                                Locale.ROOT,
                                "%.1f %%",
                                100.0 * figures.found() / figures.episodes()),
                100 * CameraGoals.FOUND);
        out.printf(
                Locale.ROOT,
                "alerts an incident: %s (goal: at most %.1f); %d more are excused by what went on there; %d were taken back%n",
                shown(figures.alertsPerIncident()),
                CameraGoals.ALERTS_PER_INCIDENT,
                figures.excused(),
                figures.cancelled());
        out.printf(
                Locale.ROOT,
                "false: %d in %.0f camera-hours, %s an hour (goal: at most %.1f)%n",
                figures.falseOnes().size(),
                figures.cameraHours(),
                shown(figures.falsePerCameraHour()),
                CameraGoals.FALSE_PER_CAMERA_HOUR);
        out.println(
                "Delay from the anomaly's start to the first alert record's timestamp (arrival clock).");
        if (details) {
            list("missed", figures.missed());
            list("false", figures.falseOnes());
        }
        out.flush();
    }

    private void list(String what, List<String> lines) {
        if (!lines.isEmpty()) {
            out.printf("%n%s:%n", what);
            lines.forEach(line -> out.println("  " + line));
        }
    }

    private static List<String> row(String type, Kind kind) {
        Integer goal = CameraGoals.DELAY_SECONDS.get(type);
        boolean measured = kind.delays().count() > 0;
        return List.of(
                type,
                String.valueOf(kind.required()),
                String.valueOf(kind.found()),
                String.valueOf(kind.alerts()),
                String.valueOf(kind.wrong()),
                measured ? seconds(kind.delays().p50()) : NONE,
                goal == null ? NONE : goal + " s",
                measured ? seconds(kind.delays().p95()) : NONE,
                measured ? seconds(kind.delays().max()) : NONE);
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private static String shown(Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, "%.2f", value);
    }
}
