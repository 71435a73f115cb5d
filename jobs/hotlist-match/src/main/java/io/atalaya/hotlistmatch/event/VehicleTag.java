package io.atalaya.hotlistmatch.event;

import java.util.Comparator;

/**
 * A tag that a vehicle carries, ordered by (tagId, plate).
 *
 * @param tagId as read
 * @param plate that the tag is registered for, or null
 */
public record VehicleTag(String tagId, String plate) implements Comparable<VehicleTag> {
    private static final Comparator<VehicleTag> ORDER =
            Comparator.comparing(VehicleTag::tagId)
                    .thenComparing(
                            VehicleTag::plate, Comparator.nullsFirst(Comparator.naturalOrder()));

    @Override
    public int compareTo(VehicleTag other) {
        return ORDER.compare(this, other);
    }
}
