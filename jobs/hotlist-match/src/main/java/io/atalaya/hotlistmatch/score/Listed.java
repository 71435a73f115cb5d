package io.atalaya.hotlistmatch.score;

import io.atalaya.hotlist.HotlistEntry;
import io.atalaya.hotlist.MatchMode;
import io.atalaya.plate.CanonicalPlate;
import io.atalaya.plate.Vehicle;
import io.atalaya.rfid.RfidRead;
import io.atalaya.rfid.TagKey;

import java.util.function.LongConsumer;

/**
 * What the score needs to know of a listed plate or pattern: what buckets and looks into the past
 * carry instead of the whole entry.
 *
 * @param plate packed canonical plate, or 0
 * @param pattern or null
 * @param tagId or null
 * @param state ISO 3166-2:MX code without the prefix, or null
 */
public record Listed(
        String entryId,
        long plate,
        String pattern,
        String tagId,
        MatchMode match,
        int priority,
        String state,
        Vehicle vehicle) {

    /** What is listed in an entry. */
    public static Listed of(HotlistEntry entry) {
        return new Listed(
                entry.entryId(),
                entry.plate() == null ? 0 : CanonicalPlate.pack(entry.plate()),
                entry.pattern(),
                entry.tagId(),
                entry.match(),
                entry.priority(),
                entry.state(),
                entry.vehicle());
    }

    public boolean isPattern() {
        return pattern != null;
    }

    public boolean hasPlate() {
        return plate != 0;
    }

    /** Whether a tag is the listed one, or is registered for the listed plate. */
    public boolean isNamedBy(RfidRead tag) {
        return (tagId != null && TagKey.same(tagId, tag.tagId()))
                || (hasPlate()
                        && tag.registeredPlate() != null
                        && CanonicalPlate.pack(tag.registeredPlate()) == plate);
    }

    /** Gives the keys under which filters and buckets hold it: its plate, and its tag's key. */
    public void forEachKey(LongConsumer keys) {
        if (hasPlate()) {
            keys.accept(plate);
        }
        if (tagId != null) {
            keys.accept(TagKey.of(tagId));
        }
    }
}
