package io.atalaya.bench.inference;

import java.util.List;

/**
 * What is measured.
 *
 * @param batches sizes, rising
 * @param runs measured laps of each way and size
 * @param warmups laps before them
 * @param lapMillis length of a lap
 * @param recordsPerSecond that come while delays are measured
 * @param seconds for which delays are measured, all models and sizes together
 * @param lingerMillis how long a record waits at most until its batch is full
 * @param inferences for which memory is watched, of each model
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
