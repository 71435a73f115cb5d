package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.event.PlateEvent;
import io.atalaya.hotlistmatch.event.WrittenEvent;

/**
 * One element of a folded plate's sightings.
 *
 * @param plate packed canonical text under which the event came
 */
public record Row(long plate, WrittenEvent written) {
    public Row(long plate, PlateEvent event) {
        this(plate, WrittenEvent.of(event));
    }

    public PlateEvent event() {
        return written.event();
    }
}
