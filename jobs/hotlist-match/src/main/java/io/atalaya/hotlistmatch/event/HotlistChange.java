package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;

import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One record of topic {@code hotlist}.
 *
 * @param entry null removes the entry
 * @param arrivalTime arrival time, epoch ms
 * @param position in topic {@code hotlist}
 */
public record HotlistChange(
        String entryId, HotlistEntry entry, long arrivalTime, RecordPosition position)
        implements Traceable {
    @Override
    public Origin origin() {
        return new Origin(
                null,
                position.in(Topics.HOTLIST),
                entryId.getBytes(UTF_8),
                entry == null ? null : HotlistEntryCodec.write(entry),
                List.of());
    }
}
