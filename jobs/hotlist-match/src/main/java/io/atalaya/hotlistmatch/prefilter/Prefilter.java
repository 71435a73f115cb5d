package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.hotlistmatch.score.ScoreBound;
import io.atalaya.hotlistmatch.score.ScoreBoundFilter;

import org.apache.flink.runtime.state.StateInitializationContext;

import java.util.function.Consumer;

/** The prefilter of one subtask and its operator state. */
public final class Prefilter {
    private final ListFilterState state;
    private final HotlistFilter filter;
    private final ScoreBoundFilter plausibility;

    /**
     * @param plausibility score bounds of the reads that pass the filter
     * @param capacity plates that the filter of a new job is built for
     */
    public Prefilter(
            StateInitializationContext context, ScoreBoundFilter plausibility, int capacity)
            throws Exception {
        this.plausibility = plausibility;
        state = new ListFilterState(context.getOperatorStateStore());
        filter = context.isRestored() ? state.restore() : new HotlistFilter(capacity);
    }

    public void apply(ListDelta delta) {
        filter.apply(delta);
    }

    /**
     * Where some listed plate may be equal to a folded text or one edit away, see {@link
     * DeletionFilter#near}; 0: nowhere.
     */
    public int near(long folded) {
        return filter.near(folded);
    }

    /**
     * Whether a read can reach a review with some listed plate near one of its texts.
     *
     * @param folded the text
     * @param near of the text, see {@link #near}
     * @param scoreBound of the read; null: unknown
     */
    public boolean canReachReview(long folded, int near, ScoreBound scoreBound) {
        return near != 0
                && (scoreBound == null
                        || filter.canReachReview(folded, near, scoreBound, plausibility));
    }

    /** Whether a tag's key may be listed. */
    public boolean canContain(long tagKey) {
        return filter.canContain(tagKey);
    }

    /** Receives a pattern that failed. */
    @FunctionalInterface
    public interface BrokenPattern {
        void accept(PatternTarget pattern, RuntimeException failure) throws Exception;
    }

    /**
     * Passes on the patterns that match a canonical text; a pattern that fails does not affect the
     * others.
     */
    public void forEachPattern(long plate, Consumer<PatternTarget> found, BrokenPattern broken)
            throws Exception {
        filter.forEachPattern(plate, found, broken);
    }

    /** Removes the plates and patterns that ended before {@code horizon} in arrival time. */
    public void pruneBefore(long horizon) {
        filter.pruneBefore(horizon);
    }

    public void snapshot(int subtask) throws Exception {
        state.snapshot(filter, subtask);
    }

    /**
     * A pattern on the list.
     *
     * @param inForceFrom arrival time of its entry version, epoch ms
     * @param inForceTo arrival time at which it ended, epoch ms, or {@link Long#MAX_VALUE}
     */
    public record PatternTarget(MatchTarget listed, long inForceFrom, long inForceTo) {}
}
