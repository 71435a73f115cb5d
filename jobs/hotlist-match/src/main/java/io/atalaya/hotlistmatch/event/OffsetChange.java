package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordPosition;

/**
 * A subject's record adds something else to the score from now on.
 *
 * @param from arrival of the answer that changed it
 * @param offset null: nobody has answered for so long that the subject is forgotten
 * @param position of that answer in topic {@code dispositions}; unknown where there is none
 */
public record OffsetChange(
        CalibrationSubject subject, long from, CalibrationOffset offset, RecordPosition position) {}
