package io.atalaya.bench.inference;

import io.atalaya.bench.measure.Delays;

import org.HdrHistogram.Histogram;

/**
 * Measures the delay of batching. Records are due at a steady rate and wait until the batch is full
 * or the first one has waited for the linger time, as in the operator. A delay starts when the
 * record was due, so a slow run delays later records as well.
 */
final class DelayRun {
    private static final double NANOS = 1e9;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int DIGITS = 3;

    private final double gap;
    private final long linger;
    private final long nanos;

    /**
     * @param seconds duration
     */
    DelayRun(double recordsPerSecond, int lingerMillis, double seconds) {
        this.gap = NANOS / recordsPerSecond;
        this.linger = lingerMillis * NANOS_PER_MILLI;
        this.nanos = (long) (seconds * NANOS);
    }

    BatchDelay run(String model, Serving serving, Features features, int batch) {
        float[][] inputs = new float[batch + 1][];
        Histogram micros = new Histogram(DIGITS);
        long start = System.nanoTime();
        long served = 0;
        long runs = 0;
        while (served * gap < nanos) {
            int waiting = await(start, served, batch);
            if (inputs[waiting] == null) {
                inputs[waiting] = features.of(waiting);
            }
            serving.serve(inputs[waiting], waiting);
            long done = System.nanoTime() - start;
            for (long i = served; i < served + waiting; i++) {
                micros.recordValue(Math.max(0, done - (long) (i * gap)) / NANOS_PER_MICRO);
            }
            served += waiting;
            runs++;
        }
        return new BatchDelay(model, batch, (double) served / runs, Delays.of(micros, 0));
    }

    /**
     * Number of waiting records once the batch is full or its first record has waited long enough.
     */
    private int await(long start, long first, int batch) {
        while (true) {
            long now = System.nanoTime() - start;
            long due = (long) (now / gap) + 1 - first;
            if (due >= batch) {
                return batch;
            }
            if (due > 0 && now - first * gap >= linger) {
                return (int) due;
            }
            Thread.onSpinWait();
        }
    }
}
