package io.atalaya.bench.throughput;

import io.atalaya.embedded.EmbeddedFlink;

import org.apache.flink.core.execution.JobClient;

import java.util.List;

/** Times a newly started Flink job over the records of its topics. */
public final class TimedJob {
    private TimedJob() {}

    /**
     * Returns once all records have passed.
     *
     * @param counters counters of the job's first step; their sum is the number of passed records
     * @param warm number of records that pass before the clock starts
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
