package io.atalaya.contracts.disposition;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One message of topic {@code dispositions}: the outcome that dispatch reports for an alert.
 *
 * @param dispositionId unique; a repeated one is the same disposition
 * @param entryId of the alert, or null where the alert is about no entry
 * @param source the list that contains the entry, or null
 * @param deviceId of the alert, or null
 * @param operator person who reports the outcome; required, because a person must answer for an
 *     outcome from which the system learns
 * @param purpose why that person looked at the alert, or null
 * @param disposedAt of the report, epoch ms
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
        @JsonProperty("time") @EpochMillis long disposedAt) {
    public static final RecordCodec<Disposition> CODEC =
            new RecordCodec<>(Disposition.class, 16 * 1024);

    private static final int MAX_ID = 128;

    public Disposition {
        Field.text("dispositionId", dispositionId, 1, MAX_ID);
        Field.text("alertId", alertId, 1, MAX_ID);
        Field.textOrNull("entryId", entryId, 1, MAX_ID);
        Field.textOrNull("source", source, 1, MAX_ID);
        Field.textOrNull("deviceId", deviceId, 1, MAX_ID);
        Field.required("outcome", outcome);
        Field.visible("operator", operator, MAX_ID);
        Field.textOrNull("purpose", purpose, 0, 1024);
        Field.time("time", disposedAt);
    }

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
