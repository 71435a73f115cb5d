package io.atalaya.bench.hotlist;

import java.time.Duration;
import java.util.List;

/**
 * What a run of {@code scripts/bench hotlist} does.
 *
 * @param entries sizes of the list, rising
 * @param reads about so many plate reads are recorded
 * @param runs measured laps of each contender
 * @param mostWarmups laps before them that are not counted, at most
 * @param readsPerSecond of the steady feed
 * @param steadySeconds how long it is measured
 * @param checkpoints their interval; null: production's
 * @param parallelism of the jobs, and threads of the join
 */
public record BenchPlan(
        List<Integer> entries,
        int reads,
        int runs,
        int mostWarmups,
        double readsPerSecond,
        int steadySeconds,
        Duration checkpoints,
        int parallelism,
        long seed) {

    int mostEntries() {
        return entries.get(entries.size() - 1);
    }
}
