package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.commandline.Chart;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.lab.evaluate.hotlist.FalseAlarm.Message;
import io.atalaya.lab.evaluate.hotlist.HotlistEvaluator.EvaluatedAlert;
import io.atalaya.lab.evaluate.hotlist.Reliability.Bin;
import io.atalaya.lab.evaluate.input.InputFiles;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.lab.evaluate.page.Page;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.lab.evaluate.score.ThresholdCurve;
import io.atalaya.lab.evaluate.score.ThresholdCurve.Point;
import io.atalaya.simulator.truth.GroundTruth;

import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the report as a page. */
final class HotlistPage {
    private static final int WORST = 25;

    private final HotlistReport report;

    HotlistPage(HotlistReport report) {
        this.report = report;
    }

    /**
     * Writes the page.
     *
     * @param recording name of the recording
     * @param alerts the alerts of the first run
     */
    void write(Path out, String recording, Path alerts) throws IOException {
        Map<String, Object> values = new HashMap<>();
        values.put("recording", recording);
        values.put("report", report);
        values.put("from", minute(report.baselines().firstArrival()));
        values.put("to", minute(report.baselines().lastArrival()));
        values.put("thresholds", thresholds());
        values.put("jobRows", report.rows().size() - report.baselines().counts().size());
        values.put("exact", share(PassageGroup.EXACT));
        values.put("lookAlikes", share(PassageGroup.LOOK_ALIKE));
        values.put("falseRate", report.job().rate(report.job().falseAlerts()).figure());
        values.put("reviewRate", report.job().rate(report.job().needlessReviews()).figure());
        values.put("reliability", report.reliabilityShown());
        values.put("foundInFirstRun", report.job().counts().found());
        values.put("foundInSecondRun", report.secondRunInForce().found());
        values.put("wrongInSecondRun", report.secondRunInForce().wrong());
        values.put("bins", Reliability.BINS);
        values.put("worst", worst(alerts));
        Page.write(
                out,
                "hotlist",
                values,
                Map.of(
                        "precision-and-recall", precisionRecall(),
                        "reliability", reliability(report.reliabilityShown()),
                        "alerts-and-reviews-a-day", perDay()));
    }

    private String share(PassageGroup group) {
        PassageCounts counts = report.job().counts();
        return counts.required(group) == 0
                ? "-"
                : Page.formatted("%.1f %%", 100.0 * counts.found(group) / counts.required(group));
    }

    private String thresholds() {
        return report.thresholds().bands().stream()
                .map(
                        band ->
                                String.format(
                                        Locale.ROOT,
                                        "%d:%.2f:%.2f",
                                        band.fromPriority(),
                                        band.alert(),
                                        band.review()))
                .collect(Collectors.joining(", "));
    }

    private static String minute(long time) {
        return Instant.ofEpochMilli(time).toString().substring(0, 16).replace('T', ' ') + " UTC";
    }

    /** Reads the messages of only these alerts, because all of them do not fit into memory. */
    private List<FalseAlarm> worst(Path alerts) {
        List<List<EvaluatedAlert>> worst = report.falseAlarms(WORST);
        Map<String, Long> revisions =
                worst.stream()
                        .map(group -> group.get(0).alert())
                        .collect(Collectors.toMap(ScoredAlert::alertId, ScoredAlert::revision));
        Map<String, Message> messages = new HashMap<>();
        InputFiles.forEachAlert(
                alerts,
                (alert, record) -> {
                    Long revision = revisions.get(alert.alertId());
                    if (revision != null && revision == alert.revision()) {
                        try {
                            messages.put(alert.alertId(), Message.CODEC.read(record.value()));
                        } catch (InvalidRecordException e) {
                            throw new UnreadableInputException(
                                    alerts + ": alert " + alert.alertId() + ": " + e.getMessage(),
                                    e);
                        }
                    }
                });
        Map<String, GroundTruth.Passage> passages = report.passages();
        return worst.stream()
                .map(
                        group ->
                                new FalseAlarm(
                                        group.get(0).alert(),
                                        messages.get(group.get(0).alert().alertId()),
                                        group.size() - 1,
                                        passages))
                .toList();
    }

    private String precisionRecall() {
        Chart chart =
                new Chart(
                                "recall: required passages found",
                                "precision: alerts that are right",
                                LegendPosition.InsideSW)
                        .ofShares();
        ThresholdCurve curve = report.curve();
        chart.curve(
                "the score, over all thresholds",
                curve.points(),
                curve::recall,
                Point::precision,
                Chart.BLUE);
        point(
                chart,
                "in force: alerts and reviews",
                report.job().counts(),
                Chart.BLUE,
                SeriesMarkers.DIAMOND);
        point(
                chart,
                "in force: alerts alone",
                report.rows().get(1).counts(),
                Chart.GREEN,
                SeriesMarkers.SQUARE);
        report.baselines()
                .counts()
                .forEach(
                        (rule, counts) ->
                                point(chart, rule.title(), counts, rule.color(), rule.marker()));
        return chart.svg("precision-recall");
    }

    private static void point(
            Chart chart, String name, PassageCounts counts, Color color, Marker marker) {
        chart.point(name, counts.recall(), counts.precision(), color, marker);
    }

    /** Share of right alerts over the mean score, with its 95 % interval. */
    private static String reliability(Reliability reliability) {
        Chart chart =
                new Chart(
                                "mean score of the bin",
                                "share that was the listed vehicle",
                                LegendPosition.InsideNW)
                        .ofShares();
        chart.line("perfectly calibrated", new double[] {0, 1}, new double[] {0, 1}, Chart.GRAY)
                .setLineStyle(SeriesLines.DASH_DASH);
        List<Bin> bins = reliability.bins();
        if (!bins.isEmpty()) {
            XYSeries series =
                    chart.chart()
                            .addSeries(
                                    "this score (bars: 95 % interval)",
                                    bins.stream().mapToDouble(Bin::meanScore).toArray(),
                                    bins.stream().mapToDouble(Bin::share).toArray(),
                                    bins.stream().mapToDouble(Bin::margin).toArray());
            series.setLineColor(Chart.BLUE);
            series.setMarkerColor(Chart.BLUE);
            series.setMarker(SeriesMarkers.CIRCLE);
        }
        return chart.svg("reliability");
    }

    /** Alerts per day over the threshold, with the thresholds in force; the axis is in log odds. */
    private String perDay() {
        Chart chart =
                new Chart("threshold: lowest score that is shown", "a day", LegendPosition.OutsideE)
                        .logarithmic();
        double days = report.baselines().days();
        List<Point> points = report.curve().points();
        double max = points.stream().mapToInt(Point::shown).max().orElse(1) / days;
        double top = Math.pow(10, Math.ceil(Math.log10(max)));
        double bottom = Math.pow(10, Math.floor(Math.log10(0.8 / days)));
        chart.styler().setXAxisMin(logOdds(0));
        chart.styler().setXAxisMax(logOdds(1));
        chart.styler().setYAxisMin(bottom);
        chart.styler().setYAxisMax(top);
        chart.styler().setYAxisDecimalPattern("#,##0.##");
        chart.styler().setXAxisTickLabelsFormattingFunction(HotlistPage::scoreOfLogOdds);
        chart.curve(
                "shown in all", points, HotlistPage::logOdds, p -> p.shown() / days, Chart.BLUE);
        chart.curve("right", points, HotlistPage::logOdds, p -> p.right() / days, Chart.GREEN);
        chart.curve("false", points, HotlistPage::logOdds, p -> p.wrong() / days, Chart.RED);
        for (Thresholds.Band band : report.thresholds().bands()) {
            String priority = " from priority " + band.fromPriority();
            double alert = logOdds(band.alert());
            double review = logOdds(band.review());
            chart.line(
                            "ALERT" + priority,
                            new double[] {alert, alert},
                            new double[] {bottom, top},
                            Chart.BLACK)
                    .setLineWidth(1);
            chart.dashed("REVIEW" + priority, review, bottom, review, top, Chart.GRAY);
        }
        return chart.svg("per-day");
    }

    private static double logOdds(Point point) {
        return logOdds(point.threshold());
    }

    /**
     * Decimal logarithm of the odds, with scores limited to 0.001..0.999 so that 0 and 1 stay
     * finite.
     */
    private static double logOdds(double score) {
        double inside = Math.max(0.001, Math.min(0.999, score));
        return Math.log10(inside / (1 - inside));
    }

    private static String scoreOfLogOdds(double odds) {
        double score = 1 / (1 + Math.pow(10, -odds));
        return Page.formatted(score < 0.0095 || score > 0.9905 ? "%.3f" : "%.2f", score);
    }
}
