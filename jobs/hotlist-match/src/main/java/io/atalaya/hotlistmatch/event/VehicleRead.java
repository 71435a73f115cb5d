package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.plate.Compass;

/**
 * A car as it passed a device, the end of its read, or what is told of its tag: what is kept of
 * every read for some time, 22 bytes and the texts (some 40 bytes in all).
 *
 * @param readId of its plate read, or of its tag
 * @param root readId that names the passage: the same, but for a revision or a tag
 * @param plate as read; null in the end of a read, and of a tag
 * @param time by the device's clock, epoch ms; of a tag, that of its plate
 * @param at arrival of the read, or of what ended it, or when the tag's passage was known, epoch ms
 * @param direction of travel, or null
 * @param tag null: this is of a plate read
 */
public record VehicleRead(
        String readId,
        String root,
        String plate,
        long time,
        long at,
        Compass direction,
        AssignedTag tag) {

    /** Of a plate read. */
    public VehicleRead(
            String readId, String root, String plate, long time, long at, Compass direction) {
        this(readId, root, plate, time, at, direction, null);
    }

    /** Of a tag. */
    public static VehicleRead assignment(String root, long time, AssignedTag tag) {
        return new VehicleRead(tag.readId(), root, null, time, tag.since(), null, tag);
    }

    /** Whether it tells that the read was taken back or revised. */
    public boolean isEnd() {
        return plate == null && tag == null;
    }

    /** Whether it tells of the tag of a car. */
    public boolean isOfTag() {
        return tag != null;
    }

    /** Whether it may have passed in that direction; what is unknown may be. */
    public boolean mayGo(Compass other) {
        return direction == null || other == null || direction == other;
    }
}
