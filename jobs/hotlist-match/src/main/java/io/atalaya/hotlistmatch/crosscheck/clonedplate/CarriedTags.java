package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.event.VehicleTag;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tags that the vehicles of some passages were found to carry, by the last assignment of each.
 * A tag that was reassigned to another passage still counts, because it may have been the
 * vehicle's. A tag retracted no later than its assignment never counts.
 */
final class CarriedTags {
    private record Stay(String passageId, String readKey) {}

    private final Map<Stay, TagAssignment> stays = new HashMap<>();

    CarriedTags(List<PassageEvent> events) {
        for (PassageEvent event : events) {
            if (event instanceof TagAssignment assignment) {
                stays.merge(
                        stay(assignment),
                        assignment,
                        (a, b) -> b.assignmentSequence() > a.assignmentSequence() ? b : a);
            }
        }
        for (PassageEvent event : events) {
            if (event instanceof Retraction retraction) {
                stays.computeIfPresent(
                        stay(retraction),
                        (stay, assignment) ->
                                retraction.ends(assignment) && retraction.at() <= assignment.at()
                                        ? null
                                        : assignment);
            }
        }
    }

    private static Stay stay(PassageEvent event) {
        return new Stay(event.passageId(), event.readKey());
    }

    /** The tags of these passages' vehicles. */
    Set<VehicleTag> of(Set<String> passageIds) {
        Set<VehicleTag> tags = new TreeSet<>();
        for (TagAssignment assignment : stays.values()) {
            if (passageIds.contains(assignment.passageId())) {
                tags.add(
                        new VehicleTag(
                                assignment.tag().tagId(), assignment.tag().registeredPlate()));
            }
        }
        return tags;
    }
}
