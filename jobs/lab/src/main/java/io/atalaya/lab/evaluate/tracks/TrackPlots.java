package io.atalaya.lab.evaluate.tracks;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import static io.atalaya.lab.evaluate.page.ChartStyle.BLUE;
import static io.atalaya.lab.evaluate.page.ChartStyle.GRAY;
import static io.atalaya.lab.evaluate.page.ChartStyle.GREEN;
import static io.atalaya.lab.evaluate.page.ChartStyle.ORANGE;
import static io.atalaya.lab.evaluate.page.ChartStyle.RED;
import static io.atalaya.lab.evaluate.page.ChartStyle.chart;
import static io.atalaya.lab.evaluate.page.ChartStyle.line;
import static io.atalaya.lab.evaluate.page.ChartStyle.range;
import static io.atalaya.lab.evaluate.page.ChartStyle.svg;
import static io.atalaya.lab.evaluate.page.ChartStyle.thinned;

/** The plots of the report on tracks. */
final class TrackPlots {
    private static final int BINS = 40;

    /** Scores outside this range, in robust deviations, are drawn at its edge. */
    private static final double LOWEST = -4;

    private static final double HIGHEST = 16;

    private TrackPlots() {}

    static String precisionRecall(
            Ranking ranking, Ranking inTimeOrder, Map<Baseline, Ranking> baselines) {
        XYChart chart = chart("recall: unusual tracks found", "precision: found ones that are so");
        range(chart.getStyler(), 0, 1);
        chart.getStyler().setLegendPosition(LegendPosition.InsideSW);
        precisionRecall(chart, "against all other tracks", ranking, BLUE);
        if (inTimeOrder.judges()) {
            precisionRecall(chart, "in the order of time", inTimeOrder, ORANGE);
        }
        baselines.forEach(
                (baseline, of) ->
                        precisionRecall(
                                chart, "baseline: " + baseline.title(), of, baseline.color()));
        return svg(chart, "precision-recall");
    }

    private static void precisionRecall(XYChart chart, String name, Ranking ranking, Color color) {
        List<Ranking.Point> points = thinned(ranking.points());
        line(
                chart,
                name,
                values(points, p -> (double) p.right() / ranking.unusual()),
                values(points, Ranking.Point::precision),
                color);
    }

    /**
     * Number of tracks at or above each threshold, on a logarithmic axis.
     *
     * @param unit unit of the count, for the axis
     * @param units number of units recorded
     */
    static String alerts(
            List<ScoredTrack> falling, Ranking ranking, String unit, double units, String id) {
        XYChart chart = chart("threshold", "alerts " + unit);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisDecimalPattern("#,##0.##");
        chart.getStyler().setXAxisDecimalPattern("0.#");
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
        alerts(chart, "all", falling, track -> true, units, BLUE);
        if (ranking.judges()) {
            alerts(chart, "unusual", falling, track -> is(track, true), units, GREEN);
            alerts(chart, "usual", falling, track -> is(track, false), units, RED);
        }
        return svg(chart, id);
    }

    private static void alerts(
            XYChart chart,
            String name,
            List<ScoredTrack> falling,
            Predicate<ScoredTrack> counted,
            double units,
            Color color) {
        List<ScoredTrack> some = falling.stream().filter(counted).toList();
        List<Integer> ranks = thinned(IntStream.range(0, some.size()).boxed().toList());
        double[] thresholds =
                ranks.stream().mapToDouble(rank -> within(some.get(rank).score())).toArray();
        double[] counts = ranks.stream().mapToDouble(rank -> (rank + 1) / units).toArray();
        line(chart, name, thresholds, counts, color);
    }

    /** Distribution of the scores; each label has its own total of 1. */
    static String histogram(List<ScoredTrack> tracks, Ranking ranking) {
        XYChart chart = chart("score, in robust deviations of the scene", "share of the tracks");
        chart.getStyler().setXAxisDecimalPattern("0.#");
        chart.getStyler().setYAxisDecimalPattern("0.##");
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
        if (ranking.judges()) {
            histogram(chart, "usual", tracks, track -> is(track, false), GRAY);
            histogram(chart, "unusual", tracks, track -> is(track, true), RED);
        } else {
            histogram(chart, "all", tracks, track -> true, BLUE);
        }
        return svg(chart, "histogram");
    }

    private static void histogram(
            XYChart chart,
            String name,
            List<ScoredTrack> tracks,
            Predicate<ScoredTrack> counted,
            Color color) {
        // Each histogram step has two points.
        double[] x = new double[2 * BINS];
        double[] y = new double[2 * BINS];
        double width = (HIGHEST - LOWEST) / BINS;
        for (int bin = 0; bin < BINS; bin++) {
            x[2 * bin] = LOWEST + bin * width;
            x[2 * bin + 1] = LOWEST + (bin + 1) * width;
        }
        List<ScoredTrack> some = tracks.stream().filter(counted).toList();
        for (ScoredTrack track : some) {
            int bin = Math.min(BINS - 1, (int) ((within(track.score()) - LOWEST) / width));
            y[2 * bin] += 1.0 / some.size();
            y[2 * bin + 1] += 1.0 / some.size();
        }
        line(chart, name, x, y, color);
    }

    private static boolean is(ScoredTrack track, boolean unusual) {
        return track.track().unusual() != null && track.track().unusual() == unusual;
    }

    private static double within(double score) {
        return Math.max(LOWEST, Math.min(HIGHEST, score));
    }

    private static double[] values(
            List<Ranking.Point> points, ToDoubleFunction<Ranking.Point> value) {
        return points.stream().mapToDouble(value).toArray();
    }
}
