package io.atalaya.hotlistmatch.match;

import io.atalaya.hotlistmatch.passage.PlateEvent;

/**
 * A survivor on its way to one bucket.
 *
 * @param bucket key, see {@link BucketKeys}
 * @param plate packed canonical text under which it survived
 * @param applied sequence of the last list change that the prefilter knew when it let this through,
 *     or {@link #ANY}
 * @param image of the read, in base64, or null; the event has none
 */
public record Probe(long bucket, long plate, long applied, PlateEvent event, String image) {
    /** It is not known what the prefilter knew: anything. */
    public static final long ANY = Long.MAX_VALUE;

    /** Without an image. */
    public Probe(long bucket, long plate, long applied, PlateEvent event) {
        this(bucket, plate, applied, event, null);
    }

    /** As state keeps it: images are never state. */
    Probe withoutImage() {
        return image == null ? this : new Probe(bucket, plate, applied, event);
    }
}
