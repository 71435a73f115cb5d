package io.atalaya.lab.evaluate.camera;

import io.atalaya.lab.evaluate.camera.CameraTruth.Verdict;
import io.atalaya.lab.evaluate.page.Html;
import io.atalaya.lab.evaluate.score.CameraFigures;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.lab.evaluate.score.UnusualFigures;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.truth.GroundTruth;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The report on camera alerts: report.html, alerts.csv and thresholds.csv. */
public final class AlertReport {
    private static final int WORST = 24;

    private final GroundTruth truth;
    private final List<JudgedAlert> alerts;
    private final UnusualFigures unusual;
    private final CameraFigures cameras;

    /**
     * Evaluates all revisions of all alerts, in any order.
     *
     * @param cameras figures of the rule detectors
     * @param unusual figures of the anomaly models
     */
    public AlertReport(
            GroundTruth truth,
            List<ScoredAlert> revisions,
            CameraFigures cameras,
            UnusualFigures unusual) {
        this.truth = truth;
        this.alerts = JudgedAlert.of(truth, revisions);
        this.cameras = cameras;
        this.unusual = unusual;
    }

    /**
     * Writes the files.
     *
     * @param recording source of the frames for the drawings of the worst alerts; null for no
     *     drawings
     */
    public void write(Path out, Recording recording) throws IOException {
        Files.createDirectories(out);
        CameraTruth known = new CameraTruth(truth);
        AlertCurve rules =
                AlertCurve.of(
                        alerts.stream().filter(each -> !each.isOfModel()).toList(),
                        known.forRules());
        AlertCurve models =
                AlertCurve.of(
                        alerts.stream().filter(JudgedAlert::isOfModel).toList(), known.forModels());
        List<JudgedAlert> worst = worst();
        FilmedWays filmed = recording == null ? null : FilmedWays.around(worst, recording);
        Html page =
                new AlertPage(truth, alerts, cameras, unusual, rules, models).write(worst, filmed);
        Files.writeString(out.resolve("report.html"), page.toString());
        page.writeDrawings(out.resolve("plots"));
        writeAlerts(out.resolve("alerts.csv"));
        writeThresholds(out.resolve("thresholds.csv"), rules, models);
    }

    /**
     * The false alerts with the highest scores: half from rules, half from models, kept apart
     * because their scores are not comparable in one list.
     */
    private List<JudgedAlert> worst() {
        Comparator<JudgedAlert> falling = Comparator.comparingDouble(JudgedAlert::score).reversed();
        return Stream.of(false, true)
                .flatMap(
                        ofModel ->
                                alerts.stream()
                                        .filter(each -> each.verdict() == Verdict.FALSE)
                                        .filter(each -> each.isOfModel() == ofModel)
                                        .sorted(falling)
                                        .limit(WORST / 2))
                .toList();
    }

    private void writeAlerts(Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file);
                CSVPrinter csv =
                        printer(
                                out,
                                "alertId",
                                "type",
                                "deviceId",
                                "startedAt",
                                "until",
                                "score",
                                "verdict",
                                "cancelled",
                                "trackIds")) {
            for (JudgedAlert each : alerts) {
                ScoredAlert alert = each.alert();
                csv.printRecord(
                        alert.alertId(),
                        alert.type(),
                        alert.deviceId(),
                        Instant.ofEpochMilli(alert.startedAt()),
                        Instant.ofEpochMilli(each.until()),
                        text(each.score()),
                        each.verdict().name().toLowerCase(Locale.ROOT),
                        alert.isCancelled() ? 1 : 0,
                        String.join(" ", alert.trackIds()));
            }
        }
    }

    private void writeThresholds(Path file, AlertCurve rules, AlertCurve models)
            throws IOException {
        try (Writer out = Files.newBufferedWriter(file);
                CSVPrinter csv =
                        printer(
                                out,
                                "by",
                                "threshold",
                                "right",
                                "excused",
                                "wrong",
                                "found",
                                "required")) {
            writeCurve(csv, "rules", rules);
            writeCurve(csv, "models", models);
        }
    }

    private static void writeCurve(CSVPrinter csv, String by, AlertCurve curve) throws IOException {
        for (AlertCurve.Point point : curve.points()) {
            csv.printRecord(
                    by,
                    text(point.threshold()),
                    point.right(),
                    point.excused(),
                    point.wrong(),
                    point.found(),
                    curve.required());
        }
    }

    private static CSVPrinter printer(Writer out, String... header) throws IOException {
        return new CSVPrinter(
                out, CSVFormat.RFC4180.builder().setHeader(header).setRecordSeparator('\n').get());
    }

    private static String text(double score) {
        return String.format(Locale.ROOT, "%.4f", score);
    }
}
