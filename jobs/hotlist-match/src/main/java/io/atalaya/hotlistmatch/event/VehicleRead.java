package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.plate.Compass;

/**
 * A vehicle read, its retraction, or the assignment of its tag. It is kept of every read for some
 * time and takes 16 bytes plus the texts, about 40 bytes in all.
 *
 * @param readId of its plate read, or of its tag
 * @param firstReadId readId that names the passage; differs from {@code readId} for a revision or a
 *     tag
 * @param plate as read; null for a retraction and for a tag
 * @param deviceTime device time, epoch ms; for a tag, that of its plate read
 * @param causedAt arrival time of the read, of what retracted it, or from which the tag's passage
 *     was known, epoch ms
 * @param direction of travel, or null
 * @param tag null: this is a plate read
 */
public record VehicleRead(
        String readId,
        String firstReadId,
        String plate,
        long deviceTime,
        long causedAt,
        Compass direction,
        AssignedTag tag) {

    /** A plate read. */
    public VehicleRead(
            String readId, String root, String plate, long time, long at, Compass direction) {
        this(readId, root, plate, time, at, direction, null);
    }

    /** The assignment of a tag, or its retraction. */
    public static VehicleRead assignment(String root, long time, AssignedTag tag) {
        return new VehicleRead(tag.readId(), root, null, time, tag.changedAt(), null, tag);
    }

    /** Whether it is the retraction of a plate read. */
    public boolean isEnd() {
        return plate == null && tag == null;
    }

    /** Whether it is the assignment of a tag or its retraction. */
    public boolean isOfTag() {
        return tag != null;
    }

    /** Whether a vehicle may have passed in both directions; an unknown direction matches any. */
    public static boolean canBeOneHeading(Compass direction, Compass other) {
        return direction == null || other == null || direction == other;
    }
}
