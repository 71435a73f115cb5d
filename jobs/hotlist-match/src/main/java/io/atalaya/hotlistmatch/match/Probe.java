package io.atalaya.hotlistmatch.match;

import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.SerializedEvent;

/**
 * An event that passed the prefilter, on the edge to one bucket.
 *
 * @param bucket key, see {@link BucketKeys}
 * @param plate packed canonical text under which it passed
 * @param applied sequence of the last list change that the prefilter had applied, or {@link #ANY}
 * @param written the event, without image
 * @param image of the read, in base64, or null
 */
public record Probe(long bucket, long plate, long applied, SerializedEvent written, String image)
        implements Traceable {
    /** It is unknown what the prefilter had applied, so the probe is always stored. */
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

    /** The same probe with that image; null: without one. */
    Probe with(String base64) {
        return new Probe(bucket, plate, applied, written, base64);
    }
}
