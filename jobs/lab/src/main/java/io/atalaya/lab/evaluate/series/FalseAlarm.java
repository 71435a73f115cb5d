package io.atalaya.lab.evaluate.series;

import io.atalaya.lab.evaluate.series.StandardProfile.RowRange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** An alarm outside all windows and after the probationary period. */
record FalseAlarm(JudgedSeries of, int row) {
    /**
     * Milliseconds shown before and after, so that the same hour of other days shows typical
     * values.
     */
    private static final long AROUND = 4 * 86_400_000L;

    /** The false alarms with the highest scores, in falling order. */
    static List<FalseAlarm> worst(List<JudgedSeries> judged, int most) {
        List<FalseAlarm> all = new ArrayList<>();
        for (JudgedSeries each : judged) {
            boolean[] alarms = each.detection().alarms();
            for (int row = StandardProfile.probation(alarms.length); row < alarms.length; row++) {
                int at = row;
                if (alarms[row] && each.windows().stream().noneMatch(w -> w.contains(at))) {
                    all.add(new FalseAlarm(each, row));
                }
            }
        }
        return all.stream()
                .sorted(Comparator.comparingDouble(FalseAlarm::score).reversed())
                .limit(most)
                .toList();
    }

    double score() {
        return of.detection().scores()[row];
    }

    String describe() {
        double[] expected = of.detection().expected();
        return String.format(
                Locale.ROOT,
                "%s UTC: value %.4g%s, score %.2f",
                Instant.ofEpochMilli(time()),
                of.series().values()[row],
                expected == null
                        ? ""
                        : String.format(Locale.ROOT, ", expected %.4g", expected[row]),
                score());
    }

    private long time() {
        return of.series().times()[row];
    }

    /** The part of the series around the alarm. */
    JudgedSeries around() {
        long[] times = of.series().times();
        int from = row;
        while (from > 0 && times[from - 1] >= time() - AROUND) {
            from--;
        }
        int to = row;
        while (to < times.length - 1 && times[to + 1] <= time() + AROUND) {
            to++;
        }
        int first = from;
        int last = to;
        Detection all = of.detection();
        return new JudgedSeries(
                new SeriesFile(
                        of.series().name(),
                        Arrays.copyOfRange(times, first, last + 1),
                        Arrays.copyOfRange(of.series().values(), first, last + 1)),
                of.windows().stream()
                        .filter(window -> window.first() <= last && window.last() >= first)
                        .map(
                                window ->
                                        new RowRange(
                                                Math.max(window.first(), first) - first,
                                                Math.min(window.last(), last) - first))
                        .toList(),
                new Detection(
                        Arrays.copyOfRange(all.scores(), first, last + 1),
                        Arrays.copyOfRange(all.alarms(), first, last + 1),
                        all.expected() == null
                                ? null
                                : Arrays.copyOfRange(all.expected(), first, last + 1)),
                of.result());
    }
}
