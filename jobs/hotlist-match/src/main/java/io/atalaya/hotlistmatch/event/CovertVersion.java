package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.topic.RecordPosition;

/**
 * A version of a covert entry, which restricts who receives alerts that involve its vehicle.
 *
 * @param inForceFrom arrival time of the record that brought it, epoch ms
 * @param inForceTo {@link #IN_FORCE}, or the arrival time of what ended it, epoch ms
 * @param position in topic {@code hotlist} of the record that started or ended it; of the one that
 *     started it, if the version expired
 */
public record CovertVersion(
        HotlistEntry entry, long inForceFrom, long inForceTo, RecordPosition position) {
    public static final long IN_FORCE = Long.MAX_VALUE;
}
