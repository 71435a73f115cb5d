package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.score.MatchTarget;

/**
 * A change of the list, broadcast in one order to every filter and every read-history subtask.
 *
 * <p>{@code sequence} counts within one run of the job: progress markers refer to it, state does
 * not.
 */
public sealed interface ListDelta extends Traceable {
    long sequence();

    /**
     * Position in topic {@code hotlist} of the record that caused the change; unknown for the
     * rebuild of a filter, which has no single cause.
     */
    default RecordPosition position() {
        return RecordPosition.UNKNOWN;
    }

    @Override
    default Origin origin() {
        return Origin.described(null, position().in(Topics.HOTLIST), this);
    }

    /**
     * A version starts.
     *
     * @param inForceFrom arrival time of its record, epoch ms
     * @param canMatchPastReads reads that arrived earlier are matched too
     */
    record Added(
            long sequence,
            MatchTarget listed,
            long inForceFrom,
            boolean canMatchPastReads,
            RecordPosition position)
            implements ListDelta {}

    /**
     * The version that started at {@code inForceFrom} was in force until {@code inForceTo}, both
     * arrival times.
     *
     * @param position of the record that ended it; of its own record, if it expired
     */
    record Removed(
            long sequence,
            MatchTarget listed,
            long inForceFrom,
            long inForceTo,
            RecordPosition position)
            implements ListDelta {}

    /** The build of a new filter for {@code capacity} plates starts beside the one in use. */
    record RebuildStarted(long sequence, int capacity) implements ListDelta {}

    /** The key of a live plate or tag, for the filter that is being rebuilt. */
    record Relisted(long sequence, long key) implements ListDelta {}

    /** The rebuilt filter holds every live plate and replaces the old one. */
    record RebuildFinished(long sequence) implements ListDelta {}
}
