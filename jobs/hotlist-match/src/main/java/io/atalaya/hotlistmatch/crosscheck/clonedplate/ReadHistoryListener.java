package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import java.util.List;

/** Learns what becomes of the sightings of a folded plate. */
public interface ReadHistoryListener {
    /** There are some since before a restore. */
    void restored(long key);

    /** This is left of them after a prune; it becomes the current key. */
    void kept(long key, List<StoredRead> rows);
}
