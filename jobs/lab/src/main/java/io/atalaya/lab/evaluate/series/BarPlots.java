package io.atalaya.lab.evaluate.series;

import io.atalaya.lab.evaluate.page.ChartStyle;
import io.atalaya.lab.evaluate.series.BarCurve.Point;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

import static io.atalaya.lab.evaluate.page.ChartStyle.at;
import static io.atalaya.lab.evaluate.page.ChartStyle.line;

/** The plots over all series of a report. */
final class BarPlots {
    private static final int BINS = 40;

    private static final Color[] OTHERS = {
        ChartStyle.ORANGE, ChartStyle.GRAY, ChartStyle.RED, ChartStyle.GREEN
    };

    /** Lowest score drawn; lower ones are those of entirely typical rows. */
    private static final double LEAST_SHOWN = -8;

    private BarPlots() {}

    static String precisionRecall(
            BarCurve curve, List<JudgedSeries> judged, Map<String, List<JudgedSeries>> others) {
        XYChart chart = ChartStyle.chart("recall: windows found", "precision: alarms in a window");
        ChartStyle.range(chart.getStyler(), 0, 1);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        if (!curve.points().isEmpty() && curve.windows() > 0) {
            line(
                    chart,
                    "scene activity, over all bars",
                    values(curve, p -> (double) p.found() / curve.windows()),
                    values(curve, Point::precision),
                    ChartStyle.BLUE);
        }
        mark(chart, "as it is set", judged, ChartStyle.BLUE);
        int color = 0;
        for (Map.Entry<String, List<JudgedSeries>> other : others.entrySet()) {
            mark(chart, other.getKey(), other.getValue(), OTHERS[color++ % OTHERS.length]);
        }
        return ChartStyle.svg(chart, "precision-recall");
    }

    private static void mark(XYChart chart, String name, List<JudgedSeries> all, Color color) {
        int windows = JudgedSeries.windowsOf(all);
        int right = all.stream().mapToInt(each -> each.result().rightAlarms()).sum();
        int wrong = JudgedSeries.falseAlarms(all);
        if (windows == 0 || right + wrong == 0) {
            return;
        }
        XYSeries series =
                chart.addSeries(
                        name,
                        at((double) JudgedSeries.found(all) / windows),
                        at((double) right / (right + wrong)));
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(color);
    }

    /** Alarms per series and day over the bar, on a logarithmic axis. */
    static String perDay(BarCurve curve, double bar) {
        XYChart chart = ChartStyle.chart("bar: lowest score of an alarm", "a series and day");
        XYStyler styler = chart.getStyler();
        styler.setYAxisLogarithmic(true);
        styler.setYAxisDecimalPattern("#,##0.####");
        styler.setXAxisDecimalPattern("0.#");
        styler.setLegendPosition(LegendPosition.OutsideE);
        perDay(chart, "all", curve, p -> p.right() + p.wrong(), ChartStyle.BLUE);
        perDay(chart, "in a window", curve, Point::right, ChartStyle.GREEN);
        perDay(chart, "false", curve, Point::wrong, ChartStyle.RED);
        double most =
                curve.points().stream().mapToInt(p -> p.right() + p.wrong()).max().orElse(1)
                        / curve.days();
        XYSeries inForce =
                line(
                        chart,
                        "bar in force",
                        at(bar, bar),
                        at(1 / curve.days(), most),
                        ChartStyle.INK);
        inForce.setLineWidth(1);
        inForce.setLineStyle(SeriesLines.DASH_DASH);
        return ChartStyle.svg(chart, "per-day");
    }

    private static void perDay(
            XYChart chart, String name, BarCurve curve, ToIntFunction<Point> count, Color color) {
        // A logarithmic axis cannot show zero.
        List<Point> some = curve.points().stream().filter(p -> count.applyAsInt(p) > 0).toList();
        if (!some.isEmpty()) {
            line(
                    chart,
                    name,
                    some.stream().mapToDouble(Point::bar).toArray(),
                    some.stream().mapToDouble(p -> count.applyAsInt(p) / curve.days()).toArray(),
                    color);
        }
    }

    /** Share of rows per score, inside and outside of windows, on a logarithmic axis. */
    static String histogram(List<JudgedSeries> judged, double bar) {
        XYChart chart = ChartStyle.chart("score", "share of the rows");
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisDecimalPattern("0.#####");
        chart.getStyler().setXAxisDecimalPattern("0.#");
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        double highest =
                judged.stream()
                        .flatMapToDouble(each -> Arrays.stream(each.detection().scores()))
                        .filter(Double::isFinite)
                        .max()
                        .orElse(0);
        double top = Math.max(highest, LEAST_SHOWN + 1);
        double least =
                Math.min(
                        histogram(chart, "outside", judged, false, top, ChartStyle.GRAY),
                        histogram(chart, "in a window", judged, true, top, ChartStyle.ORANGE));
        XYSeries inForce = line(chart, "bar in force", at(bar, bar), at(least, 1), ChartStyle.INK);
        inForce.setLineWidth(1);
        inForce.setLineStyle(SeriesLines.DASH_DASH);
        return ChartStyle.svg(chart, "histogram");
    }

    private static double histogram(
            XYChart chart,
            String name,
            List<JudgedSeries> judged,
            boolean inWindow,
            double highest,
            Color color) {
        double width = (highest - LEAST_SHOWN) / BINS;
        int[] counts = new int[BINS];
        int rows = 0;
        for (JudgedSeries each : judged) {
            double[] scores = each.detection().scores();
            IntPredicate inside =
                    row -> each.windows().stream().anyMatch(window -> window.contains(row));
            for (int row = StandardProfile.probation(scores.length); row < scores.length; row++) {
                if (Double.isFinite(scores[row]) && inside.test(row) == inWindow) {
                    int bin = (int) ((Math.max(LEAST_SHOWN, scores[row]) - LEAST_SHOWN) / width);
                    counts[Math.min(BINS - 1, bin)]++;
                    rows++;
                }
            }
        }
        if (rows == 0) {
            return 1;
        }
        // Each histogram step has two points; a logarithmic axis cannot show zero.
        double least = 0.5 / rows;
        double[] x = new double[2 * BINS];
        double[] y = new double[2 * BINS];
        for (int bin = 0; bin < BINS; bin++) {
            x[2 * bin] = LEAST_SHOWN + bin * width;
            x[2 * bin + 1] = LEAST_SHOWN + (bin + 1) * width;
            y[2 * bin] = Math.max(least, (double) counts[bin] / rows);
            y[2 * bin + 1] = y[2 * bin];
        }
        line(chart, name, x, y, color);
        return least;
    }

    private static double[] values(BarCurve curve, ToDoubleFunction<Point> value) {
        return curve.points().stream().mapToDouble(value).toArray();
    }
}
