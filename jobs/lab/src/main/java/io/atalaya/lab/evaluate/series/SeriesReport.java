package io.atalaya.lab.evaluate.series;

import io.atalaya.anomaly.series.EpisodeGate;
import io.atalaya.lab.evaluate.page.Html;
import io.atalaya.lab.evaluate.series.StandardProfile.RowRange;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the files of the report. */
final class SeriesReport {
    private SeriesReport() {}

    /**
     * Writes report.html, series.csv, thresholds.csv and scores.csv.
     *
     * @param others other detectors on the same series
     * @param gate the gate in force
     */
    static void write(
            List<JudgedSeries> judged,
            Map<String, List<JudgedSeries>> others,
            EpisodeGate.Settings gate,
            Path out)
            throws IOException {
        Files.createDirectories(out);
        BarCurve curve = BarCurve.of(judged, gate);
        Html page = SeriesPage.write(judged, others, curve, gate.bar());
        Files.writeString(out.resolve("report.html"), page.toString());
        page.writeDrawings(out.resolve("plots"));
        try (BufferedWriter csv = Files.newBufferedWriter(out.resolve("thresholds.csv"))) {
            csv.write("bar,alarms_right,alarms_false,windows_found,windows,days\n");
            for (BarCurve.Point point : curve.points()) {
                csv.write(
                        String.format(
                                Locale.ROOT,
                                "%.4f,%d,%d,%d,%d,%.2f%n",
                                point.bar(),
                                point.right(),
                                point.wrong(),
                                point.found(),
                                curve.windows(),
                                curve.days()));
            }
        }
        try (BufferedWriter csv = Files.newBufferedWriter(out.resolve("series.csv"))) {
            csv.write("detector,series,rows,windows,found,false_alarms,score\n");
            figures("scene activity, network", judged, csv);
            for (Map.Entry<String, List<JudgedSeries>> other : others.entrySet()) {
                figures(other.getKey(), other.getValue(), csv);
            }
        }
        try (BufferedWriter csv = Files.newBufferedWriter(out.resolve("scores.csv"))) {
            csv.write("series,timestamp,value,expected,score,alarm,window\n");
            for (JudgedSeries each : judged) {
                rows(each, csv);
            }
        }
    }

    private static void figures(String detector, List<JudgedSeries> all, BufferedWriter csv)
            throws IOException {
        for (JudgedSeries each : all) {
            csv.write(
                    String.format(
                            Locale.ROOT,
                            "\"%s\",%s,%d,%d,%d,%d,%.6f%n",
                            detector,
                            each.series().name(),
                            each.series().size(),
                            each.windows().size(),
                            each.result().windowsFound(),
                            each.result().falseAlarms(),
                            each.result().score()));
        }
    }

    private static void rows(JudgedSeries judged, BufferedWriter csv) throws IOException {
        SeriesFile series = judged.series();
        Detection detection = judged.detection();
        for (int row = 0; row < series.size(); row++) {
            int at = row;
            double score = detection.scores()[row];
            csv.write(
                    String.format(
                            Locale.ROOT,
                            "%s,%s,%s,%.6g,%s,%d,%d%n",
                            series.name(),
                            Instant.ofEpochMilli(series.times()[row]),
                            series.values()[row],
                            detection.expected()[row],
                            Double.isFinite(score) ? String.format(Locale.ROOT, "%.4f", score) : "",
                            detection.alarms()[row] ? 1 : 0,
                            judged.windows().stream().anyMatch((RowRange w) -> w.contains(at))
                                    ? 1
                                    : 0));
        }
    }
}
