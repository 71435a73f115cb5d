package io.atalaya.bench.hotlist;

import java.time.Duration;
import java.util.List;

/**
 * Plan of a run of {@code scripts/bench hotlist}.
 *
 * @param entries sizes of the list, rising
 * @param reads approximate number of recorded plate reads
 * @param runs measured laps of each contender
 * @param mostWarmups maximum number of uncounted laps before them
 * @param readsPerSecond rate of the steady feed
 * @param steadySeconds measured duration of the steady feed
 * @param checkpoints checkpoint interval; null for that of production
 * @param parallelism of the jobs, and number of threads of the join
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
