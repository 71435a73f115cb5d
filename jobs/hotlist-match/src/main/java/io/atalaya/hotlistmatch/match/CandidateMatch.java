package io.atalaya.hotlistmatch.match;

import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.OcrRequest;

/**
 * A read, or the end of one, has met an entry.
 *
 * @param finding for the entry's case
 * @param ocrRequest whose answer may change what is done about it, or null: it is told as it is
 */
public record CandidateMatch(EntryEvent.ReadMatched finding, OcrRequest ocrRequest)
        implements Traceable {
    @Override
    public Origin origin() {
        return finding.origin();
    }
}
