package io.atalaya.lab.evaluate.series;

import io.atalaya.commandline.Chart;
import io.atalaya.lab.evaluate.score.ThresholdCurve;
import io.atalaya.lab.evaluate.score.ThresholdCurve.Point;
import io.atalaya.lab.evaluate.series.EvaluatedSeries.Total;
import io.atalaya.lab.evaluate.series.StandardProfile.RowRange;

import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The plots of the report, as SVG. */
final class SeriesPlots {
    private static final int HISTOGRAM_BINS = 40;
    private static final Color[] OTHERS = {Chart.ORANGE, Chart.GRAY, Chart.RED, Chart.GREEN};

    /** Width of a plot in columns; each column shows the lowest and the highest of its rows. */
    private static final int COLUMNS = 350;

    /** Lower limit of drawn scores, because lower ones are those of entirely typical rows. */
    private static final double MIN_SCORE = -8;

    private SeriesPlots() {}

    static String precisionRecall(
            ThresholdCurve curve,
            List<EvaluatedSeries> evaluated,
            Map<String, List<EvaluatedSeries>> others) {
        Chart chart =
                new Chart(
                                "recall: windows found",
                                "precision: alarms in a window",
                                LegendPosition.OutsideE)
                        .ofShares();
        if (curve.required() > 0) {
            chart.curve(
                    "scene activity, over all bars",
                    curve.points(),
                    curve::recall,
                    Point::precision,
                    Chart.BLUE);
        }
        point(chart, "as it is set", evaluated, Chart.BLUE);
        int color = 0;
        for (Map.Entry<String, List<EvaluatedSeries>> other : others.entrySet()) {
            point(chart, other.getKey(), other.getValue(), OTHERS[color++ % OTHERS.length]);
        }
        return chart.svg("precision-recall");
    }

    private static void point(Chart chart, String name, List<EvaluatedSeries> all, Color color) {
        Total total = Total.of(all);
        if (total.windows() > 0 && total.right() + total.wrong() > 0) {
            chart.point(
                    name,
                    (double) total.found() / total.windows(),
                    (double) total.right() / (total.right() + total.wrong()),
                    color,
                    SeriesMarkers.CIRCLE);
        }
    }

    /**
     * Alarms per series and day over the threshold.
     *
     * @param inForce the threshold in force
     */
    static String perDay(ThresholdCurve curve, double days, double inForce) {
        Chart chart =
                new Chart(
                                "bar: lowest score of an alarm",
                                "a series and day",
                                LegendPosition.OutsideE)
                        .logarithmic()
                        .patterns("0.#", "#,##0.####");
        List<Point> points = curve.points();
        chart.curve("all", points, Point::threshold, p -> p.shown() / days, Chart.BLUE);
        chart.curve("in a window", points, Point::threshold, p -> p.right() / days, Chart.GREEN);
        chart.curve("false", points, Point::threshold, p -> p.wrong() / days, Chart.RED);
        double max = points.stream().mapToInt(Point::shown).max().orElse(1) / days;
        chart.dashed("bar in force", inForce, 1 / days, inForce, max, Chart.BLACK);
        return chart.svg("per-day");
    }

    /** Share of rows per score, inside and outside of windows. */
    static String histogram(List<EvaluatedSeries> evaluated, double inForce) {
        Chart chart =
                new Chart("score", "share of the rows", LegendPosition.OutsideE)
                        .logarithmic()
                        .patterns("0.#", "0.#####");
        double top =
                evaluated.stream()
                        .flatMapToDouble(each -> Arrays.stream(each.detection().scores()))
                        .filter(Double::isFinite)
                        .reduce(MIN_SCORE + 1, Math::max);
        double min =
                Math.min(
                        histogram(chart, "outside", evaluated, false, top, Chart.GRAY),
                        histogram(chart, "in a window", evaluated, true, top, Chart.ORANGE));
        chart.dashed("bar in force", inForce, min, inForce, 1, Chart.BLACK);
        return chart.svg("histogram");
    }

    /** Returns the lowest share drawn, half a row, because a logarithmic axis cannot show zero. */
    private static double histogram(
            Chart chart,
            String name,
            List<EvaluatedSeries> evaluated,
            boolean isInWindow,
            double top,
            Color color) {
        double[] scores =
                evaluated.stream()
                        .flatMapToDouble(
                                each ->
                                        IntStream.range(
                                                        StandardProfile.probation(
                                                                each.series().size()),
                                                        each.series().size())
                                                .filter(row -> each.isInWindow(row) == isInWindow)
                                                .mapToDouble(row -> each.detection().scores()[row]))
                        .filter(Double::isFinite)
                        .toArray();
        if (scores.length == 0) {
            return 1;
        }
        double min = 0.5 / scores.length;
        chart.histogram(
                name,
                scores,
                MIN_SCORE,
                top,
                HISTOGRAM_BINS,
                count -> Math.max(min, (double) count / scores.length),
                color);
        return min;
    }

    /** Values, expected values, windows and alarms of one series. */
    static String values(EvaluatedSeries evaluated, String id) {
        Chart chart = chart("value");
        double[] values = evaluated.series().values();
        windows(chart, evaluated, values);
        if (evaluated.detection().expected() != null) {
            line(
                    chart,
                    "expected",
                    evaluated.series(),
                    evaluated.detection().expected(),
                    Chart.GRAY);
        }
        line(chart, "value", evaluated.series(), values, Chart.BLUE);
        alarms(chart, evaluated, values);
        return chart.svg(id);
    }

    /** Scores, windows and alarms of one series. */
    static String scores(EvaluatedSeries evaluated, String id) {
        Chart chart = chart("score");
        double[] scores =
                Arrays.stream(evaluated.detection().scores())
                        .map(score -> Math.max(MIN_SCORE, score))
                        .toArray();
        windows(chart, evaluated, scores);
        line(chart, "score", evaluated.series(), scores, Chart.GREEN);
        alarms(chart, evaluated, scores);
        return chart.svg(id);
    }

    private static Chart chart(String y) {
        Chart chart = new Chart("", y, LegendPosition.OutsideS, 930, 300);
        chart.styler().setLegendLayout(LegendLayout.Horizontal);
        // Aligns the time axes of the value plot and the score plot below it.
        chart.styler().setYAxisLeftWidthHint(70);
        chart.styler().setDatePattern("yyyy-MM-dd");
        return chart;
    }

    private static void windows(Chart chart, EvaluatedSeries evaluated, double[] values) {
        double min = Arrays.stream(values).min().orElse(0);
        double max = Arrays.stream(values).max().orElse(0);
        int number = 1;
        for (RowRange window : evaluated.windows()) {
            Date from = new Date(evaluated.series().times()[window.first()]);
            Date to = new Date(evaluated.series().times()[window.last()]);
            XYSeries area =
                    chart.chart()
                            .addSeries(
                                    "window " + number++,
                                    List.of(from, from, to, to),
                                    List.of(min, max, max, min));
            area.setMarker(SeriesMarkers.NONE);
            area.setLineColor(Chart.ORANGE);
            area.setShowInLegend(number == 2);
            area.setLabel("labelled window");
        }
    }

    private static void line(
            Chart chart, String name, SeriesFile series, double[] values, Color color) {
        List<Integer> rows = new ArrayList<>();
        int step = Math.max(1, series.size() / COLUMNS);
        for (int from = 0; from < series.size(); from += step) {
            int lowest = from;
            int highest = from;
            for (int row = from; row < Math.min(from + step, series.size()); row++) {
                lowest = values[row] < values[lowest] ? row : lowest;
                highest = values[row] > values[highest] ? row : highest;
            }
            rows.add(Math.min(lowest, highest));
            rows.add(Math.max(lowest, highest));
        }
        XYSeries line = add(chart, name, series, values, rows);
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(color);
        line.setLineWidth(1);
    }

    private static void alarms(Chart chart, EvaluatedSeries evaluated, double[] values) {
        boolean[] alarms = evaluated.detection().alarms();
        List<Integer> rows =
                IntStream.range(0, values.length).filter(row -> alarms[row]).boxed().toList();
        if (!rows.isEmpty()) {
            XYSeries points = add(chart, "alarm", evaluated.series(), values, rows);
            points.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            points.setMarker(SeriesMarkers.CIRCLE);
            points.setMarkerColor(Chart.RED);
        }
    }

    private static XYSeries add(
            Chart chart, String name, SeriesFile series, double[] values, List<Integer> rows) {
        return chart.chart()
                .addSeries(
                        name,
                        rows.stream().map(row -> new Date(series.times()[row])).toList(),
                        rows.stream().map(row -> values[row]).toList());
    }
}
