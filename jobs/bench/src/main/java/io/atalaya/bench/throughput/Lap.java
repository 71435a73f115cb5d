package io.atalaya.bench.throughput;

import java.util.Locale;

/**
 * One measured passage of the recording.
 *
 * @param records that passed between the two marks: reads, and tags where they are on
 * @param seconds between them
 * @param cpuSeconds of the whole process meanwhile, broker included; the system counts them in
 *     hundredths, so a lap of a few milliseconds may have none
 * @param compilerSeconds that Java's compiler was at work meanwhile; on a busy machine that is more
 *     than its processor time
 */
public record Lap(
        String contender,
        int round,
        long records,
        double seconds,
        double cpuSeconds,
        double compilerSeconds) {

    private static final int WARM_PART = 10;
    private static final double PERCENT = 100;

    /** How many of so many records have passed, as a rule, before the clock starts. */
    public static long warm(long records) {
        return records / WARM_PART;
    }

    public double recordsPerSecond() {
        return records / seconds;
    }

    /** Processor time a record, microseconds: it depends less on what else the machine does. */
    public double cpuMicros() {
        return cpuSeconds / records * 1e6;
    }

    /** How much of the processor time was the compiler's, 0 to 1. */
    public double compilerShare() {
        return Math.min(1, compilerSeconds / cpuSeconds);
    }

    /**
     * One line of progress.
     *
     * @param things what the records are
     */
    public String inWords(String things) {
        return String.format(
                Locale.ROOT,
                "%-24s %,9.0f %s/s %5.1f µs CPU each, compiler %2.0f %%%s",
                contender,
                recordsPerSecond(),
                things,
                cpuMicros(),
                compilerShare() * PERCENT,
                round < 0 ? " (warm-up)" : "");
    }
}
