package io.atalaya.lab.evaluate.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The standard profile of the Numenta Anomaly Benchmark (Lavin and Ahmad 2015,
 * doi:10.1109/ICMLA.2015.141; weights and probationary period of numenta/NAB, config/profiles.json
 * and nab/sweeper.py): a window found counts up to 1, more the earlier, a missed one −1, and each
 * false alarm up to −0.11, less shortly after a window. Nothing counts in the probationary first
 * part of a series.
 */
final class StandardProfile {
    private static final double MISSED = -1.0;
    private static final double FALSE_ALARM = 0.11;
    private static final double PROBATION = 0.15;
    private static final int MAX_PROBATION_ROWS = 5000;
    private static final double STEEPNESS = 5.0;
    private static final double FAR = 3.0;

    private StandardProfile() {}

    /**
     * The rows of a window.
     *
     * @param first first row
     * @param last last row, inclusive
     */
    record RowRange(int first, int last) {
        int rows() {
            return last - first + 1;
        }

        boolean contains(int row) {
            return row >= first && row <= last;
        }
    }

    /**
     * Score of a series.
     *
     * @param score from minus to plus the number of windows, less the cost of false alarms
     * @param found per window, whether an alarm lies in it
     * @param rightAlarms alarms in windows
     * @param falseAlarms alarms outside all windows and after the probationary period
     */
    record Result(double score, List<Boolean> found, int rightAlarms, int falseAlarms) {
        public int windowsFound() {
            return (int) found.stream().filter(Boolean::booleanValue).count();
        }
    }

    /** Number of rows at the start of a series whose alarms do not count. */
    static int probation(int rows) {
        return (int) Math.min(Math.floor(PROBATION * rows), PROBATION * MAX_PROBATION_ROWS);
    }

    /**
     * Scores the alarms of one series.
     *
     * @param alarms one per row
     * @param windows disjoint and in order
     */
    static Result score(boolean[] alarms, List<RowRange> windows) {
        double[] best = new double[windows.size()];
        boolean[] found = new boolean[windows.size()];
        Arrays.fill(best, MISSED);
        double falseCost = 0;
        int rightAlarms = 0;
        int falseAlarms = 0;
        int next = 0;
        for (int row = 0; row < alarms.length; row++) {
            while (next < windows.size() && windows.get(next).last() < row) {
                next++;
            }
            if (!alarms[row] || row < probation(alarms.length)) {
                continue;
            }
            if (next < windows.size() && windows.get(next).contains(row)) {
                best[next] = Math.max(best[next], worthInside(windows.get(next), row));
                found[next] = true;
                rightAlarms++;
            } else {
                falseCost += next == 0 ? -1 : worthBehind(windows.get(next - 1), row);
                falseAlarms++;
            }
        }
        double score = FALSE_ALARM * falseCost;
        List<Boolean> foundOnes = new ArrayList<>();
        for (int i = 0; i < best.length; i++) {
            score += best[i];
            foundOnes.add(found[i]);
        }
        return new Result(score, foundOnes, rightAlarms, falseAlarms);
    }

    /** 1 at the first row of a window, near 0 at the last. */
    static double worthInside(RowRange window, int row) {
        return sigmoid(-(double) (window.last() - row + 1) / window.rows()) / sigmoid(-1);
    }

    private static double worthBehind(RowRange window, int row) {
        return sigmoid((double) (row - window.last()) / (window.rows() - 1));
    }

    private static double sigmoid(double position) {
        return position > FAR ? -1 : 2 / (1 + Math.exp(STEEPNESS * position)) - 1;
    }
}
