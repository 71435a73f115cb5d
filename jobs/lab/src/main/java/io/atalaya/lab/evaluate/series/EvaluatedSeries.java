package io.atalaya.lab.evaluate.series;

import io.atalaya.anomaly.series.EpisodeGate;
import io.atalaya.lab.evaluate.score.ThresholdCurve;
import io.atalaya.lab.evaluate.score.ThresholdCurve.Point;
import io.atalaya.lab.evaluate.series.Detector.Detection;
import io.atalaya.lab.evaluate.series.StandardProfile.Result;
import io.atalaya.lab.evaluate.series.StandardProfile.RowRange;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A series, a detector's result and its score.
 *
 * @param windows labelled rows
 */
record EvaluatedSeries(
        SeriesFile series, List<RowRange> windows, Detection detection, Result result) {
    private static final double DAY_MILLIS = 86_400_000;

    /** Number of thresholds of a curve, less one. */
    private static final int STEPS = 60;

    /**
     * Only the highest 5 % of scores are used as thresholds, because lower ones are those of
     * typical rows.
     */
    private static final double SHARE = 0.05;

    static EvaluatedSeries of(SeriesFile series, List<RowRange> windows, Detector detector) {
        Detection detection = detector.detect().apply(series);
        return new EvaluatedSeries(
                series, windows, detection, StandardProfile.score(detection.alarms(), windows));
    }

    boolean isInWindow(int row) {
        return windows.stream().anyMatch(window -> window.contains(row));
    }

    /** Days between the first and the last row. */
    double days() {
        return days(0);
    }

    private double days(int first) {
        long[] times = series.times();
        return first >= times.length ? 0 : (times[times.length - 1] - times[first]) / DAY_MILLIS;
    }

    /** The rows from {@code first} to {@code last}, both included. */
    EvaluatedSeries rows(int first, int last) {
        return new EvaluatedSeries(
                new SeriesFile(
                        series.name(),
                        Arrays.copyOfRange(series.times(), first, last + 1),
                        Arrays.copyOfRange(series.values(), first, last + 1)),
                windows.stream()
                        .filter(window -> window.first() <= last && window.last() >= first)
                        .map(
                                window ->
                                        new RowRange(
                                                Math.max(window.first(), first) - first,
                                                Math.min(window.last(), last) - first))
                        .toList(),
                new Detection(
                        Arrays.copyOfRange(detection.scores(), first, last + 1),
                        Arrays.copyOfRange(detection.alarms(), first, last + 1),
                        detection.expected() == null
                                ? null
                                : Arrays.copyOfRange(detection.expected(), first, last + 1)),
                result);
    }

    /** Sums over the series of one detector. */
    record Total(
            int rows, double days, int windows, int found, int right, int wrong, double score) {
        static Total of(List<EvaluatedSeries> all) {
            return new Total(
                    all.stream().mapToInt(each -> each.series.size()).sum(),
                    all.stream().mapToDouble(EvaluatedSeries::days).sum(),
                    all.stream().mapToInt(each -> each.windows.size()).sum(),
                    all.stream().mapToInt(each -> each.result.windowsFound()).sum(),
                    all.stream().mapToInt(each -> each.result.rightAlarms()).sum(),
                    all.stream().mapToInt(each -> each.result.falseAlarms()).sum(),
                    all.stream().mapToDouble(each -> each.result.score()).sum());
        }
    }

    /** Days of all series after their probationary periods. */
    static double evaluatedDays(List<EvaluatedSeries> all) {
        return all.stream()
                .mapToDouble(each -> each.days(StandardProfile.probation(each.series.size())))
                .sum();
    }

    /**
     * The alarms in and outside of windows, and the windows found, at thresholds from the highest
     * score on: the gate runs over the scores once for each.
     */
    static ThresholdCurve curve(List<EvaluatedSeries> all, EpisodeGate.Settings gate) {
        double[] scores =
                all.stream()
                        .flatMapToDouble(each -> Arrays.stream(each.detection.scores()))
                        .filter(Double::isFinite)
                        .sorted()
                        .toArray();
        int windows = Total.of(all).windows();
        if (scores.length == 0) {
            return new ThresholdCurve(List.of(), windows);
        }
        double highest = scores[scores.length - 1];
        double lowest = scores[(int) ((1 - SHARE) * (scores.length - 1))];
        return new ThresholdCurve(
                IntStream.rangeClosed(0, STEPS)
                        .mapToObj(i -> point(highest - (highest - lowest) * i / STEPS, all, gate))
                        .toList(),
                windows);
    }

    private static Point point(
            double threshold, List<EvaluatedSeries> all, EpisodeGate.Settings gate) {
        Total total =
                Total.of(all.stream().map(each -> each.gated(gate.withBar(threshold))).toList());
        return new Point(threshold, total.right(), 0, total.wrong(), total.found());
    }

    private EvaluatedSeries gated(EpisodeGate.Settings gate) {
        boolean[] alarms = Detector.alarms(series, detection.scores(), gate);
        return new EvaluatedSeries(
                series, windows, detection, StandardProfile.score(alarms, windows));
    }
}
