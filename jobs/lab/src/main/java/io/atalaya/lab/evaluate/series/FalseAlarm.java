package io.atalaya.lab.evaluate.series;

import io.atalaya.lab.evaluate.page.Page;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** An alarm outside all windows and after the probationary period. */
record FalseAlarm(EvaluatedSeries of, int row) {
    /**
     * Milliseconds shown before and after, so that the same hour of other days shows typical
     * values.
     */
    private static final long AROUND = 4 * 86_400_000L;

    /** The false alarms with the highest scores, in falling order. */
    static List<FalseAlarm> worst(List<EvaluatedSeries> evaluated, int max) {
        return evaluated.stream()
                .flatMap(
                        each ->
                                IntStream.range(
                                                StandardProfile.probation(each.series().size()),
                                                each.series().size())
                                        .filter(row -> each.detection().alarms()[row])
                                        .filter(row -> !each.isInWindow(row))
                                        .mapToObj(row -> new FalseAlarm(each, row)))
                .sorted(Comparator.comparingDouble(FalseAlarm::score).reversed())
                .limit(max)
                .toList();
    }

    double score() {
        return of.detection().scores()[row];
    }

    public String describe() {
        double[] expected = of.detection().expected();
        return String.format(
                Locale.ROOT,
                "%s UTC: value %.4g%s, score %.2f",
                Instant.ofEpochMilli(of.series().times()[row]),
                of.series().values()[row],
                expected == null ? "" : Page.formatted(", expected %.4g", expected[row]),
                score());
    }

    /** The part of the series around the alarm. */
    EvaluatedSeries around() {
        long[] times = of.series().times();
        int first = row;
        while (first > 0 && times[first - 1] >= times[row] - AROUND) {
            first--;
        }
        int last = row;
        while (last < times.length - 1 && times[last + 1] <= times[row] + AROUND) {
            last++;
        }
        return of.rows(first, last);
    }
}
