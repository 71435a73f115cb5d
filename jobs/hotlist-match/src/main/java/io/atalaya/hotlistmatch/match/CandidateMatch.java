package io.atalaya.hotlistmatch.match;

import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.OcrRequest;

/**
 * A read, or the retraction of one, that may match an entry.
 *
 * @param readMatched for the entry's state
 * @param ocrRequest whose result may change the action, or null: the match is emitted without OCR
 */
public record CandidateMatch(EntryEvent.ReadMatched readMatched, OcrRequest ocrRequest)
        implements Traceable {
    @Override
    public Origin origin() {
        return readMatched.origin();
    }

    @Override
    public Object part() {
        return readMatched.part();
    }
}
