package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.score.MatchTarget;

/**
 * The edge from the registry to the buckets, keyed by bucket: a change of one bucket, or a progress
 * mark, which must travel on the changes' own edge.
 */
public sealed interface BucketChange extends Traceable {
    long IN_FORCE = Long.MAX_VALUE;

    /** The routing key. */
    long bucket();

    /**
     * A version of a listed plate or tag came into force, or has ended.
     *
     * @param bucket key, of the bucket
     * @param from of the entry version, which tells versions of one entry apart
     * @param to {@link #IN_FORCE}, or the arrival at which it ended
     * @param position in topic {@code hotlist} of the record that began or ended it; where it
     *     expired, of the one that began it
     */
    record Version(long bucket, MatchTarget listed, long from, long to, RecordPosition position)
            implements BucketChange {
        @Override
        public Origin origin() {
            return Origin.described(null, position.in(Topics.HOTLIST), this);
        }
    }

    /**
     * Every version that list changes up to {@code sequence} began or ended has been sent.
     *
     * @param bucket chosen so that the mark reaches one certain subtask
     */
    record Mark(long bucket, long sequence) implements BucketChange {
        @Override
        public Origin origin() {
            return Origin.described(null, null, this);
        }
    }
}
