package io.atalaya.hotlistmatch.event;

/**
 * What was told of one tag read and the passage of a car: that the tag is there, or is not.
 *
 * @param readId of the tag
 * @param tag null: it is there no longer
 * @param assignmentSequence of the tag, see {@link TagAssignment}: the highest one is valid
 * @param since arrival clock: when it came, or left
 */
public record AssignedTag(String readId, VehicleTag tag, int assignmentSequence, long since) {

    /**
     * By this and a later word, whether the car carries the tag. One that has left for another
     * passage still counts, for it may have been the car's; one that was told too early never was
     * there.
     */
    public AssignedTag then(AssignedTag later) {
        return later.tag == null && tag != null && later.since > since
                ? new AssignedTag(readId, tag, later.assignmentSequence, since)
                : later;
    }

    public boolean isThere() {
        return tag != null;
    }
}
