package io.atalaya.hotlistmatch.event;

import java.util.Comparator;

/**
 * A tag that a car carries; in order of (tagId, plate).
 *
 * @param tagId as read
 * @param plate that the tag is registered for, or null
 */
public record CarTag(String tagId, String plate) implements Comparable<CarTag> {
    private static final Comparator<CarTag> ORDER =
            Comparator.comparing(CarTag::tagId)
                    .thenComparing(CarTag::plate, Comparator.nullsFirst(Comparator.naturalOrder()));

    @Override
    public int compareTo(CarTag other) {
        return ORDER.compare(this, other);
    }
}
