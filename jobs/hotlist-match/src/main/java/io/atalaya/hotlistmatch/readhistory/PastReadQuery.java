package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.score.MatchTarget;

/**
 * A look into the past that is due: a new entry version against the kept sightings.
 *
 * @param sequence of the list change that brought it; 0 when every filter is known to have it
 * @param from of the entry version, epoch ms
 * @param since reads that arrived before are not the version's; what it has in common with the
 *     version before, that one found
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
