package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.event.VehicleTag;

import java.util.ArrayList;
import java.util.List;

/**
 * One clone as the sightings of its plate tell it.
 *
 * @param pairs that prove it, in order of time; when none is left, those that last did
 * @param tags that cars of its pairs were found to carry, also of those that no longer prove it
 * @param changes how often its pairs have changed
 * @param takenBack none is left: reads were withdrawn, or a late one lies between
 * @param at arrival of what last changed its pairs, epoch ms
 */
record ClonedPlate(
        CloneKey anchor,
        List<ImpossibleTravel> pairs,
        List<VehicleTag> tags,
        int changes,
        boolean takenBack,
        long at) {

    /** How many facts it rests on: never less than before. */
    int revision() {
        return changes + tags.size();
    }

    /** Of all that it says; the same in every run, never 0. */
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
