package io.atalaya.contracts.topic;

import java.util.List;

/**
 * A rejected record, complete, with the reason.
 *
 * @param address of the original, or null where the failed work came from no single record
 * @param arrivalTime arrival time of the original, epoch ms
 * @param key of the original, or null
 * @param value the original's bytes; after an internal error behind the parsing, the record as this
 *     job serializes it
 * @param headers of the original
 * @param field path of the offending field, or empty
 * @param reason names the field, its value and what was expected; or {@link InternalError#REASON}
 * @param error the failure, or null where the record itself is invalid
 */
public record DeadLetter(
        RecordAddress address,
        long arrivalTime,
        byte[] key,
        byte[] value,
        List<RawRecord.RawHeader> headers,
        String field,
        String reason,
        InternalError error) {

    /** The dead letter of an invalid record. */
    public static DeadLetter invalid(RawRecord original, String field, String reason) {
        return new DeadLetter(
                original.address(),
                original.timestamp(),
                original.key(),
                original.value(),
                original.headers(),
                field,
                reason,
                null);
    }

    /**
     * An error in this program, or in a library that it calls.
     *
     * @param operator in which it was thrown
     * @param deviceId of the device whose data was processed, or null for data without a device
     * @param exception class and message
     * @param thrownAt class, method and line
     * @param pausedUntil arrival time until which the failed part is paused, epoch ms, or null
     */
    public record InternalError(
            String operator, String deviceId, String exception, String thrownAt, Long pausedUntil) {
        public static final String REASON = "internal-error";

        /** The class without the message, which may hold a plate. */
        public String exceptionClass() {
            int end = exception.indexOf(':');
            return end < 0 ? exception : exception.substring(0, end);
        }
    }
}
