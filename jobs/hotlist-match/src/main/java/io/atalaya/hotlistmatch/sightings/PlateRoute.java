package io.atalaya.hotlistmatch.sightings;

import io.atalaya.hotlistmatch.passage.PlateEvent;
import io.atalaya.hotlistmatch.passage.WrittenEvent;

/**
 * The edge from the prefilter to the sightings, keyed by folded plate: an event under one of its
 * texts, or a progress mark. A mark must travel on the reads' own edge: between channels there is
 * no order.
 */
public sealed interface PlateRoute {
    /** The routing key. */
    long key();

    /**
     * An event under one text of its read.
     *
     * @param key packed folded text
     * @param plate packed canonical text
     * @param isTop whether it may be the text that the camera held for the best
     * @param survivor the prefilter found that some entry may be near
     * @param applied sequence of the last list change that the prefilter knew then
     * @param written the event; it has no image
     * @param image of a survivor, in base64, or null
     */
    record Text(
            long key,
            long plate,
            boolean isTop,
            boolean survivor,
            long applied,
            WrittenEvent written,
            String image)
            implements PlateRoute {

        /** Without an image. */
        public Text(long key, long plate, boolean survivor, long applied, PlateEvent event) {
            this(key, plate, true, survivor, applied, WrittenEvent.of(event), null);
        }

        public PlateEvent event() {
            return written.event();
        }
    }

    /**
     * Filter subtask {@code from} has applied the list up to {@code sequence}; all its reads from
     * now on were judged by it.
     *
     * @param key chosen so that the mark reaches one certain subtask
     */
    record Mark(long key, int from, long sequence) implements PlateRoute {}
}
