package io.atalaya.bench.comparison;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Times a contender over records that are already in the topic. The clock starts when the first of
 * them have passed (sources are connected, caches are filled) and the contender has started up; it
 * stops when the steps have received all but a thousandth of what they receive, which is certain
 * only later: what a timer sends seconds after the last record is not what the records had to wait
 * for.
 */
public final class Stopwatch {
    /** Progress of a running contender. */
    public interface Progress {
        /** Whether the work is over that a contender has only once, after its start. */
        boolean isStarted();

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

    /** Share of what all steps receive. */
    private static final double ALL = 0.999;

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
        List<Look> looks = new ArrayList<>();
        Mark start = null;
        while (true) {
            long passed = progress.passed();
            if (start == null) {
                Mark now = Mark.of(passed);
                if (passed < warm) {
                    before = now;
                } else if (passed >= total) {
                    // A recording so short that all of it has passed by now.
                    start = before;
                } else if (progress.isStarted()) {
                    start = now;
                    threadsBefore = ThreadTimes.now();
                }
            }
            if (passed >= total) {
                long taken = progress.taken();
                if (looks.isEmpty() || taken != looks.get(looks.size() - 1).taken) {
                    looks.add(Look.of(passed, taken, looks));
                } else if (progress.isDrained()) {
                    Look end =
                            looks.stream()
                                    .filter(look -> look.taken >= ALL * taken)
                                    .findFirst()
                                    .get();
                    return start.until(
                            end.mark, contender, round, end.threads.secondsSince(threadsBefore));
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

    /**
     * A look at the contender after the last record has passed its first step.
     *
     * @param threads at this moment, or a moment earlier
     */
    private record Look(long taken, Mark mark, ThreadTimes threads, long threadsAt) {
        static Look of(long passed, long taken, List<Look> before) {
            Mark mark = Mark.of(passed);
            // Hundreds of small files: not at each look.
            if (!before.isEmpty()) {
                Look last = before.get(before.size() - 1);
                if (mark.nanos - last.threadsAt <= THREADS_EVERY.toNanos()) {
                    return new Look(taken, mark, last.threads, last.threadsAt);
                }
            }
            return new Look(taken, mark, ThreadTimes.now(), mark.nanos);
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
