package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.rfid.TagKey;

import java.util.function.LongConsumer;

/**
 * The part of a listed plate or pattern that the score needs. Buckets and past-read queries carry
 * it instead of the whole entry.
 *
 * @param plate packed canonical plate, or 0
 * @param written the plate as written in the list, or null if not known
 * @param pattern or null
 * @param tagId or null
 * @param match how exactly a read must match
 * @param priority of the entry, 0..100
 * @param state ISO 3166-2:MX code without the prefix, or null
 * @param vehicle or null
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

    /** The target for finding candidates, which do not need the written plate. */
    public static MatchTarget of(HotlistEntry entry) {
        return of(entry, null);
    }

    /** The target with the written plate, for evaluation. */
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
        return (tagId != null && TagKey.isSame(tagId, tag.tagId()))
                || (tag.registeredPlate() != null && isWrittenAs(tag.registeredPlate()));
    }

    /**
     * Whether a correctly read text is the listed plate: equal in canonical form, and not another
     * plate of that form.
     */
    boolean isWrittenAs(String text) {
        return hasPlate()
                && CanonicalPlate.pack(text) == plate
                && (written == null || !HomoglyphPlates.isAmbiguous(text, written));
    }

    /**
     * Passes on the keys under which filters and buckets store the target: its plate and tag key.
     */
    public void forEachKey(LongConsumer keys) {
        if (hasPlate()) {
            keys.accept(plate);
        }
        if (tagId != null) {
            keys.accept(TagKey.of(tagId));
        }
    }
}
