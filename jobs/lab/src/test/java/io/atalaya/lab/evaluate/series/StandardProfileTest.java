package io.atalaya.lab.evaluate.series;

import io.atalaya.lab.evaluate.series.StandardProfile.Result;
import io.atalaya.lab.evaluate.series.StandardProfile.RowRange;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Compares with the published figures of the benchmark and with a slow version of its rules. */
class StandardProfileTest {
    private static final Path NAB = Path.of("../../../shared/data/nab");

    @Test
    void theNullDetectorLosesOneForEachWindow() {
        Result result =
                StandardProfile.score(
                        new boolean[2500], List.of(new RowRange(500, 600), new RowRange(900, 999)));

        assertThat(result.score()).isEqualTo(-2);
        assertThat(result.windowsFound()).isZero();
        assertThat(result.falseAlarms()).isZero();
    }

    @Test
    void theFirstRowOfAWindowIsWorthOneAndTheLastNearlyNothing() {
        RowRange window = new RowRange(1000, 1199);

        assertThat(StandardProfile.worthInside(window, 1000)).isEqualTo(1);
        assertThat(StandardProfile.worthInside(window, 1100)).isBetween(0.85, 0.87);
        assertThat(StandardProfile.worthInside(window, 1199)).isBetween(0.0, 0.02);
    }

    @Test
    void whatComesInTheProbationaryPeriodDoesNotCount() {
        boolean[] alarms = new boolean[1000];
        alarms[149] = true;
        assertThat(StandardProfile.score(alarms, List.of()).falseAlarms()).isZero();
        alarms[150] = true;
        assertThat(StandardProfile.score(alarms, List.of()).score()).isEqualTo(-0.11);
        assertThat(StandardProfile.probation(20_000)).isEqualTo(750);
    }

    @Test
    void aPublishedScoreIsOneThatARowOfTheWindowGives() {
        assumeTrue(Files.isDirectory(NAB), () -> "no series at " + NAB.toAbsolutePath());
        // contextOSE, TravelTime_451: one window, found once, no false alarm.
        SeriesFile series =
                SeriesFile.read("TravelTime_451.csv", NAB.resolve("TravelTime_451.csv"));
        RowRange window =
                WindowsFile.read(NAB.resolve("combined_windows.json"), List.of(series.name()))
                        .of(series, warning -> {})
                        .get(0);

        double nearest =
                IntStream.rangeClosed(window.first(), window.last())
                        .mapToDouble(row -> StandardProfile.worthInside(window, row))
                        .map(worth -> Math.abs(worth - 0.86142179597))
                        .min()
                        .orElseThrow();

        assertThat(nearest).isLessThan(1e-10);
    }

    @Test
    void agreesWithTheRulesWrittenOutSlowly() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            int rows = 50 + random.nextInt(400);
            boolean[] alarms = new boolean[rows];
            for (int row = 0; row < rows; row++) {
                alarms[row] = random.nextInt(20) == 0;
            }
            int first = rows / 5 + random.nextInt(rows / 5);
            List<RowRange> windows =
                    List.of(
                            new RowRange(first, first + 2 + random.nextInt(rows / 10)),
                            new RowRange(rows * 2 / 3, rows * 2 / 3 + 1 + random.nextInt(20)));

            assertThat(StandardProfile.score(alarms, windows).score())
                    .isCloseTo(slowly(alarms, windows), within(1e-9));
        }
    }

    /** Scores each alarm separately against all windows. */
    private static double slowly(boolean[] alarms, List<RowRange> windows) {
        double score = 0;
        int probation = (int) Math.min(0.15 * alarms.length, 750);
        for (RowRange window : windows) {
            double best = -1;
            for (int row = Math.max(window.first(), probation); row <= window.last(); row++) {
                if (alarms[row]) {
                    double position = -(window.last() - row + 1.0) / window.rows();
                    best = Math.max(best, (2 / (1 + Math.exp(5 * position)) - 1) / 0.98661429815);
                }
            }
            score += best;
        }
        for (int row = probation; row < alarms.length; row++) {
            int at = row;
            if (!alarms[row] || windows.stream().anyMatch(window -> window.contains(at))) {
                continue;
            }
            RowRange before =
                    windows.stream()
                            .filter(window -> window.last() < at)
                            .reduce((a, b) -> b)
                            .orElse(null);
            double position = before == null ? 9 : (row - before.last()) / (before.rows() - 1.0);
            score += 0.11 * (position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1);
        }
        return score;
    }
}
