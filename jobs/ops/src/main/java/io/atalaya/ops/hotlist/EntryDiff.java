package io.atalaya.ops.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The changes of a load within its own list; other lists are never changed.
 *
 * @param added wanted and not live
 * @param changed wanted entries that are live with another content
 * @param removed live entries that are no longer wanted
 * @param unchanged number of entries live as wanted
 * @param foreign wanted entries whose id is live in another list; they are not loaded
 * @param owned number of live entries of the list
 */
record EntryDiff(
        List<HotlistEntry> added,
        List<HotlistEntry> changed,
        List<HotlistEntry> removed,
        int unchanged,
        List<HotlistEntry> foreign,
        int owned) {

    /**
     * Compares the live entries with the wanted ones.
     *
     * @param live live entries of all lists
     * @param wanted wanted entries of this list, by entryId
     * @param kept live entries that stay although they are not wanted, because a rejected line may
     *     mean them
     */
    static EntryDiff between(
            LiveHotlist live,
            Map<String, HotlistEntry> wanted,
            Predicate<HotlistEntry> kept,
            Origin origin) {
        List<HotlistEntry> added = new ArrayList<>();
        List<HotlistEntry> changed = new ArrayList<>();
        List<HotlistEntry> removed = new ArrayList<>();
        List<HotlistEntry> foreign = new ArrayList<>();
        int unchanged = 0;
        int owned = 0;
        for (HotlistEntry entry : wanted.values()) {
            HotlistEntry before = live.entries().get(entry.entryId());
            if (before == null) {
                added.add(entry);
            } else if (!origin.isOriginOf(before)) {
                foreign.add(entry);
            } else if (before.equals(entry) && !live.damaged().contains(entry.entryId())) {
                unchanged++;
            } else {
                changed.add(entry);
            }
        }
        for (Map.Entry<String, HotlistEntry> entry : live.entries().entrySet()) {
            if (origin.isOriginOf(entry.getValue())) {
                owned++;
                if (!wanted.containsKey(entry.getKey()) && !kept.test(entry.getValue())) {
                    removed.add(entry.getValue());
                }
            }
        }
        return new EntryDiff(added, changed, removed, unchanged, foreign, owned);
    }

    /** The same without its removals. */
    EntryDiff withoutRemovals() {
        return new EntryDiff(added, changed, List.of(), unchanged, foreign, owned);
    }

    /** Number of records to publish. */
    int size() {
        return added.size() + changed.size() + removed.size();
    }

    /** Whether it removes more than half of over 10 entries, which suggests a truncated export. */
    boolean isProbablyTruncated() {
        return owned > 10 && removed.size() * 2L > owned;
    }
}
