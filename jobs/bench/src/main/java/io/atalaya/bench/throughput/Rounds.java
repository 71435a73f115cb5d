package io.atalaya.bench.throughput;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A race: all contenders run in turn, so that a slow minute of the machine meets each of them.
 * Rounds are for warming up until Java's compiler is nearly through with what they run: before, it
 * is what a lap measures, and of the longest program most.
 */
public final class Rounds {
    /** Of a lap's processor time, what the compiler may have of it at most. */
    private static final double SETTLED = 0.1;

    private Rounds() {}

    /**
     * The measured laps.
     *
     * @param records that the input topics hold
     * @param warmups rounds that are not counted, at most
     * @param runs rounds that are
     * @param log takes each lap; those for warming up have negative rounds
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
            // What the lap before has left, some GB of state, is nobody's cost.
            System.gc();
            Lap lap = contender.lap(round, records);
            log.accept(lap);
            laps.add(lap);
        }
        return laps;
    }
}
