package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.topic.RecordPosition;

/**
 * A version of a covert entry, by which alerts that touch its vehicle are kept from others.
 *
 * @param from arrival of the record that brought it, epoch ms
 * @param to {@link #IN_FORCE}, or the arrival of what ended it
 * @param position in topic {@code hotlist} of the record that began or ended it; where it expired,
 *     of the one that began it
 */
public record CovertVersion(HotlistEntry entry, long from, long to, RecordPosition position) {
    public static final long IN_FORCE = Long.MAX_VALUE;
}
