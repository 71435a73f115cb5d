package io.atalaya.bench.inference;

import io.atalaya.bench.comparison.Delays;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.function.LongSupplier;

/**
 * Time from the arrival of records until their batch has been served.
 *
 * @param batch maximum records per batch
 * @param meanBatch mean records per batch
 */
record BatchDelay(
        String model, int batch, double meanBatch, @JsonProperty("millis") Delays delays) {
    private static final double NANOS = 1e9;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    /**
     * Measures the delay of batching. Records are due at a steady rate and wait until the batch is
     * full or the first one has waited for the linger time, as in the operator. A delay starts when
     * the record was due, so a slow run delays later records as well.
     *
     * @param seconds duration
     * @param clock ns
     */
    static BatchDelay measure(
            String model,
            Serving serving,
            Serving.Features features,
            int batch,
            double recordsPerSecond,
            int lingerMillis,
            double seconds,
            LongSupplier clock) {
        double gap = NANOS / recordsPerSecond;
        long linger = lingerMillis * NANOS_PER_MILLI;
        float[][] inputs = new float[batch + 1][];
        Delays.Recorder delays = new Delays.Recorder();
        long start = clock.getAsLong();
        long served = 0;
        long runs = 0;
        while (served * gap < seconds * NANOS) {
            int waiting = await(clock, start, served, batch, gap, linger);
            if (inputs[waiting] == null) {
                inputs[waiting] = features.of(waiting);
            }
            serving.serve(inputs[waiting], waiting);
            long done = clock.getAsLong() - start;
            for (long i = served; i < served + waiting; i++) {
                delays.add((done - (long) (i * gap)) / NANOS_PER_MICRO);
            }
            served += waiting;
            runs++;
        }
        return new BatchDelay(model, batch, (double) served / runs, delays.delays(0));
    }

    /**
     * Number of waiting records once the batch is full or its first record has waited long enough.
     */
    private static int await(
            LongSupplier clock, long start, long first, int batch, double gap, long linger) {
        while (true) {
            long now = clock.getAsLong() - start;
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
