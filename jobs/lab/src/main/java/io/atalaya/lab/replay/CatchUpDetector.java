package io.atalaya.lab.replay;

import java.time.Duration;

/**
 * Decides when a job has worked off its input. Its sources are never bounded, because the end of a
 * bounded one fires every timer (it would expire every entry and close every alert), so the end has
 * to be seen from outside:
 *
 * <ol>
 *   <li>the sources have taken every record of every input,
 *   <li>a checkpoint taken after that is complete,
 *   <li>whatever the job holds back for a time has had that time, and nothing is pending,
 *   <li>and since then no output has come for two checkpoints.
 * </ol>
 */
final class CatchUpDetector {
    /** One may be under way when something is seen, so the second to complete began after it. */
    private static final int ONE_TAKEN_SINCE = 2;

    private static final int TWO_TAKEN_SINCE = 3;

    private final Duration waits;

    private Observation taken;
    private Observation quiet;

    /**
     * What is known of a job at one moment.
     *
     * @param nanos {@link System#nanoTime()}
     * @param inputsTaken whether the sources have taken every record of every input
     * @param checkpoints how many are complete
     * @param pending how many pieces of work it has put off
     * @param outputs how many records its output topics hold
     */
    record Observation(
            long nanos, boolean inputsTaken, long checkpoints, long pending, long outputs) {}

    CatchUpDetector(Duration waits) {
        this.waits = waits;
    }

    /** Takes the newest observation; true once the job is drained. */
    boolean isDrainedAt(Observation now) {
        if (!now.inputsTaken()) {
            taken = null;
            quiet = null;
            return false;
        }
        if (taken == null) {
            taken = now;
        }
        boolean waited = now.nanos() - taken.nanos() >= waits.toNanos();
        if (!waited || now.checkpoints() < taken.checkpoints() + ONE_TAKEN_SINCE) {
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
