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
    public PassageEvent event() {
        return written.event();
    }

    /** Receives changes of the stored reads of a folded plate. */
    public interface ReadHistoryListener {
        /** The plate has stored reads from before a restore. */
        void restored(long key);

        /** No stored read of the plate is left, because all are older than the retention. */
        void dropped(long key);
    }
}
