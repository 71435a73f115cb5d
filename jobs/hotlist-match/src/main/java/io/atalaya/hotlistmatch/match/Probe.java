package io.atalaya.hotlistmatch.match;

import io.atalaya.hotlistmatch.passage.PlateEvent;

/**
 * A survivor on its way to one bucket.
 *
 * @param bucket key, see {@link BucketKeys}
 * @param plate packed canonical text under which it survived
 */
public record Probe(long bucket, long plate, PlateEvent event) {}
