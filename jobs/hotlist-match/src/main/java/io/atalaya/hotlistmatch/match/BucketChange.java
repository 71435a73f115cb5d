package io.atalaya.hotlistmatch.match;

import io.atalaya.hotlistmatch.score.Listed;

/**
 * A change of one bucket.
 *
 * @param bucket key, see {@link BucketKeys}
 * @param from of the entry version, which tells versions of one entry apart
 * @param to {@link #IN_FORCE}, or the arrival at which it ended
 */
public record BucketChange(long bucket, Listed listed, long from, long to) {
    public static final long IN_FORCE = Long.MAX_VALUE;
}
