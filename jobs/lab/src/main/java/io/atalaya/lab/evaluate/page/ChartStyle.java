package io.atalaya.lab.evaluate.page;

import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
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
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Common style of all report plots, as SVG for embedding in a page. */
public final class ChartStyle {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 430;

    /** Distinguishable with red-green colour blindness. */
    public static final Color BLUE = new Color(0x2B5F9E);

    public static final Color ORANGE = new Color(0xD9782D);
    public static final Color GREEN = new Color(0x3A8F6B);
    public static final Color RED = new Color(0xB8383B);
    public static final Color GRAY = new Color(0x8A8F98);

    public static final Color INK = new Color(0x2A2F36);
    private static final Color GRID = new Color(0xE3E6EA);

    /** Upper limit of points per curve; more are not visible. */
    private static final int MOST_POINTS = 400;

    private ChartStyle() {}

    /** An empty chart with axis titles. */
    public static XYChart chart(String x, String y) {
        return chart(x, y, WIDTH, HEIGHT);
    }

    /** The same with a size in pixels. */
    public static XYChart chart(String x, String y, int width, int height) {
        XYChart chart =
                new XYChartBuilder()
                        .width(width)
                        .height(height)
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

    /** Sets the same range for both axes. */
    public static void range(XYStyler styler, double from, double to) {
        styler.setXAxisMin(from);
        styler.setXAxisMax(to);
        styler.setYAxisMin(from);
        // Leaves 2 % of space, so that a line at the top stays distinct from the border.
        styler.setYAxisMax(to * 1.02);
        styler.setXAxisDecimalPattern("0.0#");
        styler.setYAxisDecimalPattern("0.0#");
    }

    /** Adds a line without markers. */
    public static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color color) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineWidth(2);
        return series;
    }

    /** An array of coordinates. */
    public static double[] at(double... values) {
        return values;
    }

    /**
     * Thins out a long list of points: half of them evenly, half in equal ratios of their ranks,
     * because the highest ranks fill most of a logarithmic axis.
     */
    public static <T> List<T> thinned(List<T> points) {
        if (points.size() <= MOST_POINTS) {
            return points;
        }
        double last = points.size() - 1.0;
        int half = MOST_POINTS / 2;
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

    /** SVG without a file header, with clip ids unique to this plot. */
    public static String svg(XYChart chart, String id) {
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
