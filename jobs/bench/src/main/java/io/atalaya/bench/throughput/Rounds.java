package io.atalaya.bench.throughput;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A race: all contenders run in turn, so that a slow minute of the machine affects each of them.
 * Warm-up rounds are repeated until Java's compiler is nearly idle, because before that a lap
 * measures the compiler, most of all for the longest program.
 */
public final class Rounds {
    /** Maximum share of the compiler in a lap's CPU time. */
    private static final double SETTLED = 0.1;

    private Rounds() {}

    /**
     * Runs the race and returns the measured laps.
     *
     * @param records number of records in the input topics
     * @param warmups maximum number of uncounted rounds
     * @param runs number of counted rounds
     * @param log receives each lap; warm-up rounds are negative
     */
    public static List<Lap> race(
            List<? extends Contender> contenders,
            long records,
            int warmups,
            int runs,
            Consumer<Lap> log)
            throws InterruptedException {
        boolean settled = false;
        for (int round = -warmups; round < 0 && !settled; round++) {
            settled =
                    round(contenders, round, records, log).stream()
                            .allMatch(lap -> lap.compilerShare() <= SETTLED);
        }
        List<Lap> laps = new ArrayList<>();
        for (int round = 0; round < runs; round++) {
            laps.addAll(round(contenders, round, records, log));
        }
        return List.copyOf(laps);
    }

    private static List<Lap> round(
            List<? extends Contender> contenders, int round, long records, Consumer<Lap> log)
            throws InterruptedException {
        List<Lap> laps = new ArrayList<>();
        for (Contender contender : contenders) {
            // Collects some GB of state of the previous lap, so that no contender pays for it.
            System.gc();
            Lap lap = contender.lap(round, records);
            log.accept(lap);
            laps.add(lap);
        }
        return laps;
    }
}
