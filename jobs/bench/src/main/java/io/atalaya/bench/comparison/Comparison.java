package io.atalaya.bench.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * The measured laps of all contenders over the same records. They run in turn, so that a slow
 * minute of the machine affects each of them; compare the ratios of one comparison only.
 */
public record Comparison(List<Lap> laps) {
    /** Maximum share of the compiler in a lap's CPU time after the warm-up. */
    private static final double MAX_COMPILER_SHARE = 0.1;

    /**
     * Runs the contenders. Warm-up rounds are repeated until Java's compiler is nearly idle,
     * because before that a lap measures the compiler, most of all for the longest program.
     *
     * @param records number of records in the input topics
     * @param maxWarmups maximum number of uncounted rounds
     * @param runs number of counted rounds
     * @param log receives each lap; warm-up rounds are negative
     */
    public static Comparison run(
            List<? extends Contender> contenders,
            long records,
            int maxWarmups,
            int runs,
            Consumer<Lap> log)
            throws InterruptedException {
        boolean isWarm = false;
        // Without a warm-up, laps show that a contender runs, not how fast.
        boolean isExact = maxWarmups > 0;
        for (int round = -maxWarmups; round < 0 && !isWarm; round++) {
            isWarm =
                    round(contenders, round, records, isExact, log).stream()
                            .allMatch(lap -> lap.compilerShare() <= MAX_COMPILER_SHARE);
        }
        List<Lap> laps = new ArrayList<>();
        for (int round = 0; round < runs; round++) {
            laps.addAll(round(contenders, round, records, isExact, log));
        }
        return new Comparison(List.copyOf(laps));
    }

    private static List<Lap> round(
            List<? extends Contender> contenders,
            int round,
            long records,
            boolean isExact,
            Consumer<Lap> log)
            throws InterruptedException {
        List<Lap> laps = new ArrayList<>();
        for (Contender contender : contenders) {
            // Collects some GB of state of the previous lap, so that no contender pays for it.
            if (isExact) {
                System.gc();
            }
            Lap lap = contender.lap(round, records);
            log.accept(lap);
            laps.add(lap);
        }
        return laps;
    }

    public boolean has(String contender) {
        return laps.stream().anyMatch(lap -> lap.contender().equals(contender));
    }

    /** Records per second of one contender. */
    public Spread speed(String contender) {
        return spread(contender, Lap::recordsPerSecond);
    }

    /** CPU microseconds per record of one contender. */
    public Spread cpu(String contender) {
        return spread(contender, Lap::cpuMicros);
    }

    /** Share of CPU time spent in Java's compiler, 0 to 1. */
    public Spread compiler(String contender) {
        return spread(contender, Lap::compilerShare);
    }

    /** Ratio of the median speeds. */
    public double ratio(String contender, String rival) {
        return speed(contender).median() / speed(rival).median();
    }

    /** Ratio by CPU time, which depends less on other load. */
    public double cpuRatio(String contender, String rival) {
        return cpu(rival).median() / cpu(contender).median();
    }

    private Spread spread(String contender, ToDoubleFunction<Lap> figure) {
        return Spread.of(
                laps.stream()
                        .filter(lap -> lap.contender().equals(contender))
                        .map(figure::applyAsDouble)
                        .toList());
    }
}
