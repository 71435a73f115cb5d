package io.atalaya.bench.comparison;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The measured laps of all contenders over the same records. They run in turn, so that a slow
 * minute of the machine affects each of them; compare the ratios of one comparison only.
 */
public record Comparison(List<Lap> laps) {
    /**
     * Runs the contenders. Warm-up rounds are repeated for those that still keep Java's compiler
     * busy, because a lap measures the compiler then, most of all for the longest program.
     *
     * @param records number of records in the input topics
     * @param maxWarmups maximum number of uncounted rounds
     * @param runs number of counted rounds
     * @param lapSeconds minimum duration of a counted lap; a contender that is faster reads the
     *     recording several times, each time from a fresh start that is not counted
     * @param log receives each lap; warm-up rounds are negative
     */
    public static Comparison run(
            List<? extends Contender> contenders,
            long records,
            int maxWarmups,
            int runs,
            int lapSeconds,
            Consumer<Lap> log)
            throws InterruptedException {
        // Without a warm-up, laps show that a contender runs, not how fast.
        boolean isExact = maxWarmups > 0;
        List<Contender> cold = new ArrayList<>(contenders);
        for (int round = -maxWarmups; round < 0 && !cold.isEmpty(); round++) {
            Set<String> warm =
                    round(cold, round, records, 0, isExact, log).stream()
                            .filter(lap -> lap.compilerShare() <= ProcessorTime.MAX_COMPILER_SHARE)
                            .map(Lap::contender)
                            .collect(Collectors.toSet());
            cold.removeIf(contender -> warm.contains(contender.name()));
        }
        List<Lap> laps = new ArrayList<>();
        for (int round = 0; round < runs; round++) {
            laps.addAll(round(contenders, round, records, lapSeconds, isExact, log));
        }
        return new Comparison(List.copyOf(laps));
    }

    private static List<Lap> round(
            List<? extends Contender> contenders,
            int round,
            long records,
            int lapSeconds,
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
            while (lap.seconds() < lapSeconds) {
                lap = lap.plus(contender.lap(round, records));
            }
            log.accept(lap);
            laps.add(lap);
        }
        return laps;
    }

    public boolean has(String contender) {
        return contenders().contains(contender);
    }

    /** The names of the contenders, in the order in which they ran. */
    public Set<String> contenders() {
        return laps.stream()
                .map(Lap::contender)
                .collect(Collectors.toCollection(LinkedHashSet::new));
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

    /**
     * CPU microseconds per record of one contender by group of threads, over all of its laps; those
     * of a task, of the broker, of Java itself.
     */
    public Map<String, Double> cpuByThreads(String contender) {
        Map<String, Double> micros = new TreeMap<>();
        List<Lap> own = laps.stream().filter(lap -> lap.contender().equals(contender)).toList();
        double records = own.stream().mapToLong(Lap::records).sum();
        own.forEach(
                lap ->
                        lap.threadSeconds()
                                .forEach(
                                        (group, seconds) ->
                                                micros.merge(
                                                        group,
                                                        seconds / records * 1e6,
                                                        Double::sum)));
        return micros;
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
