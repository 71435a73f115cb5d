package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.event.VehicleTag;

import java.util.List;

/**
 * One clone as derived from the reads of its plate.
 *
 * @param pairs that prove it, in order of time; if no pair is left, the last ones that did
 * @param tags that vehicles of its pairs carried, including pairs that no longer prove it
 * @param takenBack whether no pair is left: reads were retracted, or a late one lies between
 * @param at arrival time of the last change of its pairs, epoch ms
 */
record ClonedPlate(
        CloneKey anchor,
        List<ImpossibleTravel> pairs,
        List<VehicleTag> tags,
        boolean takenBack,
        long at) {}
