package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.SerializedEvent;

/**
 * One stored event of a folded plate.
 *
 * @param plate packed canonical text under which the event was stored
 * @param written the serialized event
 */
public record StoredRead(long plate, SerializedEvent written) {
    public StoredRead(long plate, PassageEvent event) {
        this(plate, SerializedEvent.of(event));
    }

    public PassageEvent event() {
        return written.event();
    }
}
