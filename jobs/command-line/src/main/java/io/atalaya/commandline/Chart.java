package io.atalaya.commandline;

import org.knowm.xchart.ChartEncoder;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A plot in the common style of all reports. Who draws one brings the library XChart. */
public final class Chart {
    /** Distinguishable with red-green colour blindness. */
    public static final Color BLUE = new Color(0x2B5F9E);

    public static final Color ORANGE = new Color(0xD9782D);
    public static final Color GREEN = new Color(0x3A8F6B);
    public static final Color RED = new Color(0xB8383B);
    public static final Color GRAY = new Color(0x8A8F98);
    public static final Color BLACK = new Color(0x2A2F36);
    private static final Color GRID = new Color(0xE3E6EA);

    private static final BasicStroke[] STYLES = {
        dashes(1, 0), dashes(10, 6), dashes(2, 4), dashes(12, 4, 2, 4)
    };
    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.DIAMOND
    };

    /** Upper limit of points per curve; more are not visible. */
    private static final int MAX_POINTS = 400;

    private final XYChart chart;

    public Chart(String x, String y, LegendPosition legend) {
        this(x, y, legend, 760, 430);
    }

    /** A chart with a size in pixels. */
    public Chart(String x, String y, LegendPosition legend, int width, int height) {
        chart =
                new XYChartBuilder()
                        .width(width)
                        .height(height)
                        .xAxisTitle(x)
                        .yAxisTitle(y)
                        .build();
        XYStyler styler = styler();
        styler.setLocale(Locale.ROOT);
        styler.setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Line);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setChartFontColor(BLACK);
        styler.setAxisTickLabelsColor(BLACK);
        styler.setAxisTickMarksColor(GRID);
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setLegendBorderColor(GRID);
        styler.setLegendPosition(legend);
        styler.setErrorBarsColor(BLUE);
        styler.setChartTitleVisible(false);
        styler.setChartPadding(6);
    }

    private static BasicStroke dashes(float... lengths) {
        return new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, lengths, 0);
    }

    /** The chart of the library, for what only one plot needs. */
    public XYChart chart() {
        return chart;
    }

    public XYStyler styler() {
        return chart.getStyler();
    }

    /** Both axes show shares, 0 to 1. */
    public Chart ofShares() {
        styler().setXAxisMin(0.0);
        styler().setXAxisMax(1.0);
        styler().setYAxisMin(0.0);
        // Leaves 2 % of space, so that a line at the top stays distinct from the border.
        styler().setYAxisMax(1.02);
        return patterns("0.0#", "0.0#");
    }

    /** Number patterns of the axes. */
    public Chart patterns(String x, String y) {
        styler().setXAxisDecimalPattern(x);
        styler().setYAxisDecimalPattern(y);
        return this;
    }

    /** The vertical axis is logarithmic; {@link #curve} then drops points that are not above 0. */
    public Chart logarithmic() {
        styler().setYAxisLogarithmic(true);
        return this;
    }

    /** Adds a line without markers. */
    public XYSeries line(String name, double[] x, double[] y, Color color) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineWidth(2);
        return series;
    }

    /**
     * Adds a line with a marker at each of its points, which are few.
     *
     * @param style number from 0, of the line and of its markers
     */
    public void marked(String name, double[] x, double[] y, Color color, int style) {
        XYSeries line = line(name, x, y, color);
        line.setLineStyle(STYLES[style % STYLES.length]);
        line.setMarker(MARKERS[style % MARKERS.length]);
        line.setMarkerColor(color);
    }

    /** Adds a thin dashed line between two points. */
    public void dashed(String name, double x1, double y1, double x2, double y2, Color color) {
        XYSeries line = line(name, new double[] {x1, x2}, new double[] {y1, y2}, color);
        line.setLineWidth(1);
        line.setLineStyle(SeriesLines.DASH_DASH);
    }

    /** Adds a curve; nothing without points. */
    public <P> void curve(
            String name,
            List<P> points,
            ToDoubleFunction<P> x,
            ToDoubleFunction<P> y,
            Color color) {
        List<P> drawn =
                thinned(
                        styler().isYAxisLogarithmic()
                                ? points.stream().filter(p -> y.applyAsDouble(p) > 0).toList()
                                : points);
        if (!drawn.isEmpty()) {
            line(
                    name,
                    drawn.stream().mapToDouble(x).toArray(),
                    drawn.stream().mapToDouble(y).toArray(),
                    color);
        }
    }

    /**
     * Adds a histogram as an outline. Values outside the range count in the outermost bins.
     *
     * @param height of a bin with the given number of values
     */
    public void histogram(
            String name,
            double[] values,
            double from,
            double to,
            int bins,
            IntToDoubleFunction height,
            Color color) {
        double width = (to - from) / bins;
        int[] counts = new int[bins];
        for (double value : values) {
            counts[Math.max(0, Math.min(bins - 1, (int) ((value - from) / width)))]++;
        }
        line(
                name,
                IntStream.range(0, 2 * bins).mapToDouble(i -> from + (i + 1) / 2 * width).toArray(),
                IntStream.range(0, 2 * bins)
                        .mapToDouble(i -> height.applyAsDouble(counts[i / 2]))
                        .toArray(),
                color);
    }

    /** Adds a single point. */
    public void point(String name, double x, double y, Color color, Marker marker) {
        XYSeries series = chart.addSeries(name, new double[] {x}, new double[] {y});
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(marker);
        series.setMarkerColor(color);
    }

    /**
     * Thins out a long list of points: half of them evenly, half in equal ratios of their ranks,
     * because the highest ranks fill most of a logarithmic axis.
     */
    static <T> List<T> thinned(List<T> points) {
        if (points.size() <= MAX_POINTS) {
            return points;
        }
        double last = points.size() - 1.0;
        int half = MAX_POINTS / 2;
        return IntStream.range(0, half)
                .mapToDouble(i -> i / (half - 1.0))
                .flatMap(
                        share ->
                                DoubleStream.of(share * last, Math.expm1(share * Math.log1p(last))))
                .mapToInt(rank -> (int) Math.min(last, Math.round(rank)))
                .sorted()
                .distinct()
                .mapToObj(points::get)
                .toList();
    }

    /**
     * The plot as SVG without a file header.
     *
     * @param id prefix of its clip ids, unique within the page
     */
    public String svg(String id) {
        String svg;
        try {
            svg = new String(ChartEncoder.getBytes(chart, "svg"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("drawing " + id + " into memory", e);
        }
        return svg.substring(svg.indexOf("<svg"))
                .replace("id=\"clip", "id=\"" + id + "-clip")
                .replace("url(#clip", "url(#" + id + "-clip");
    }
}
