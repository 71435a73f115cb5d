package io.atalaya.hotlistmatch.match;

import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.SerializedEvent;

/**
 * A survivor on its way to one bucket.
 *
 * @param bucket key, see {@link BucketKeys}
 * @param plate packed canonical text under which it survived
 * @param applied sequence of the last list change that the prefilter knew when it let this through,
 *     or {@link #ANY}
 * @param written the event; it has no image
 * @param image of the read, in base64, or null
 */
public record Probe(long bucket, long plate, long applied, SerializedEvent written, String image)
        implements Traceable {
    /** It is not known what the prefilter knew: anything. */
    public static final long ANY = Long.MAX_VALUE;

    /** Without an image. */
    public Probe(long bucket, long plate, long applied, PassageEvent event) {
        this(bucket, plate, applied, SerializedEvent.of(event), null);
    }

    public PassageEvent event() {
        return written.event();
    }

    @Override
    public Origin origin() {
        return event().origin();
    }

    @Override
    public Object part() {
        return plate;
    }

    /** The same with an image, or without one: null. */
    Probe with(String base64) {
        return new Probe(bucket, plate, applied, written, base64);
    }
}
