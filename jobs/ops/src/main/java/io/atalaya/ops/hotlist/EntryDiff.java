package io.atalaya.ops.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a load changes inside its own list; nothing of another list is ever part of it.
 *
 * @param added wanted and not live
 * @param changed live, but wanted with another content; holds the wanted one
 * @param removed live and no longer wanted; holds the live one
 * @param unchanged how many are live as wanted
 * @param foreign wanted under an id that is live in another list: left alone
 * @param owned how many entries of the list are live
 */
record EntryDiff(
        List<HotlistEntry> added,
        List<HotlistEntry> changed,
        List<HotlistEntry> removed,
        int unchanged,
        List<HotlistEntry> foreign,
        int owned) {

    /**
     * Compares.
     *
     * @param live everything live, of all lists
     * @param wanted what the list shall hold, by entryId
     * @param kept which live entries stay although they are not wanted, because a refused line may
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
            } else if (!origin.owns(before)) {
                foreign.add(entry);
            } else if (before.equals(entry) && !live.damaged().contains(entry.entryId())) {
                unchanged++;
            } else {
                changed.add(entry);
            }
        }
        for (Map.Entry<String, HotlistEntry> entry : live.entries().entrySet()) {
            if (origin.owns(entry.getValue())) {
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

    /** How many records it takes to publish. */
    int size() {
        return added.size() + changed.size() + removed.size();
    }

    /** Whether it empties so much of the list that a truncated export is the likelier reason. */
    boolean looksTruncated() {
        return owned > 10 && removed.size() * 2L > owned;
    }
}
