package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.Field;

/**
 * What this program failed to analyse, because of an error of its own.
 *
 * @param operator in which it failed last
 * @param exception class of the last exception; its message may hold a plate, so it is in the dead
 *     letter alone
 * @param thrownAt class, method and line
 * @param failures records and timers that were not worked on
 * @param record {@code topic-partition-offset} of the last such record, or null
 * @param pausedUntil arrival time up to which nothing of the device is worked on there, epoch ms,
 *     or null
 */
public record FaultEvidence(
        String operator,
        String exception,
        String thrownAt,
        int failures,
        String record,
        Long pausedUntil)
        implements Evidence {

    public FaultEvidence {
        Field.text("evidence.operator", operator, 1, AlertCodec.MAX_TEXT);
        Field.text("evidence.exception", exception, 1, AlertCodec.MAX_TEXT);
        Field.text("evidence.thrownAt", thrownAt, 1, AlertCodec.MAX_TEXT);
        Field.integer("evidence.failures", failures, 1, Integer.MAX_VALUE);
        Field.textOrNull("evidence.record", record, 1, AlertCodec.MAX_TEXT);
        Field.timeOrNull("evidence.pausedUntil", pausedUntil);
    }
}
