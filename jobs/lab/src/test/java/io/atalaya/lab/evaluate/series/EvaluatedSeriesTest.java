package io.atalaya.lab.evaluate.series;

import io.atalaya.anomaly.series.EpisodeGate;
import io.atalaya.lab.evaluate.score.ThresholdCurve;
import io.atalaya.lab.evaluate.score.ThresholdCurve.Point;
import io.atalaya.lab.evaluate.series.Detector.Detection;
import io.atalaya.lab.evaluate.series.StandardProfile.RowRange;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class EvaluatedSeriesTest {
    private static final long HOUR = 3_600_000;

    /** Each score above the bar is an episode of its own. */
    private static final EpisodeGate.Settings GATE =
            new EpisodeGate.Settings(3, 0, 0, 1000, 100, 1, 0, 1, 0);

    /**
     * Noise with a score of 8 in the first row of a window, and a score of 6 far from the window.
     */
    private static EvaluatedSeries series() {
        int rows = 2_000;
        Random random = new Random(3);
        long[] times = new long[rows];
        double[] scores = new double[rows];
        for (int row = 0; row < rows; row++) {
            times[row] = row * HOUR;
            scores[row] = Math.min(4, random.nextGaussian());
        }
        scores[1_000] = 8;
        scores[1_500] = 6;
        List<RowRange> windows = List.of(new RowRange(1_000, 1_020));
        return new EvaluatedSeries(
                new SeriesFile("a", times, scores),
                windows,
                new Detection(scores, new boolean[rows], null),
                StandardProfile.score(new boolean[rows], windows));
    }

    @Test
    void fromTheHighestScoreDownMoreIsEmittedAndMoreIsWrong() {
        ThresholdCurve curve = EvaluatedSeries.curve(List.of(series()), GATE);

        assertThat(curve.required()).isEqualTo(1);
        assertThat(EvaluatedSeries.evaluatedDays(List.of(series()))).isBetween(70.0, 71.0);
        Point atEight = curve.points().get(0);
        assertThat(atEight.threshold()).isEqualTo(8);
        assertThat(atEight.right() + atEight.wrong()).isZero();
        Point atSeven = first(curve, 7);
        assertThat(List.of(atSeven.right(), atSeven.wrong(), atSeven.found()))
                .containsExactly(1, 0, 1);
        Point atFive = first(curve, 5);
        assertThat(List.of(atFive.right(), atFive.wrong())).containsExactly(1, 1);
        assertThat(atFive.precision()).isEqualTo(0.5);
        Point lowest = curve.points().get(curve.points().size() - 1);
        assertThat(lowest.wrong()).isGreaterThan(50);
    }

    private static Point first(ThresholdCurve curve, double threshold) {
        return curve.points().stream()
                .filter(p -> p.threshold() <= threshold)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theWorstFalseAlarmIsTheOneOfTheHighestScoreOutsideAllWindows() {
        EvaluatedSeries quiet = series();
        boolean[] alarms = new boolean[quiet.series().size()];
        for (int row : new int[] {10, 1_000, 1_200, 1_500}) {
            alarms[row] = true;
        }
        EvaluatedSeries evaluated =
                new EvaluatedSeries(
                        quiet.series(),
                        quiet.windows(),
                        new Detection(quiet.detection().scores(), alarms, null),
                        quiet.result());

        List<FalseAlarm> worst = FalseAlarm.worst(List.of(evaluated), 5);
        assertThat(worst).extracting(FalseAlarm::row).containsExactly(1_500, 1_200);
        EvaluatedSeries around = worst.get(0).around();
        assertThat(around.series().size()).isEqualTo(2 * 96 + 1);
        assertThat(around.windows()).isEmpty();
        assertThat(around.detection().alarms()[96]).isTrue();
    }

    @Test
    void theForestFindsWhatIsUnlikeAllBefore() {
        double[] values = new double[1_500];
        long[] times = new long[values.length];
        for (int row = 0; row < values.length; row++) {
            times[row] = row * HOUR;
            values[row] = Math.sin(row * Math.PI / 12) + (row >= 1_200 && row < 1_206 ? 6 : 0);
        }
        Detection found =
                Detector.randomCutForest().detect().apply(new SeriesFile("a", times, values));
        assertThat(Arrays.stream(found.scores(), 1_200, 1_206).max().orElseThrow())
                .isGreaterThan(Detector.DEVIATIONS);
        assertThat(found.alarms()[1_200] || found.alarms()[1_201]).isTrue();
    }
}
