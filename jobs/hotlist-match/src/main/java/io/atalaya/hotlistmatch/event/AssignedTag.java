package io.atalaya.hotlistmatch.event;

/**
 * Whether one tag read is assigned to a vehicle's passage, as last emitted.
 *
 * @param readId of the tag
 * @param tag null: the assignment is retracted
 * @param assignmentSequence of the tag, see {@link TagAssignment}: the highest one is valid
 * @param changedAt arrival time of the assignment or retraction, epoch ms
 */
public record AssignedTag(String readId, VehicleTag tag, int assignmentSequence, long changedAt) {

    /**
     * Merges a later assignment or retraction of the same tag. A tag reassigned to another passage
     * still counts, because it may have been this vehicle's; a retraction with the time of its
     * assignment removes the tag, because the assignment was premature.
     */
    public AssignedTag then(AssignedTag later) {
        return later.tag == null && tag != null && later.changedAt > changedAt
                ? new AssignedTag(readId, tag, later.assignmentSequence, changedAt)
                : later;
    }

    public boolean isThere() {
        return tag != null;
    }
}
