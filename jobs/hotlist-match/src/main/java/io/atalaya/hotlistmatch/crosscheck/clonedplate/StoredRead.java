package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.SerializedEvent;

import java.util.List;

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

    /** Receives changes of the stored reads of a folded plate. */
    public interface ReadHistoryListener {
        /** The plate has stored reads from before a restore. */
        void restored(long key);

        /** These reads remain after a prune; the plate becomes the current key. */
        void kept(long key, List<StoredRead> rows);
    }
}
