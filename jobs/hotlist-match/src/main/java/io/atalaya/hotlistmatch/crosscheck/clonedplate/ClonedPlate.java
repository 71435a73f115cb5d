package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.event.VehicleTag;

import java.util.ArrayList;
import java.util.List;

/**
 * One clone as derived from the reads of its plate.
 *
 * @param pairs that prove it, in order of time; if no pair is left, the last ones that did
 * @param tags that vehicles of its pairs carried, including pairs that no longer prove it
 * @param changes how often its pairs have changed
 * @param takenBack whether no pair is left: reads were retracted, or a late one lies between
 * @param at arrival time of the last change of its pairs, epoch ms
 */
record ClonedPlate(
        CloneKey anchor,
        List<ImpossibleTravel> pairs,
        List<VehicleTag> tags,
        int changes,
        boolean takenBack,
        long at) {

    /** The number of facts behind it; it never decreases. */
    int revision() {
        return changes + tags.size();
    }

    /** A digest of the content; the same in every run, never 0. */
    int digest() {
        List<Object> said = new ArrayList<>(List.of(takenBack, at));
        for (ImpossibleTravel pair : pairs) {
            said.add(pair.first().readKey());
            said.add(pair.second().readKey());
        }
        for (VehicleTag tag : tags) {
            said.add(tag.tagId());
            said.add(String.valueOf(tag.plate()));
        }
        return said.hashCode() | 1;
    }
}
