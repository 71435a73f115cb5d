package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.event.AssignedTag;
import io.atalaya.hotlistmatch.event.VehicleRead;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tag assignments of vehicles near each other in time, by passage. */
final class VehicleTags {
    private final Map<String, List<AssignedTag>> emitted = new HashMap<>();

    /**
     * @param read with a tag
     */
    void add(VehicleRead read) {
        emitted.computeIfAbsent(read.root(), root -> new ArrayList<>()).add(read.tag());
    }

    /** The last assignment of each tag of a passage, by readId. */
    List<AssignedTag> of(String root) {
        List<AssignedTag> words = emitted.get(root);
        if (words == null) {
            return List.of();
        }
        words.sort(Comparator.comparingInt(AssignedTag::assignmentSequence));
        Map<String, AssignedTag> last = new TreeMap<>();
        for (AssignedTag word : words) {
            last.merge(word.readId(), word, AssignedTag::then);
        }
        return List.copyOf(last.values());
    }
}
