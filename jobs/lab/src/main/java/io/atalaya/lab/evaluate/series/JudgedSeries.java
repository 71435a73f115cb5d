package io.atalaya.lab.evaluate.series;

import io.atalaya.lab.evaluate.series.StandardProfile.Result;
import io.atalaya.lab.evaluate.series.StandardProfile.RowRange;

import java.util.List;

/**
 * A series, a detector's result and its score.
 *
 * @param windows labelled rows
 */
record JudgedSeries(SeriesFile series, List<RowRange> windows, Detection detection, Result result) {
    static JudgedSeries of(SeriesFile series, List<RowRange> windows, Detector detector) {
        Detection detection = detector.detect(series);
        return new JudgedSeries(
                series, windows, detection, StandardProfile.score(detection.alarms(), windows));
    }

    /** Days between the first and the last row. */
    double days() {
        return series.size() == 0
                ? 0
                : (series.times()[series.size() - 1] - series.times()[0]) / 86_400_000.0;
    }

    static double score(List<JudgedSeries> all) {
        return all.stream().mapToDouble(each -> each.result().score()).sum();
    }

    static int windowsOf(List<JudgedSeries> all) {
        return all.stream().mapToInt(each -> each.windows().size()).sum();
    }

    static int found(List<JudgedSeries> all) {
        return all.stream().mapToInt(each -> each.result().windowsFound()).sum();
    }

    static int falseAlarms(List<JudgedSeries> all) {
        return all.stream().mapToInt(each -> each.result().falseAlarms()).sum();
    }
}
