package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import java.util.List;

/** Receives changes of the stored reads of a folded plate. */
public interface ReadHistoryListener {
    /** The plate has stored reads from before a restore. */
    void restored(long key);

    /** These reads remain after a prune; the plate becomes the current key. */
    void kept(long key, List<StoredRead> rows);
}
