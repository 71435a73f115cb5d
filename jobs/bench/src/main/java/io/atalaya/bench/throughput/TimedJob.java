package io.atalaya.bench.throughput;

import io.atalaya.embedded.EmbeddedFlink;

import org.apache.flink.core.execution.JobClient;

import java.util.List;

/** Times a Flink job just started over what its topics hold. */
public final class TimedJob {
    private TimedJob() {}

    /**
     * Returns once all has passed.
     *
     * @param counters of the job's first step; their sum is the number of records that have passed
     * @param warm records that have passed before the clock starts
     */
    public static Lap time(
            String contender,
            int round,
            EmbeddedFlink flink,
            JobClient job,
            List<String> counters,
            long records,
            long warm)
            throws InterruptedException {
        return Stopwatch.time(
                contender, round, new FlinkProgress(flink, job, counters), records, warm);
    }
}
