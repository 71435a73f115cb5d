package io.atalaya.hotlistmatch.score;

import io.atalaya.hotlist.HotlistEntry;
import io.atalaya.hotlist.MatchMode;
import io.atalaya.plate.CanonicalPlate;
import io.atalaya.plate.Vehicle;

/**
 * What the score needs to know of a listed plate or pattern: what buckets and looks into the past
 * carry instead of the whole entry.
 *
 * @param plate packed canonical plate, 0 for a pattern
 * @param pattern or null
 * @param state ISO 3166-2:MX code without the prefix, or null
 */
public record Listed(
        String entryId,
        long plate,
        String pattern,
        MatchMode match,
        int priority,
        String state,
        Vehicle vehicle) {

    /** What is listed in an entry that names a plate or a pattern; null for a tag alone. */
    public static Listed of(HotlistEntry entry) {
        if (entry.plate() == null && entry.pattern() == null) {
            return null;
        }
        return new Listed(
                entry.entryId(),
                entry.plate() == null ? 0 : CanonicalPlate.pack(entry.plate()),
                entry.pattern(),
                entry.match(),
                entry.priority(),
                entry.state(),
                entry.vehicle());
    }

    public boolean isPattern() {
        return pattern != null;
    }
}
