package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.simulator.truth.GroundTruth.WantedPassage;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Required passages, grouped by how hard they are to find. */
enum PassageGroup {
    EXACT("exact", "read exactly"),
    LOOK_ALIKE("look-alike", "look-alikes"),
    ONE_EDIT("one-edit", "one edit"),
    BY_TAG("by-tag", "tag alone"),
    /** Of any read class. */
    EARLIER(null, "before the entry");

    private final String readClass;
    private final String title;

    PassageGroup(String readClass, String title) {
        this.readClass = readClass;
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Empty for a read class that is never required. */
    static Optional<PassageGroup> of(WantedPassage passage) {
        return passage.retrospective()
                ? Optional.of(EARLIER)
                : Arrays.stream(values())
                        .filter(group -> passage.readClass().equals(group.readClass))
                        .findFirst();
    }

    /** The passages that must be found; each has a group. */
    static List<WantedPassage> required(Collection<WantedPassage> wanted) {
        return wanted.stream()
                .filter(WantedPassage::required)
                .filter(passage -> of(passage).isPresent())
                .toList();
    }

    boolean contains(WantedPassage passage) {
        return of(passage).filter(this::equals).isPresent();
    }
}
