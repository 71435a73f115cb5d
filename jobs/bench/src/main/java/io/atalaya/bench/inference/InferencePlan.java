package io.atalaya.bench.inference;

import java.util.List;

/**
 * Plan of a run.
 *
 * @param batches batch sizes, rising
 * @param runs measured laps of each way and size
 * @param warmups laps before them
 * @param lapMillis length of a lap
 * @param recordsPerSecond record rate while delays are measured
 * @param seconds duration of the delay measurements, all models and sizes together
 * @param lingerMillis maximum time a record waits for its batch to fill
 * @param inferences inferences of each model while memory is measured
 */
record InferencePlan(
        List<Integer> batches,
        int runs,
        int warmups,
        int lapMillis,
        double recordsPerSecond,
        int seconds,
        int lingerMillis,
        int inferences,
        long seed) {}
