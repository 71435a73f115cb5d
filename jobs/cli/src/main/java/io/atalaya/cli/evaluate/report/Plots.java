package io.atalaya.cli.evaluate.report;

import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** The report's plots, as SVG that stands inside a page. */
final class Plots {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 430;

    /** Told apart also by those who do not tell red from green. */
    static final Color BLUE = new Color(0x2B5F9E);

    static final Color ORANGE = new Color(0xD9782D);
    static final Color GREEN = new Color(0x3A8F6B);
    static final Color RED = new Color(0xB8383B);
    static final Color GRAY = new Color(0x8A8F98);

    private static final Color INK = new Color(0x2A2F36);
    private static final Color GRID = new Color(0xE3E6EA);

    /** A curve has a point for each score; more than this many nobody can see. */
    private static final int MOST_POINTS = 400;

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

    /** The share that was right over the mean score, with its 95 % interval. */
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
     * Alerts a day over the threshold, on a logarithmic axis; scores are spread by their odds.
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

    /** A threshold in force: from it on it is an ALERT, or else a REVIEW. */
    record Threshold(String name, double score, boolean alert) {}

    private static void perDay(
            XYChart chart,
            String name,
            List<ThresholdCurve.Point> curve,
            ToIntFunction<ThresholdCurve.Point> count,
            double days,
            Color color) {
        // A logarithmic axis has no nought.
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

    /** Decimal logarithm of the odds, where a score of exactly 0 or 1 still has a place. */
    private static double odds(double score) {
        double inside = Math.max(0.001, Math.min(0.999, score));
        return Math.log10(inside / (1 - inside));
    }

    private static String scoreOfOdds(double odds) {
        double score = 1 / (1 + Math.pow(10, -odds));
        return String.format(
                Locale.ROOT, score < 0.0095 || score > 0.9905 ? "%.3f" : "%.2f", score);
    }

    private static XYChart chart(String x, String y) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .xAxisTitle(x)
                        .yAxisTitle(y)
                        .build();
        XYStyler styler = chart.getStyler();
        styler.setLocale(Locale.ROOT);
        styler.setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Line);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setChartFontColor(INK);
        styler.setAxisTickLabelsColor(INK);
        styler.setAxisTickMarksColor(GRID);
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setLegendBorderColor(GRID);
        styler.setErrorBarsColor(BLUE);
        styler.setChartTitleVisible(false);
        styler.setChartPadding(6);
        return chart;
    }

    private static void range(XYStyler styler, double from, double to) {
        styler.setXAxisMin(from);
        styler.setXAxisMax(to);
        styler.setYAxisMin(from);
        // A little room, so that a line at the top is a line and no border.
        styler.setYAxisMax(to * 1.02);
        styler.setXAxisDecimalPattern("0.0#");
        styler.setYAxisDecimalPattern("0.0#");
    }

    private static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color color) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineWidth(2);
        return series;
    }

    private static void mark(XYChart chart, Mark mark) {
        XYSeries series = chart.addSeries(mark.name(), at(mark.x()), at(mark.y()));
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(mark.shape());
        series.setMarkerColor(mark.color());
    }

    private static double[] at(double... values) {
        return values;
    }

    private static <T> List<T> thinned(List<T> points) {
        if (points.size() <= MOST_POINTS) {
            return points;
        }
        return IntStream.range(0, MOST_POINTS)
                .mapToObj(
                        i -> points.get((int) ((long) i * (points.size() - 1) / (MOST_POINTS - 1))))
                .toList();
    }

    /** Without the head of a file of its own, and with ids that no other plot has. */
    private static String svg(XYChart chart, String id) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
        } catch (IOException e) {
            throw new UncheckedIOException("drawing " + id + " into memory", e);
        }
        String svg = bytes.toString(StandardCharsets.UTF_8);
        return svg.substring(svg.indexOf("<svg"))
                .replace("id=\"clip", "id=\"" + id + "-clip")
                .replace("url(#clip", "url(#" + id + "-clip");
    }
}
