package io.atalaya.bench.hotlist;

import io.atalaya.bench.measure.Spread;
import io.atalaya.bench.throughput.Lap;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The laps of all contenders over the same records and the same list. */
public record Race(int entries, boolean tags, long records, List<Lap> laps) {

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
