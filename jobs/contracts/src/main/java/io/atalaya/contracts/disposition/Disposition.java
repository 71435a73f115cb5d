package io.atalaya.contracts.disposition;

/**
 * The outcome that dispatch reports for an alert.
 *
 * @param dispositionId unique; a repeated one is the same disposition
 * @param entryId of the alert, or null where the alert is about no entry
 * @param source the list that contains the entry, or null
 * @param deviceId of the alert, or null
 * @param operator person who reports the outcome
 * @param purpose why that person looked at the alert, or null
 * @param time of the report, epoch ms
 */
public record Disposition(
        String dispositionId,
        String alertId,
        String entryId,
        String source,
        String deviceId,
        Outcome outcome,
        String operator,
        String purpose,
        long time) {

    /** The outcome of the alert. */
    public enum Outcome {
        /** The vehicle was the listed one. */
        CORRECT,
        /** The vehicle carries another plate than the listed one. */
        WRONG_PLATE,
        /** The characters are those of the listed plate, but another state issued it. */
        WRONG_STATE,
        /**
         * No action followed, for any reason; the outcome carries no information about the vehicle.
         */
        NOT_ACTIONABLE
    }
}
