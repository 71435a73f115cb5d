package io.atalaya.bench.comparison;

import java.time.Duration;
import java.util.Map;

/**
 * Times a contender over records that are already in the topic. The clock starts when the first of
 * them have passed (sources are connected, caches are filled) and stops when a step has received
 * the last record, which is certain only later.
 */
public final class Stopwatch {
    /** Progress of a running contender. */
    public interface Progress {
        /** Records that have passed its first step. */
        long passed();

        /** Input records of all its steps. */
        long taken();

        /** Whether no record is between its steps; it may become true late. */
        boolean isDrained();

        /**
         * @throws IllegalStateException when it no longer runs
         */
        void checkRunning();
    }

    private static final long POLL_MS = 1;
    private static final long CHECK_EVERY = 1_000;
    private static final Duration THREADS_EVERY = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final double NANOS = 1e9;

    private Stopwatch() {}

    /**
     * @param total number of records in the topics
     * @param warm number of records that pass before the clock starts
     * @throws IllegalStateException when the contender fails or needs more than ten minutes
     */
    public static Lap time(String contender, int round, Progress progress, long total, long warm)
            throws InterruptedException {
        long from = System.nanoTime();
        long polls = 0;
        Mark before = Mark.of(0);
        ThreadTimes threadsBefore = ThreadTimes.now();
        ThreadTimes threads = null;
        long threadsAt = 0;
        Mark start = null;
        Mark last = before;
        long taken = -1;
        while (true) {
            long passed = progress.passed();
            if (start == null) {
                Mark now = Mark.of(passed);
                if (passed >= warm) {
                    // A recording may be so short that all of it passes between two polls.
                    if (passed < total) {
                        start = now;
                        threadsBefore = ThreadTimes.now();
                    } else {
                        start = before;
                    }
                }
                before = now;
            }
            if (passed >= total) {
                long now = progress.taken();
                if (now != taken) {
                    taken = now;
                    last = Mark.of(passed);
                    // Hundreds of small files: not at each look.
                    if (threads == null || last.nanos - threadsAt > THREADS_EVERY.toNanos()) {
                        threads = ThreadTimes.now();
                        threadsAt = last.nanos;
                    }
                } else if (progress.isDrained()) {
                    return start.until(last, contender, round, threads.secondsSince(threadsBefore));
                }
            }
            if (++polls % CHECK_EVERY == 0) {
                progress.checkRunning();
                if (System.nanoTime() - from > LIMIT.toNanos()) {
                    throw new IllegalStateException(
                            contender + ": " + passed + " of " + total + " records in " + LIMIT);
                }
            }
            Thread.sleep(POLL_MS);
        }
    }

    private record Mark(long passed, long nanos, ProcessorTime processor) {
        Lap until(Mark end, String contender, int round, Map<String, Double> threadSeconds) {
            ProcessorTime spent = end.processor.minus(processor);
            return new Lap(
                    contender,
                    round,
                    end.passed - passed,
                    (end.nanos - nanos) / NANOS,
                    spent.seconds(),
                    spent.compilerSeconds(),
                    threadSeconds);
        }

        static Mark of(long passed) {
            return new Mark(passed, System.nanoTime(), ProcessorTime.now());
        }
    }
}
