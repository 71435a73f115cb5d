package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.score.MatchTarget;

/**
 * A due query: a new entry version is matched against the stored reads.
 *
 * @param sequence of the list change that brought it; 0 if all filters are known to have it
 * @param listed the entry's target
 * @param from start of the entry version, epoch ms
 * @param since earliest arrival time of the reads to match; the previous version has found the
 *     earlier ones that both match
 * @param position of the version's record in topic {@code hotlist}
 */
public record PastReadQuery(
        long sequence, MatchTarget listed, long from, long since, RecordPosition position)
        implements Traceable {
    @Override
    public Origin origin() {
        return Origin.described(null, position.in(Topics.HOTLIST), this);
    }
}
