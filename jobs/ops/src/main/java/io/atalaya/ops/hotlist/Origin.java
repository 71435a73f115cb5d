package io.atalaya.ops.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.vocabulary.Vocabulary;

/**
 * The agency and source of a list. A load reads, changes and removes entries of one origin only.
 */
record Origin(String agency, String source) {
    boolean isOriginOf(HotlistEntry entry) {
        return agency.equals(entry.agency()) && source.equals(entry.source());
    }

    /**
     * The entry as part of this list: with a derived id if it has none, and with the reason code
     * that alerts use.
     */
    HotlistEntry adopt(HotlistEntry entry) {
        String entryId =
                entry.entryId() != null
                        ? entry.entryId()
                        : EntryId.derive(
                                this,
                                entry.plate(),
                                entry.pattern(),
                                entry.tagId(),
                                entry.caseNumber());
        return new HotlistEntry(
                entryId,
                entry.plate(),
                entry.pattern(),
                entry.tagId(),
                entry.country(),
                entry.state(),
                entry.reason() == null ? null : Vocabulary.REASONS.code(entry.reason()),
                entry.caseNumber(),
                agency,
                source,
                entry.priority(),
                entry.validFrom(),
                entry.validUntil(),
                entry.vehicle(),
                entry.scope(),
                entry.match(),
                entry.covert(),
                entry.notified());
    }
}
