package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordPosition;

/**
 * A read that was retracted or replaced by a revision, or a tag that was reassigned to another
 * passage.
 *
 * @param readKey of the retracted read
 * @param causedAt arrival time of what retracted it, epoch ms
 * @param isRevised true: another read replaces it
 * @param assignmentSequence of a tag, see {@link TagAssignment}; 0 for a plate read
 * @param position of the retraction or revision in topic {@code plate-reads}; for a tag, of its own
 *     read in topic {@code rfid-reads}
 */
public record Retraction(
        String deviceId,
        String passageId,
        String readKey,
        long causedAt,
        boolean isRevised,
        int assignmentSequence,
        RecordPosition position)
        implements PassageEvent {

    @Override
    public boolean isOfTag() {
        return assignmentSequence > 0;
    }

    @Override
    public Origin origin() {
        return readOrigin().of(this);
    }

    /** Whether this retracts the read; a tag is compared by assignmentSequence too. */
    public boolean ends(PassageRead read) {
        return readKey.equals(read.readKey())
                && (!(read instanceof TagAssignment assignment)
                        || assignmentSequence >= assignment.assignmentSequence());
    }
}
