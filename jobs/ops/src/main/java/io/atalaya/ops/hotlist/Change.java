package io.atalaya.ops.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;

/**
 * One record of topic {@code hotlist}.
 *
 * @param entry the entry; null for a removal
 */
record Change(String entryId, HotlistEntry entry) {
    static Change put(HotlistEntry entry) {
        return new Change(entry.entryId(), entry);
    }

    static Change remove(String entryId) {
        return new Change(entryId, null);
    }

    /** The message, or null for a removal. */
    byte[] value() {
        return entry == null ? null : HotlistEntryCodec.write(entry);
    }
}
