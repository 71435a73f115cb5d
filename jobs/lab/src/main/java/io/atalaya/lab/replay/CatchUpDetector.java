package io.atalaya.lab.replay;

import java.time.Duration;

/**
 * Decides when a job has processed all its input. Its sources are unbounded, because the end of a
 * bounded source fires every timer and so expires every entry and closes every alert. The end is
 * therefore detected from outside:
 *
 * <ol>
 *   <li>the sources have read every record of every input,
 *   <li>a checkpoint started after that is complete,
 *   <li>the longest time for which the job holds output back has passed, and no work is pending,
 *   <li>and no output has appeared since then for two checkpoints.
 * </ol>
 */
final class CatchUpDetector {
    /**
     * One checkpoint may be in progress at an observation, so the second to complete began after
     * it.
     */
    private static final int ONE_TAKEN_SINCE = 2;

    private static final int TWO_TAKEN_SINCE = 3;

    private final Duration waits;

    private Observation taken;
    private Observation quiet;

    /**
     * The state of a job at one moment.
     *
     * @param nanos {@link System#nanoTime()}
     * @param isInputRead whether the sources have read every record of every input
     * @param checkpoints number of completed checkpoints
     * @param pending number of deferred pieces of work
     * @param outputs number of records in its output topics
     */
    record Observation(
            long nanos, boolean isInputRead, long checkpoints, long pending, long outputs) {}

    CatchUpDetector(Duration waits) {
        this.waits = waits;
    }

    /**
     * Adds the newest observation; returns true once every operator has applied what the sources
     * had read, because a checkpoint that started after that is complete.
     */
    boolean isAppliedAt(Observation now) {
        if (!now.isInputRead()) {
            taken = null;
            quiet = null;
            return false;
        }
        if (taken == null) {
            taken = now;
        }
        return now.checkpoints() >= taken.checkpoints() + ONE_TAKEN_SINCE;
    }

    /** Adds the newest observation; returns true once all input is processed. */
    boolean isDrainedAt(Observation now) {
        if (!isAppliedAt(now) || now.nanos() - taken.nanos() < waits.toNanos()) {
            return false;
        }
        if (now.pending() > 0) {
            quiet = null;
            return false;
        }
        if (quiet == null || now.outputs() != quiet.outputs()) {
            quiet = now;
        }
        return now.checkpoints() >= quiet.checkpoints() + TWO_TAKEN_SINCE;
    }
}
