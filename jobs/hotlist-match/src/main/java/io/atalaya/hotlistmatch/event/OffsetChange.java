package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordPosition;

/**
 * A change of what a subject's calibration record adds to the score.
 *
 * @param inForceFrom arrival time of the disposition that caused it, epoch ms
 * @param offset null: the subject is evicted, because it received no disposition for a long time
 * @param position of that disposition in topic {@code dispositions}; unknown where there is no
 *     disposition
 */
public record OffsetChange(
        CalibrationSubject subject,
        long inForceFrom,
        CalibrationOffset offset,
        RecordPosition position) {}
