package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.rfid.TagKey;

import java.util.function.LongConsumer;

/**
 * What the score needs to know of a listed plate or pattern: what buckets and looks into the past
 * carry instead of the whole entry.
 *
 * @param plate packed canonical plate, or 0
 * @param written the plate as the list writes it, or null where that is not known
 * @param pattern or null
 * @param tagId or null
 * @param state ISO 3166-2:MX code without the prefix, or null
 */
public record MatchTarget(
        String entryId,
        long plate,
        String written,
        String pattern,
        String tagId,
        MatchMode match,
        int priority,
        String state,
        Vehicle vehicle) {

    /** What finds candidates of an entry: how its plate is written is of no use there. */
    public static MatchTarget of(HotlistEntry entry) {
        return of(entry, null);
    }

    /** All of it, for who judges. */
    public static MatchTarget inFull(HotlistEntry entry) {
        return of(entry, entry.plate());
    }

    private static MatchTarget of(HotlistEntry entry, String written) {
        return new MatchTarget(
                entry.entryId(),
                entry.plate() == null ? 0 : CanonicalPlate.pack(entry.plate()),
                written,
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
                || (tag.registeredPlate() != null && isWrittenAs(tag.registeredPlate()));
    }

    /**
     * Whether a text that nobody misread is the listed plate: equal in canonical form, and not
     * another plate of that form.
     */
    boolean isWrittenAs(String text) {
        return hasPlate()
                && CanonicalPlate.pack(text) == plate
                && (written == null || !HomoglyphPlates.areTwoPlates(text, written));
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
