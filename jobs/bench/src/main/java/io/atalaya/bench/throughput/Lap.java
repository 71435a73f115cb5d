package io.atalaya.bench.throughput;

/**
 * One measured passage of the recording.
 *
 * @param records that passed between the two marks: reads, and tags where they are on
 * @param seconds between them
 * @param cpuSeconds of the whole process meanwhile, broker included
 */
public record Lap(String contender, int round, long records, double seconds, double cpuSeconds) {

    private static final int WARM_PART = 10;

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
}
