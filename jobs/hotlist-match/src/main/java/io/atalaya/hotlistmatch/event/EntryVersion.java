package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Traceable;

/**
 * One version of a hot-list entry, in force for reads that arrive from {@code inForceFrom} until
 * its successor or removal.
 *
 * @param inForceFrom arrival time of the record that brought it, epoch ms
 * @param canMatchPastReads the plate is new to the list, so reads that arrived earlier are matched
 *     too
 * @param position of that record in topic {@code hotlist}
 */
public record EntryVersion(
        HotlistEntry entry, long inForceFrom, boolean canMatchPastReads, RecordPosition position)
        implements Traceable {
    @Override
    public Origin origin() {
        return new HotlistChange(entry.entryId(), entry, inForceFrom, position).origin();
    }
}
