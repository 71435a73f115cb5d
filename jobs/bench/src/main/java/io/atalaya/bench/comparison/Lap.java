package io.atalaya.bench.comparison;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One measured pass over the recording, or several as one.
 *
 * @param records records passed between start and end: reads, and tags if on
 * @param seconds duration
 * @param cpuSeconds CPU time of the whole process, including the broker; the system counts
 *     hundredths, so a lap of a few milliseconds may have 0
 * @param compilerSeconds working time of Java's compiler; on a busy machine it exceeds its CPU time
 * @param threadSeconds CPU time by group of threads; empty where the system does not count it
 */
public record Lap(
        String contender,
        int round,
        long records,
        double seconds,
        double cpuSeconds,
        double compilerSeconds,
        Map<String, Double> threadSeconds) {

    private static final int WARM_PART = 10;
    private static final double PERCENT = 100;

    /** Number of records that normally pass before the clock starts. */
    public static long warm(long records) {
        return records / WARM_PART;
    }

    /** Both passes as one. */
    Lap plus(Lap other) {
        Map<String, Double> threads = new TreeMap<>(threadSeconds);
        other.threadSeconds.forEach((group, time) -> threads.merge(group, time, Double::sum));
        return new Lap(
                contender,
                round,
                records + other.records,
                seconds + other.seconds,
                cpuSeconds + other.cpuSeconds,
                compilerSeconds + other.compilerSeconds,
                threads);
    }

    @JsonProperty
    public double recordsPerSecond() {
        return records / seconds;
    }

    /** CPU time per record in microseconds; it depends less on other load. */
    public double cpuMicros() {
        return cpuSeconds / records * 1e6;
    }

    /** Share of CPU time spent in the compiler, 0 to 1. */
    public double compilerShare() {
        return new ProcessorTime(cpuSeconds, compilerSeconds).compilerShare();
    }

    /**
     * One line of progress.
     *
     * @param noun name of the records
     */
    public String inWords(String noun) {
        return String.format(
                Locale.ROOT,
                "%-24s %,9.0f %s/s %5.1f µs CPU each, compiler %2.0f %%%s",
                contender,
                recordsPerSecond(),
                noun,
                cpuMicros(),
                compilerShare() * PERCENT,
                round < 0 ? " (warm-up)" : "");
    }
}
