package io.atalaya.hotlistmatch.convoy;

import io.atalaya.plate.Compass;

/**
 * A car as it passed a device, or the end of its read: what is kept of every read for some time, 22
 * bytes and the two texts (some 40 bytes in all).
 *
 * @param readId of its plate read
 * @param root readId that names the passage: the same, but for a revision
 * @param plate as read; null in the end of a read
 * @param time by the device's clock, epoch ms
 * @param at arrival of the read, or of what ended it, epoch ms
 * @param direction of travel, or null
 */
record Car(String readId, String root, String plate, long time, long at, Compass direction) {

    /** Whether it tells that the read was taken back or revised. */
    boolean isEnd() {
        return plate == null;
    }

    /** Whether it may have passed in that direction; what is unknown may be. */
    boolean mayGo(Compass other) {
        return direction == null || other == null || direction == other;
    }
}
