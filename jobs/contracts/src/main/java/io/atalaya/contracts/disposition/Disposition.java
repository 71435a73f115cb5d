package io.atalaya.contracts.disposition;

/**
 * What dispatch found out about an alert.
 *
 * @param dispositionId unique: a repeated one is the same answer
 * @param entryId of the alert, or null where the alert is about no entry
 * @param source the list that the entry came with, or null
 * @param deviceId of the alert, or null
 * @param operator who says so
 * @param purpose why that person looked at the alert, or null
 * @param time when it was said, epoch ms
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

    /** How it ended. */
    public enum Outcome {
        /** The vehicle was the listed one. */
        CORRECT,
        /** The vehicle carries another plate than the listed one. */
        WRONG_PLATE,
        /** The characters are those of the listed plate, but another state issued it. */
        WRONG_STATE,
        /** Nothing was done, for whatever reason: it says nothing of the vehicle. */
        NOT_ACTIONABLE
    }
}
