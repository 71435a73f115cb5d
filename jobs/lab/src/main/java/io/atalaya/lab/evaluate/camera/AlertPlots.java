package io.atalaya.lab.evaluate.camera;

import io.atalaya.lab.evaluate.camera.CameraTruth.Verdict;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;

import java.awt.Color;
import java.util.List;
import java.util.function.ToIntFunction;

import static io.atalaya.lab.evaluate.page.ChartStyle.BLUE;
import static io.atalaya.lab.evaluate.page.ChartStyle.GRAY;
import static io.atalaya.lab.evaluate.page.ChartStyle.GREEN;
import static io.atalaya.lab.evaluate.page.ChartStyle.INK;
import static io.atalaya.lab.evaluate.page.ChartStyle.ORANGE;
import static io.atalaya.lab.evaluate.page.ChartStyle.RED;
import static io.atalaya.lab.evaluate.page.ChartStyle.at;
import static io.atalaya.lab.evaluate.page.ChartStyle.chart;
import static io.atalaya.lab.evaluate.page.ChartStyle.line;
import static io.atalaya.lab.evaluate.page.ChartStyle.range;
import static io.atalaya.lab.evaluate.page.ChartStyle.svg;
import static io.atalaya.lab.evaluate.page.ChartStyle.thinned;

/** The plots of the report on camera alerts. */
final class AlertPlots {
    private static final int BINS = 20;

    private AlertPlots() {}

    static String precisionRecall(AlertCurve rules, AlertCurve models) {
        XYChart chart = chart("recall: anomalies found", "precision: alerts that are right");
        range(chart.getStyler(), 0, 1);
        chart.getStyler().setLegendPosition(LegendPosition.InsideSW);
        precisionRecall(chart, "rules", rules, BLUE);
        precisionRecall(chart, "models", models, ORANGE);
        return svg(chart, "alerts-precision-recall");
    }

    private static void precisionRecall(XYChart chart, String name, AlertCurve curve, Color color) {
        List<AlertCurve.Point> points = thinned(curve.points());
        if (points.isEmpty() || curve.required() == 0) {
            return;
        }
        line(
                chart,
                name,
                points.stream().mapToDouble(p -> (double) p.found() / curve.required()).toArray(),
                points.stream().mapToDouble(AlertCurve.Point::precision).toArray(),
                color);
    }

    /**
     * Alerts per camera and day over the threshold, on a logarithmic axis.
     *
     * @param budget budget drawn as a line; null for none
     */
    static String perCameraDay(AlertCurve curve, double cameraDays, Double budget, String id) {
        XYChart chart = chart("threshold: lowest score that alerts", "alerts a camera and day");
        XYStyler styler = chart.getStyler();
        styler.setYAxisLogarithmic(true);
        styler.setYAxisDecimalPattern("#,##0.##");
        styler.setXAxisDecimalPattern("0.0#");
        styler.setXAxisMin(0.0);
        styler.setXAxisMax(1.0);
        styler.setLegendPosition(LegendPosition.OutsideE);
        perCameraDay(chart, "all", curve, AlertCurve.Point::shown, cameraDays, BLUE);
        perCameraDay(chart, "right", curve, AlertCurve.Point::right, cameraDays, GREEN);
        perCameraDay(
                chart,
                "explained by something else",
                curve,
                AlertCurve.Point::excused,
                cameraDays,
                GRAY);
        perCameraDay(chart, "about nothing", curve, AlertCurve.Point::wrong, cameraDays, RED);
        if (budget != null) {
            XYSeries allowed = line(chart, "budget", at(0, 1), at(budget, budget), INK);
            allowed.setLineStyle(SeriesLines.DASH_DASH);
            allowed.setLineWidth(1);
        }
        return svg(chart, id);
    }

    private static void perCameraDay(
            XYChart chart,
            String name,
            AlertCurve curve,
            ToIntFunction<AlertCurve.Point> count,
            double cameraDays,
            Color color) {
        // A logarithmic axis cannot show zero.
        List<AlertCurve.Point> some =
                thinned(curve.points().stream().filter(p -> count.applyAsInt(p) > 0).toList());
        if (!some.isEmpty()) {
            line(
                    chart,
                    name,
                    some.stream().mapToDouble(AlertCurve.Point::threshold).toArray(),
                    some.stream().mapToDouble(p -> count.applyAsInt(p) / cameraDays).toArray(),
                    color);
        }
    }

    /** Number of alerts per score, by verdict. */
    static String histogram(List<JudgedAlert> alerts, String id) {
        XYChart chart = chart("score", "alerts");
        chart.getStyler().setXAxisDecimalPattern("0.0#");
        chart.getStyler().setYAxisDecimalPattern("#,##0");
        chart.getStyler().setXAxisMin(0.0);
        chart.getStyler().setXAxisMax(1.0);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        histogram(chart, "right", Verdict.RIGHT, alerts, GREEN);
        histogram(chart, "explained by something else", Verdict.EXCUSED, alerts, GRAY);
        histogram(chart, "about nothing", Verdict.FALSE, alerts, RED);
        return svg(chart, id);
    }

    private static void histogram(
            XYChart chart, String name, Verdict verdict, List<JudgedAlert> alerts, Color color) {
        // Each histogram step has two points.
        double[] x = new double[2 * BINS];
        double[] y = new double[2 * BINS];
        for (int bin = 0; bin < BINS; bin++) {
            x[2 * bin] = (double) bin / BINS;
            x[2 * bin + 1] = (bin + 1.0) / BINS;
        }
        for (JudgedAlert alert : alerts) {
            if (alert.verdict() == verdict) {
                int bin = Math.min(BINS - 1, (int) (alert.score() * BINS));
                y[2 * bin]++;
                y[2 * bin + 1]++;
            }
        }
        line(chart, name, x, y, color);
    }
}
