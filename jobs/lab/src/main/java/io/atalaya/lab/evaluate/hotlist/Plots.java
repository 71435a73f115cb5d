package io.atalaya.lab.evaluate.hotlist;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

import static io.atalaya.lab.evaluate.page.ChartStyle.BLUE;
import static io.atalaya.lab.evaluate.page.ChartStyle.GRAY;
import static io.atalaya.lab.evaluate.page.ChartStyle.GREEN;
import static io.atalaya.lab.evaluate.page.ChartStyle.INK;
import static io.atalaya.lab.evaluate.page.ChartStyle.RED;
import static io.atalaya.lab.evaluate.page.ChartStyle.at;
import static io.atalaya.lab.evaluate.page.ChartStyle.chart;
import static io.atalaya.lab.evaluate.page.ChartStyle.line;
import static io.atalaya.lab.evaluate.page.ChartStyle.range;
import static io.atalaya.lab.evaluate.page.ChartStyle.svg;
import static io.atalaya.lab.evaluate.page.ChartStyle.thinned;

/** The report's plots, as SVG for embedding in a page. */
final class Plots {
    /** A point beside a curve. */
    record Mark(String name, double x, double y, Color color, Marker shape) {}

    private Plots() {}

    /**
     * Precision over recall.
     *
     * @param curve from the highest threshold to the lowest
     */
    static String precisionRecall(
            List<ThresholdCurve.Point> curve, int required, List<Mark> marks) {
        XYChart chart =
                chart("recall: required passages found", "precision: alerts that are right");
        range(chart.getStyler(), 0, 1);
        chart.getStyler().setLegendPosition(LegendPosition.InsideSW);
        List<ThresholdCurve.Point> some = thinned(curve);
        if (!some.isEmpty()) {
            line(
                    chart,
                    "the score, over all thresholds",
                    some.stream().mapToDouble(p -> p.recall(required)).toArray(),
                    some.stream().mapToDouble(ThresholdCurve.Point::precision).toArray(),
                    BLUE);
        }
        marks.forEach(mark -> mark(chart, mark));
        return svg(chart, "precision-recall");
    }

    /** Share of right alerts over the mean score, with its 95 % interval. */
    static String reliability(Reliability reliability) {
        XYChart chart = chart("mean score of the bin", "share that was the listed vehicle");
        range(chart.getStyler(), 0, 1);
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
        XYSeries ideal = line(chart, "perfectly calibrated", at(0, 1), at(0, 1), GRAY);
        ideal.setLineStyle(SeriesLines.DASH_DASH);
        List<Reliability.Bin> bins = reliability.bins();
        if (!bins.isEmpty()) {
            XYSeries series =
                    chart.addSeries(
                            "this score (bars: 95 % interval)",
                            bins.stream().mapToDouble(Reliability.Bin::meanScore).toArray(),
                            bins.stream().mapToDouble(Reliability.Bin::share).toArray(),
                            bins.stream().mapToDouble(Reliability.Bin::margin).toArray());
            series.setLineColor(BLUE);
            series.setMarkerColor(BLUE);
            series.setMarker(SeriesMarkers.CIRCLE);
        }
        return svg(chart, "reliability");
    }

    /**
     * Alerts per day over the threshold, on a logarithmic axis; the score axis is in log odds.
     *
     * @param bounds thresholds in force
     */
    static String perDay(List<ThresholdCurve.Point> curve, double days, List<Threshold> bounds) {
        XYChart chart = chart("threshold: lowest score that is shown", "a day");
        XYStyler styler = chart.getStyler();
        styler.setYAxisLogarithmic(true);
        styler.setLegendPosition(LegendPosition.OutsideE);
        styler.setXAxisMin(odds(0));
        styler.setXAxisMax(odds(1));
        styler.setYAxisDecimalPattern("#,##0.##");
        styler.setxAxisTickLabelsFormattingFunction(Plots::scoreOfOdds);
        perDay(chart, "shown in all", curve, ThresholdCurve.Point::shown, days, BLUE);
        perDay(chart, "right", curve, ThresholdCurve.Point::right, days, GREEN);
        perDay(chart, "false", curve, ThresholdCurve.Point::wrong, days, RED);
        double most = curve.stream().mapToInt(ThresholdCurve.Point::shown).max().orElse(1) / days;
        double top = Math.pow(10, Math.ceil(Math.log10(most)));
        double bottom = Math.pow(10, Math.floor(Math.log10(0.8 / days)));
        styler.setYAxisMin(bottom);
        styler.setYAxisMax(top);
        for (Threshold bound : bounds) {
            XYSeries mark =
                    line(
                            chart,
                            bound.name(),
                            at(odds(bound.score()), odds(bound.score())),
                            at(bottom, top),
                            bound.alert() ? INK : GRAY);
            mark.setLineWidth(1);
            mark.setLineStyle(bound.alert() ? SeriesLines.SOLID : SeriesLines.DASH_DASH);
        }
        return svg(chart, "per-day");
    }

    /** A threshold in force for ALERT or, if {@code alert} is false, for REVIEW. */
    record Threshold(String name, double score, boolean alert) {}

    private static void perDay(
            XYChart chart,
            String name,
            List<ThresholdCurve.Point> curve,
            ToIntFunction<ThresholdCurve.Point> count,
            double days,
            Color color) {
        // A logarithmic axis cannot show zero.
        List<ThresholdCurve.Point> some =
                thinned(curve.stream().filter(p -> count.applyAsInt(p) > 0).toList());
        if (!some.isEmpty()) {
            line(
                    chart,
                    name,
                    some.stream().mapToDouble(p -> odds(p.threshold())).toArray(),
                    some.stream().mapToDouble(p -> count.applyAsInt(p) / days).toArray(),
                    color);
        }
    }

    /**
     * Decimal logarithm of the odds, with scores limited to 0.001..0.999 so that 0 and 1 stay
     * finite.
     */
    private static double odds(double score) {
        double inside = Math.max(0.001, Math.min(0.999, score));
        return Math.log10(inside / (1 - inside));
    }

    private static String scoreOfOdds(double odds) {
        double score = 1 / (1 + Math.pow(10, -odds));
        return String.format(
                Locale.ROOT, score < 0.0095 || score > 0.9905 ? "%.3f" : "%.2f", score);
    }

    private static void mark(XYChart chart, Mark mark) {
        XYSeries series = chart.addSeries(mark.name(), at(mark.x()), at(mark.y()));
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(mark.shape());
        series.setMarkerColor(mark.color());
    }
}
