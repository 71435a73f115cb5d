package io.atalaya.lab.evaluate;

import io.atalaya.lab.evaluate.camera.CameraFigures;
import io.atalaya.lab.evaluate.camera.CameraScorer;
import io.atalaya.lab.evaluate.page.Table;
import io.atalaya.lab.evaluate.score.Figures;
import io.atalaya.lab.evaluate.score.Figures.Delays;
import io.atalaya.lab.evaluate.score.GroundTruthScorer;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was found, what was false and how late it was, by type of alert and condition. */
final class ConditionsTable {
    private static final String FOUND = "found of cameras";
    private static final String FALSE = "false of cameras, in camera-hours";

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Map<String, String>> rows = new TreeMap<>();
    private final Map<String, String> found = new LinkedHashMap<>();
    private final Map<String, String> wrong = new LinkedHashMap<>();

    /** Adds the alerts of a run under one condition. */
    void add(String condition, GroundTruth truth, List<ScoredAlert> revisions) {
        CameraFigures cameras = CameraScorer.score(truth, revisions);
        add(condition, cameras);
        for (Figures.TypeFigures type : GroundTruthScorer.score(truth, revisions).types()) {
            if (cameras.kinds().containsKey(type.type())) {
                continue;
            }
            Integer falseAlerts = type.falseAlerts();
            cell(
                    type.type(),
                    condition,
                    type.found().found(),
                    type.found().required(),
                    falseAlerts == null ? 0 : falseAlerts + type.falseReviews(),
                    type.delays());
        }
    }

    /** Adds what the cameras of one or more days saw under one condition. */
    void add(String condition, CameraFigures cameras) {
        conditions.add(condition);
        cameras.kinds()
                .forEach(
                        (type, kind) ->
                                cell(
                                        type,
                                        condition,
                                        kind.found(),
                                        kind.required(),
                                        kind.wrong(),
                                        kind.delays()));
        found.put(condition, Table.Cell.share(cameras.found(), cameras.episodes()).toString());
        wrong.put(
                condition,
                String.format(
                        Locale.ROOT,
                        "%d in %.0f",
                        cameras.falseOnes().size(),
                        cameras.cameraHours()));
    }

    private void cell(
            String type, String condition, int found, int required, int wrong, Delays delays) {
        String late = Delays.seconds(delays, Delays::p50, "%.0f s");
        rows.computeIfAbsent(type, name -> new LinkedHashMap<>())
                .put(
                        condition,
                        String.format(
                                Locale.ROOT,
                                "%d/%d%s%s",
                                found,
                                required,
                                wrong == 0 ? "" : ", " + wrong + " false",
                                late.equals("-") ? "" : ", " + late));
    }

    void print(PrintWriter out) {
        Table table = new Table("type | " + String.join(" | ", conditions));
        rows.forEach((type, cells) -> row(table, type, cells));
        row(table, FOUND, found);
        row(table, FALSE, wrong);
        table.print(out);
    }

    private void row(Table table, String title, Map<String, String> cells) {
        List<Object> values = new ArrayList<>();
        values.add(title);
        conditions.forEach(condition -> values.add(cells.getOrDefault(condition, "-")));
        table.row(values.toArray());
    }
}
