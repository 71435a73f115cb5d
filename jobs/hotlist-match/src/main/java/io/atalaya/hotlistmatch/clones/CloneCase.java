package io.atalaya.hotlistmatch.clones;

import java.util.ArrayList;
import java.util.List;

/**
 * One clone as the sightings of its plate tell it.
 *
 * @param pairs that prove it, in order of time; when none is left, those that last did
 * @param revision how often its pairs have changed
 * @param takenBack none is left: reads were withdrawn, or a late one lies between
 * @param at arrival of what last changed it, epoch ms
 */
record CloneCase(Anchor anchor, List<Pair> pairs, int revision, boolean takenBack, long at) {

    /** Of all that it says; the same in every run, never 0. */
    int digest() {
        List<Object> said = new ArrayList<>(List.of(takenBack, at));
        for (Pair pair : pairs) {
            said.add(pair.first().readKey());
            said.add(pair.second().readKey());
        }
        return said.hashCode() | 1;
    }
}
