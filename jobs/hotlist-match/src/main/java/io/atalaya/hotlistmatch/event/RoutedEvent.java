package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.Traceable;

/**
 * Edge from the prefilter to the read history, keyed by folded plate: an event under one of its
 * texts, or a progress marker. The marker travels on the same edge as the reads, because channels
 * have no common order.
 */
public sealed interface RoutedEvent extends Traceable {
    /** The routing key. */
    long key();

    /**
     * An event under one text of its read.
     *
     * @param key packed folded text
     * @param plate packed canonical text
     * @param isTop whether the text may be the camera's first choice
     * @param near where the prefilter found that some entry may be near the text; 0: nowhere
     * @param applied sequence of the last list change that the prefilter had applied
     * @param written the event, without image
     * @param image of a passed read, in base64, or null
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

        /** Whether the prefilter passes the text on to the buckets. */
        public boolean hasPassed() {
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
     * Progress marker: filter subtask {@code from} has applied the list up to {@code sequence}, so
     * all its later reads were filtered by that list.
     *
     * @param key chosen so that the marker reaches one certain subtask
     */
    record Progress(long key, int from, long sequence) implements RoutedEvent {
        @Override
        public Origin origin() {
            return Origin.described(null, null, this);
        }
    }
}
