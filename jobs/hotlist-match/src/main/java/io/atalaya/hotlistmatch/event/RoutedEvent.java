package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.Traceable;

/**
 * Edge from the passage to the read history, keyed by folded plate: an event under one of its
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
     * @param written the event, without image
     */
    record ByPlate(long key, long plate, boolean isTop, SerializedEvent written)
            implements RoutedEvent {

        /** The event under the camera's first choice. */
        public ByPlate(long key, long plate, PassageEvent event) {
            this(key, plate, true, SerializedEvent.of(event));
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
