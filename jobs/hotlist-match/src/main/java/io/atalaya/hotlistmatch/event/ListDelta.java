package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.score.MatchTarget;

/**
 * A change of the list, broadcast in one order to every filter and every sightings subtask.
 *
 * <p>{@code sequence} counts within one run of the job: progress marks refer to it, no state does.
 */
public sealed interface ListDelta extends Traceable {
    long sequence();

    /**
     * Of the record in topic {@code hotlist} that caused the change; unknown where a filter is
     * rebuilt, which no single record causes.
     */
    default RecordPosition position() {
        return RecordPosition.UNKNOWN;
    }

    @Override
    default Origin origin() {
        return Origin.described(null, position().in(Topics.HOTLIST), this);
    }

    /**
     * A version came into force.
     *
     * @param from arrival of its record, epoch ms
     * @param looksBack reads that arrived before are matched too
     */
    record Added(
            long sequence,
            MatchTarget listed,
            long from,
            boolean looksBack,
            RecordPosition position)
            implements ListDelta {}

    /**
     * The version from {@code from} was in force until {@code to}.
     *
     * @param position of the record that ended it, or, where it expired, of its own
     */
    record Removed(long sequence, MatchTarget listed, long from, long to, RecordPosition position)
            implements ListDelta {}

    /** A rebuilt filter for {@code capacity} plates begins to be filled beside the one in use. */
    record RebuildStarted(long sequence, int capacity) implements ListDelta {}

    /** A live plate, or a tag's key, for the filter that is being rebuilt. */
    record Relisted(long sequence, long key) implements ListDelta {}

    /** The rebuilt filter holds every live plate and takes over. */
    record RebuildFinished(long sequence) implements ListDelta {}
}
