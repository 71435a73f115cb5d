package io.atalaya.lab.evaluate.series;

import io.atalaya.anomaly.series.EpisodeGate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Results at each bar (score threshold) of a detector, from the highest to the lowest.
 *
 * @param windows number of windows in all series
 * @param days days of all series after their probationary periods
 */
record BarCurve(List<Point> points, int windows, double days) {
    private static final int BARS = 60;

    /**
     * Only the highest 5 % of scores are used as bars, because lower ones are those of typical
     * rows.
     */
    private static final double SHARE = 0.05;

    /**
     * Result at one bar.
     *
     * @param right alarms in windows
     * @param wrong alarms outside windows
     * @param found windows found
     */
    record Point(double bar, int right, int wrong, int found) {
        double precision() {
            return right + wrong == 0 ? 1 : (double) right / (right + wrong);
        }
    }

    /** Runs the gate over the scores once for each bar. */
    static BarCurve of(List<JudgedSeries> all, EpisodeGate.Settings gate) {
        double[] scores =
                all.stream()
                        .flatMapToDouble(each -> Arrays.stream(each.detection().scores()))
                        .filter(Double::isFinite)
                        .sorted()
                        .toArray();
        List<Point> points = new ArrayList<>();
        double days = all.stream().mapToDouble(BarCurve::judgedDays).sum();
        if (scores.length == 0) {
            return new BarCurve(points, JudgedSeries.windowsOf(all), days);
        }
        double highest = scores[scores.length - 1];
        double lowest = scores[(int) ((1 - SHARE) * (scores.length - 1))];
        for (int i = 0; i <= BARS; i++) {
            points.add(at(highest - (highest - lowest) * i / BARS, all, gate));
        }
        return new BarCurve(points, JudgedSeries.windowsOf(all), days);
    }

    private static double judgedDays(JudgedSeries each) {
        int from = StandardProfile.probation(each.series().size());
        long[] times = each.series().times();
        return from >= times.length ? 0 : (times[times.length - 1] - times[from]) / 86_400_000.0;
    }

    private static Point at(double bar, List<JudgedSeries> all, EpisodeGate.Settings gate) {
        int right = 0;
        int wrong = 0;
        int found = 0;
        for (JudgedSeries each : all) {
            EpisodeGate episodes = new EpisodeGate(gate.withBar(bar));
            boolean[] alarms = new boolean[each.series().size()];
            for (int row = 0; row < alarms.length; row++) {
                alarms[row] =
                        episodes.offer(each.series().times()[row], each.detection().scores()[row]);
            }
            StandardProfile.Result result = StandardProfile.score(alarms, each.windows());
            right += result.rightAlarms();
            wrong += result.falseAlarms();
            found += result.windowsFound();
        }
        return new Point(bar, right, wrong, found);
    }
}
