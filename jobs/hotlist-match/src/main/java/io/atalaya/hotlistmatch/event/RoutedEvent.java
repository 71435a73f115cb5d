package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.Traceable;

/**
 * The edge from the prefilter to the sightings, keyed by folded plate: an event under one of its
 * texts, or a progress mark. A mark must travel on the reads' own edge: between channels there is
 * no order.
 */
public sealed interface RoutedEvent extends Traceable {
    /** The routing key. */
    long key();

    /**
     * An event under one text of its read.
     *
     * @param key packed folded text
     * @param plate packed canonical text
     * @param isTop whether it may be the text that the camera held for the best
     * @param near where the prefilter found that some entry may be near the text; 0: nowhere
     * @param applied sequence of the last list change that the prefilter knew then
     * @param written the event; it has no image
     * @param image of a survivor, in base64, or null
     */
    record ByPlate(
            long key,
            long plate,
            boolean isTop,
            int near,
            long applied,
            SerializedEvent written,
            String image)
            implements RoutedEvent {

        /** Without an image. */
        public ByPlate(long key, long plate, int near, long applied, PassageEvent event) {
            this(key, plate, true, near, applied, SerializedEvent.of(event), null);
        }

        /** Whether the prefilter let it through to the buckets. */
        public boolean survives() {
            return near != 0;
        }

        public PassageEvent event() {
            return written.event();
        }

        @Override
        public Origin origin() {
            return event().origin();
        }
    }

    /**
     * Filter subtask {@code from} has applied the list up to {@code sequence}; all its reads from
     * now on were judged by it.
     *
     * @param key chosen so that the mark reaches one certain subtask
     */
    record Progress(long key, int from, long sequence) implements RoutedEvent {
        @Override
        public Origin origin() {
            return Origin.described(null, null, this);
        }
    }
}
