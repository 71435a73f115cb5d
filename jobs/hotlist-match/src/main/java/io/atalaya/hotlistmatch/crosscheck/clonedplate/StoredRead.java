package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.SerializedEvent;

/**
 * One element of a folded plate's sightings.
 *
 * @param plate packed canonical text under which the event came
 */
public record StoredRead(long plate, SerializedEvent written) {
    public StoredRead(long plate, PassageEvent event) {
        this(plate, SerializedEvent.of(event));
    }

    public PassageEvent event() {
        return written.event();
    }
}
