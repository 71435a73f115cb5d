package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordPosition;

/**
 * A read that was taken back, or replaced by a revision; or a tag that belongs to another passage.
 *
 * @param readKey of the read that is gone
 * @param at arrival of what took it back, epoch ms
 * @param revised true: another read took its place
 * @param assignmentSequence of a tag, see {@link TagAssignment}; 0 for a plate read
 * @param position of the withdrawal or revision in topic {@code plate-reads}; of a tag, that of its
 *     own read in topic {@code rfid-reads}
 */
public record Retraction(
        String deviceId,
        String passageId,
        String readKey,
        long at,
        boolean revised,
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

    /** Whether this is the end of a read, or of a tag's stay as it was told then. */
    public boolean ends(PassageRead read) {
        return readKey.equals(read.readKey())
                && (!(read instanceof TagAssignment assignment)
                        || assignmentSequence >= assignment.assignmentSequence());
    }
}
