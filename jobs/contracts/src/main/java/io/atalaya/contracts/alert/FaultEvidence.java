package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;

/**
 * An analysis that failed because of an error in this program.
 *
 * @param operator that failed last
 * @param exception class of the last exception, without its message, which may hold a plate and is
 *     only in the dead letter
 * @param thrownAt class, method and line
 * @param failures number of records and timers that were not processed
 * @param record {@code topic-partition-offset} of the last such record, or null
 * @param pausedUntil arrival time until which that operator skips the device's data, epoch ms, or
 *     null
 */
public record FaultEvidence(
        String operator,
        String exception,
        String thrownAt,
        int failures,
        String record,
        @EpochMillis Long pausedUntil)
        implements Evidence {

    public FaultEvidence {
        Field.text("operator", operator, 1, AlertCodec.MAX_TEXT);
        Field.text("exception", exception, 1, AlertCodec.MAX_TEXT);
        Field.text("thrownAt", thrownAt, 1, AlertCodec.MAX_TEXT);
        Field.integer("failures", failures, 1, Integer.MAX_VALUE);
        Field.textOrNull("record", record, 1, AlertCodec.MAX_TEXT);
        Field.timeOrNull("pausedUntil", pausedUntil);
    }
}
