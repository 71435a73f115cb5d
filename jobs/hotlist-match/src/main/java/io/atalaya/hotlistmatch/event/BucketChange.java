package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.score.MatchTarget;

/**
 * Edge from the registry to the buckets, keyed by bucket: a change of one bucket or a progress
 * marker. The marker travels on the same edge as the changes, because channels have no common
 * order.
 */
public sealed interface BucketChange extends Traceable {
    long IN_FORCE = Long.MAX_VALUE;

    /** The routing key. */
    long bucket();

    /**
     * A version of a listed plate or tag starts or has ended.
     *
     * @param bucket key of the bucket
     * @param inForceFrom arrival time of the entry version, epoch ms; identifies the version within
     *     its entry
     * @param inForceTo {@link #IN_FORCE}, or the arrival time at which it ended, epoch ms
     * @param position in topic {@code hotlist} of the record that started or ended it; of the one
     *     that started it, if the version expired
     */
    record Version(
            long bucket,
            MatchTarget listed,
            long inForceFrom,
            long inForceTo,
            RecordPosition position)
            implements BucketChange {
        @Override
        public Origin origin() {
            return Origin.described(null, position.in(Topics.HOTLIST), this);
        }
    }

    /**
     * Progress marker: every version that list changes up to {@code sequence} started or ended has
     * been emitted.
     *
     * @param bucket chosen so that the marker reaches one certain subtask
     */
    record Mark(long bucket, long sequence) implements BucketChange {
        @Override
        public Origin origin() {
            return Origin.described(null, null, this);
        }
    }
}
