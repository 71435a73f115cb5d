package io.atalaya.hotlistmatch.match;

import io.atalaya.hotlistmatch.passage.PlateEvent;

/**
 * A survivor on its way to one bucket.
 *
 * @param bucket key, see {@link BucketKeys}
 * @param plate packed canonical text under which it survived
 * @param applied sequence of the last list change that the prefilter knew when it let this through,
 *     or {@link #ANY}
 */
public record Probe(long bucket, long plate, long applied, PlateEvent event) {
    /** It is not known what the prefilter knew: anything. */
    public static final long ANY = Long.MAX_VALUE;
}
