package io.atalaya.lab.evaluate.camera;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.commandline.Chart;
import io.atalaya.lab.evaluate.camera.CameraTruth.EvaluatedAlert;
import io.atalaya.lab.evaluate.page.CsvFile;
import io.atalaya.lab.evaluate.page.Page;
import io.atalaya.lab.evaluate.page.SceneDrawing;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.lab.evaluate.score.ThresholdCurve;
import io.atalaya.lab.evaluate.score.ThresholdCurve.Point;
import io.atalaya.lab.evaluate.score.Verdict;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

import org.knowm.xchart.style.Styler.LegendPosition;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The report on camera alerts: report.html, alerts.csv and thresholds.csv. */
public final class CameraReport {
    private static final int WORST = 24;
    private static final int HISTOGRAM_BINS = 20;

    private final GroundTruth truth;
    private final CameraFigures cameras;
    private final ModelFigures models;
    private final List<EvaluatedAlert> alerts;
    private final List<EvaluatedAlert> ofRules;
    private final List<EvaluatedAlert> ofModels;
    private final ThresholdCurve ruleCurve;
    private final ThresholdCurve modelCurve;

    /** A false alarm on the page. */
    private record FalseAlarm(String plot, String type, String description) {}

    /** Evaluates all revisions of all alerts, in any order. */
    public CameraReport(
            GroundTruth truth,
            List<ScoredAlert> revisions,
            CameraFigures cameras,
            ModelFigures models) {
        this.truth = truth;
        this.cameras = cameras;
        this.models = models;
        CameraTruth known = new CameraTruth(truth);
        alerts = known.evaluate(revisions);
        ofRules = alerts.stream().filter(alert -> !alert.isOfModel()).toList();
        ofModels = alerts.stream().filter(EvaluatedAlert::isOfModel).toList();
        ruleCurve = curve(ofRules, known.forRules());
        modelCurve = curve(ofModels, known.forModels());
    }

    private static ThresholdCurve curve(List<EvaluatedAlert> alerts, List<CameraEpisode> episodes) {
        return ThresholdCurve.of(
                alerts.stream()
                        .map(
                                each ->
                                        new ThresholdCurve.Scored(
                                                each.score(),
                                                each.verdict(),
                                                each.alert().isCancelled()
                                                        ? List.of()
                                                        : episodes.stream()
                                                                .filter(
                                                                        episode ->
                                                                                CameraTruth.isAbout(
                                                                                        each
                                                                                                .alert(),
                                                                                        episode))
                                                                .toList()))
                        .toList(),
                episodes.size());
    }

    /**
     * Writes the files.
     *
     * @param recording source of the frames for the drawings of the worst alerts; null for no
     *     drawings
     */
    public void write(Path out, Recording recording) throws IOException {
        Map<String, String> plots = new LinkedHashMap<>();
        plots.put("precision-and-recall", precisionRecall());
        plots.put("scores-rules", histogram(ofRules, "rules-scores"));
        plots.put("scores-models", histogram(ofModels, "models-scores"));
        double days = truth.cameraHours() / 24;
        if (days > 0) {
            plots.put(
                    "alerts-a-camera-and-day-against-the-threshold-rules",
                    perCameraDay(ruleCurve, days, null, "rules-per-day"));
            plots.put(
                    "alerts-a-camera-and-day-against-the-threshold-models",
                    perCameraDay(modelCurve, days, models.budget(), "models-per-day"));
        }
        List<FalseAlarm> worst = drawWorst(recording, plots);
        if (models.isEmpty()) {
            plots.keySet().removeIf(name -> name.endsWith("-models"));
        }
        Page.write(
                out,
                "cameras",
                Map.of(
                        "truth",
                        truth,
                        "alerts",
                        alerts.size(),
                        "cameras",
                        cameras,
                        "models",
                        models,
                        "expectedOfRules",
                        ruleCurve.required(),
                        "expectedOfModels",
                        modelCurve.required(),
                        "worst",
                        worst,
                        "missed",
                        Stream.of(cameras.missed(), models.missed())
                                .flatMap(List::stream)
                                .toList()),
                plots);
        writeAlerts(out.resolve("alerts.csv"));
        CsvFile.write(
                out.resolve("thresholds.csv"),
                "by,threshold,right,excused,wrong,found,required",
                Stream.concat(rows("rules", ruleCurve), rows("models", modelCurve)));
    }

    /**
     * The false alerts with the highest scores: half from rules, half from models, kept apart
     * because their scores are not comparable in one list.
     */
    private List<FalseAlarm> drawWorst(Recording recording, Map<String, String> plots) {
        List<EvaluatedAlert> worst =
                Stream.of(ofRules, ofModels)
                        .flatMap(
                                some ->
                                        some.stream()
                                                .filter(each -> each.verdict() == Verdict.FALSE)
                                                .sorted(
                                                        Comparator.comparingDouble(
                                                                        EvaluatedAlert::score)
                                                                .reversed())
                                                .limit(WORST / 2))
                        .toList();
        CameraTrajectories trajectories = new CameraTrajectories(worst, recording);
        List<FalseAlarm> drawn = new ArrayList<>();
        for (EvaluatedAlert alert : worst) {
            String name = "false-alarm-" + (drawn.size() + 1);
            List<Trajectory> around = trajectories.all(alert);
            if (!around.isEmpty()) {
                plots.put(
                        name,
                        new SceneDrawing("view-" + drawn.size(), around)
                                .with(trajectories.named(alert)));
            }
            drawn.add(
                    new FalseAlarm(
                            around.isEmpty() ? null : name, alert.alert().type(), describe(alert)));
        }
        return drawn;
    }

    private String describe(EvaluatedAlert evaluated) {
        ScoredAlert alert = evaluated.alert();
        return String.format(
                Locale.ROOT,
                "%s, %s UTC, for %d s, score %.2f%s. %s",
                alert.deviceId() == null ? "many cameras" : alert.deviceId(),
                Instant.ofEpochMilli(alert.startedAt() / 1000 * 1000),
                (evaluated.endsAt() - alert.startedAt()) / 1000,
                alert.score(),
                alert.isCancelled() ? ", cancelled" : "",
                nearest(evaluated));
    }

    /** The nearest event in the ground truth, because it often explains the alert. */
    private String nearest(EvaluatedAlert alert) {
        return truth.cameraEpisodes().stream()
                .filter(each -> each.deviceId().equals(alert.alert().deviceId()))
                .min(Comparator.comparingLong(alert::millisFrom))
                .filter(each -> alert.millisFrom(each) < Duration.ofMinutes(15).toMillis())
                .map(
                        each ->
                                "Nearest in the truth: %s, %d s away"
                                        .formatted(
                                                each.kind() == null ? each.type() : each.kind(),
                                                alert.millisFrom(each) / 1000))
                .orElse("Nothing in the truth within 15 minutes");
    }

    private void writeAlerts(Path file) throws IOException {
        CsvFile.write(
                file,
                "alertId,type,deviceId,startedAt,until,score,verdict,cancelled,trackIds",
                alerts.stream()
                        .map(
                                each -> {
                                    ScoredAlert alert = each.alert();
                                    return new Object[] {
                                        alert.alertId(),
                                        alert.type(),
                                        alert.deviceId(),
                                        Instant.ofEpochMilli(alert.startedAt()),
                                        Instant.ofEpochMilli(each.endsAt()),
                                        Page.formatted("%.4f", alert.score()),
                                        each.verdict().name().toLowerCase(Locale.ROOT),
                                        alert.isCancelled() ? 1 : 0,
                                        String.join(" ", alert.trackIds())
                                    };
                                }));
    }

    private static Stream<Object[]> rows(String by, ThresholdCurve curve) {
        return curve.points().stream()
                .map(
                        point ->
                                new Object[] {
                                    by,
                                    Page.formatted("%.4f", point.threshold()),
                                    point.right(),
                                    point.excused(),
                                    point.wrong(),
                                    point.found(),
                                    curve.required()
                                });
    }

    private String precisionRecall() {
        Chart chart =
                new Chart(
                                "recall: anomalies found",
                                "precision: alerts that are right",
                                LegendPosition.InsideSW)
                        .ofShares();
        if (ruleCurve.required() > 0) {
            chart.curve(
                    "rules", ruleCurve.points(), ruleCurve::recall, Point::precision, Chart.BLUE);
        }
        if (modelCurve.required() > 0) {
            chart.curve(
                    "models",
                    modelCurve.points(),
                    modelCurve::recall,
                    Point::precision,
                    Chart.ORANGE);
        }
        return chart.svg("alerts-precision-recall");
    }

    /**
     * Alerts per camera and day over the threshold.
     *
     * @param budget budget drawn as a line; null for none
     */
    private static String perCameraDay(
            ThresholdCurve curve, double cameraDays, Double budget, String id) {
        Chart chart =
                new Chart(
                                "threshold: lowest score that alerts",
                                "alerts a camera and day",
                                LegendPosition.OutsideE)
                        .logarithmic()
                        .patterns("0.0#", "#,##0.##");
        chart.styler().setXAxisMin(0.0);
        chart.styler().setXAxisMax(1.0);
        List<Point> points = curve.points();
        chart.curve("all", points, Point::threshold, p -> p.shown() / cameraDays, Chart.BLUE);
        chart.curve("right", points, Point::threshold, p -> p.right() / cameraDays, Chart.GREEN);
        chart.curve(
                "explained by something else",
                points,
                Point::threshold,
                p -> p.excused() / cameraDays,
                Chart.GRAY);
        chart.curve(
                "about nothing", points, Point::threshold, p -> p.wrong() / cameraDays, Chart.RED);
        if (budget != null) {
            chart.dashed("budget", 0, budget, 1, budget, Chart.BLACK);
        }
        return chart.svg(id);
    }

    /** Number of alerts per score, by verdict. */
    private static String histogram(List<EvaluatedAlert> alerts, String id) {
        Chart chart =
                new Chart("score", "alerts", LegendPosition.OutsideE).patterns("0.0#", "#,##0");
        chart.styler().setXAxisMin(0.0);
        chart.styler().setXAxisMax(1.0);
        histogram(chart, "right", Verdict.RIGHT, alerts, Chart.GREEN);
        histogram(chart, "explained by something else", Verdict.EXCUSED, alerts, Chart.GRAY);
        histogram(chart, "about nothing", Verdict.FALSE, alerts, Chart.RED);
        return chart.svg(id);
    }

    private static void histogram(
            Chart chart, String name, Verdict verdict, List<EvaluatedAlert> alerts, Color color) {
        double[] scores =
                alerts.stream()
                        .filter(alert -> alert.verdict() == verdict)
                        .mapToDouble(EvaluatedAlert::score)
                        .toArray();
        chart.histogram(name, scores, 0, 1, HISTOGRAM_BINS, count -> count, color);
    }
}
