package io.atalaya.lab.evaluate.series;

import io.atalaya.anomaly.series.EpisodeGate;
import io.atalaya.lab.evaluate.page.CsvFile;
import io.atalaya.lab.evaluate.page.Page;
import io.atalaya.lab.evaluate.page.Table;
import io.atalaya.lab.evaluate.score.ThresholdCurve;
import io.atalaya.lab.evaluate.series.Detector.Detection;
import io.atalaya.lab.evaluate.series.EvaluatedSeries.Total;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes report.html, series.csv, thresholds.csv and scores.csv. */
final class SeriesReport {
    private static final int WORST = 12;

    private SeriesReport() {}

    private record DrawnAlarm(FalseAlarm alarm, String plot) {}

    private record DrawnSeries(EvaluatedSeries evaluated, String values, String scores) {}

    /**
     * Writes the files.
     *
     * @param others results of other detectors on the same series, by name
     * @param gate the gate in force
     */
    static void write(
            String detector,
            List<EvaluatedSeries> evaluated,
            Map<String, List<EvaluatedSeries>> others,
            EpisodeGate.Settings gate,
            Path out)
            throws IOException {
        Map<String, List<EvaluatedSeries>> all = new LinkedHashMap<>();
        all.put(detector, evaluated);
        all.putAll(others);
        Table table = new Table("detector | windows found | false alarms | score");
        all.forEach(
                (name, series) -> {
                    Total total = Total.of(series);
                    table.row(
                            name,
                            total.found() + " of " + total.windows(),
                            total.wrong(),
                            Page.formatted("%.2f", total.score()));
                });
        ThresholdCurve curve = EvaluatedSeries.curve(evaluated, gate);
        double days = EvaluatedSeries.evaluatedDays(evaluated);
        Map<String, String> plots = new LinkedHashMap<>();
        plots.put("precision-and-recall", SeriesPlots.precisionRecall(curve, evaluated, others));
        plots.put(
                "alarms-a-series-and-day-against-the-bar",
                SeriesPlots.perDay(curve, days, gate.bar()));
        plots.put("scores", SeriesPlots.histogram(evaluated, gate.bar()));
        List<DrawnAlarm> worst = new ArrayList<>();
        for (FalseAlarm alarm : FalseAlarm.worst(evaluated, WORST)) {
            String svg = SeriesPlots.values(alarm.around(), "worst-" + worst.size());
            worst.add(new DrawnAlarm(alarm, svg));
            plots.put("false-alarm-" + worst.size(), svg);
        }
        Page.write(
                out,
                "series",
                Map.of(
                        "count", evaluated.size(),
                        "total", Total.of(evaluated),
                        "detectors", table,
                        "worst", worst,
                        "series",
                                IntStream.range(0, evaluated.size())
                                        .mapToObj(i -> drawn(evaluated.get(i), i))
                                        .toList()),
                plots);
        CsvFile.write(
                out.resolve("thresholds.csv"),
                "bar,alarms_right,alarms_false,windows_found,windows,days",
                curve.points().stream()
                        .map(
                                point ->
                                        new Object[] {
                                            Page.formatted("%.4f", point.threshold()),
                                            point.right(),
                                            point.wrong(),
                                            point.found(),
                                            curve.required(),
                                            Page.formatted("%.2f", days)
                                        }));
        CsvFile.write(
                out.resolve("series.csv"),
                "detector,series,rows,windows,found,false_alarms,score",
                all.entrySet().stream()
                        .flatMap(
                                each ->
                                        each.getValue().stream()
                                                .map(series -> figures(each.getKey(), series))));
        CsvFile.write(
                out.resolve("scores.csv"),
                "series,timestamp,value,expected,score,alarm,window",
                evaluated.stream().flatMap(SeriesReport::rows));
    }

    private static DrawnSeries drawn(EvaluatedSeries evaluated, int number) {
        return new DrawnSeries(
                evaluated,
                SeriesPlots.values(evaluated, "values-" + number),
                SeriesPlots.scores(evaluated, "scores-" + number));
    }

    private static Object[] figures(String detector, EvaluatedSeries evaluated) {
        return new Object[] {
            detector,
            evaluated.series().name(),
            evaluated.series().size(),
            evaluated.windows().size(),
            evaluated.result().windowsFound(),
            evaluated.result().falseAlarms(),
            Page.formatted("%.6f", evaluated.result().score())
        };
    }

    private static Stream<Object[]> rows(EvaluatedSeries evaluated) {
        SeriesFile series = evaluated.series();
        Detection detection = evaluated.detection();
        return IntStream.range(0, series.size())
                .mapToObj(
                        row -> {
                            double score = detection.scores()[row];
                            return new Object[] {
                                series.name(),
                                Instant.ofEpochMilli(series.times()[row]),
                                series.values()[row],
                                Page.formatted("%.6g", detection.expected()[row]),
                                Double.isFinite(score) ? Page.formatted("%.4f", score) : "",
                                detection.alarms()[row] ? 1 : 0,
                                evaluated.isInWindow(row) ? 1 : 0
                            };
                        });
    }
}
