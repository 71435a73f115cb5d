package io.atalaya.lab.evaluate.series;

import io.atalaya.lab.evaluate.page.ChartStyle;
import io.atalaya.lab.evaluate.series.StandardProfile.RowRange;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** The plots of one series. */
final class SeriesPlots {
    private static final int WIDTH = 930;
    private static final int HEIGHT = 300;
    private static final int AXIS_WIDTH = 70;

    /** Width of a plot in columns; each column shows the lowest and the highest of its rows. */
    private static final int COLUMNS = 350;

    /** Lower limit of drawn scores, because lower ones would compress the rest of the plot. */
    private static final double LEAST_SHOWN = -8;

    private SeriesPlots() {}

    /** Values, expected values, windows and alarms. */
    static String values(JudgedSeries judged, String id) {
        XYChart chart = chart("value");
        double[] values = judged.series().values();
        windows(chart, judged, least(values), most(values));
        if (judged.detection().expected() != null) {
            line(
                    chart,
                    "expected",
                    judged.series(),
                    judged.detection().expected(),
                    ChartStyle.GRAY);
        }
        line(chart, "value", judged.series(), values, ChartStyle.BLUE);
        alarms(chart, judged, values);
        return ChartStyle.svg(chart, id);
    }

    /** Scores, windows and alarms. */
    static String scores(JudgedSeries judged, String id) {
        XYChart chart = chart("score");
        double[] scores = judged.detection().scores().clone();
        for (int row = 0; row < scores.length; row++) {
            scores[row] = Math.max(LEAST_SHOWN, scores[row]);
        }
        windows(chart, judged, least(scores), most(scores));
        line(chart, "score", judged.series(), scores, ChartStyle.GREEN);
        alarms(chart, judged, scores);
        return ChartStyle.svg(chart, id);
    }

    /** Values and expected values around a false alarm. */
    static String around(FalseAlarm alarm, String id) {
        return values(alarm.around(), id);
    }

    private static XYChart chart(String y) {
        XYChart chart = ChartStyle.chart("", y, WIDTH, HEIGHT);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
        // Aligns the time axes of the value plot and the score plot below it.
        chart.getStyler().setYAxisLeftWidthHint(AXIS_WIDTH);
        chart.getStyler().setDatePattern("yyyy-MM-dd");
        return chart;
    }

    private static void windows(XYChart chart, JudgedSeries judged, double least, double most) {
        int number = 1;
        for (RowRange window : judged.windows()) {
            long from = judged.series().times()[window.first()];
            long to = judged.series().times()[window.last()];
            XYSeries area =
                    chart.addSeries(
                            "window " + number++,
                            List.of(new Date(from), new Date(from), new Date(to), new Date(to)),
                            List.of(least, most, most, least));
            area.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
            area.setMarker(SeriesMarkers.NONE);
            area.setLineColor(ChartStyle.ORANGE);
            area.setShowInLegend(number == 2);
            area.setLabel("labelled window");
        }
    }

    private static void line(
            XYChart chart, String name, SeriesFile series, double[] values, Color color) {
        List<Date> times = new ArrayList<>();
        List<Double> shown = new ArrayList<>();
        int step = Math.max(1, series.size() / COLUMNS);
        for (int from = 0; from < series.size(); from += step) {
            int lowest = from;
            int highest = from;
            for (int row = from; row < Math.min(from + step, series.size()); row++) {
                lowest = values[row] < values[lowest] ? row : lowest;
                highest = values[row] > values[highest] ? row : highest;
            }
            for (int row : new int[] {Math.min(lowest, highest), Math.max(lowest, highest)}) {
                times.add(new Date(series.times()[row]));
                shown.add(values[row]);
            }
        }
        XYSeries line = chart.addSeries(name, times, shown);
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(color);
        line.setLineWidth(1);
    }

    private static void alarms(XYChart chart, JudgedSeries judged, double[] values) {
        List<Date> times = new ArrayList<>();
        List<Double> shown = new ArrayList<>();
        for (int row = 0; row < values.length; row++) {
            if (judged.detection().alarms()[row]) {
                times.add(new Date(judged.series().times()[row]));
                shown.add(values[row]);
            }
        }
        if (times.isEmpty()) {
            return;
        }
        XYSeries marks = chart.addSeries("alarm", times, shown);
        marks.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        marks.setMarker(SeriesMarkers.CIRCLE);
        marks.setMarkerColor(ChartStyle.RED);
    }

    private static double least(double[] values) {
        double least = Double.POSITIVE_INFINITY;
        for (double each : values) {
            least = Math.min(least, each);
        }
        return least;
    }

    private static double most(double[] values) {
        double most = Double.NEGATIVE_INFINITY;
        for (double each : values) {
            most = Math.max(most, each);
        }
        return most;
    }
}
