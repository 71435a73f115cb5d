package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

/**
 * One message of topic {@code national-exchange}: what one other agency learns of an incident,
 * signed. Everything beside {@code jws} only routes it and is not signed.
 *
 * @param messageId the signed {@code jti}; a repeated one is the same message
 * @param agency that it is for, the signed {@code aud}
 * @param revision above the previous one for this agency
 * @param priority of the incident, or null in a retraction
 * @param jws compact serialization by RFC 7515; its payload is a {@link NationalContent}
 */
public record NationalMessage(
        String messageId,
        String agency,
        String incidentId,
        @EpochMillis long revision,
        Purpose purpose,
        Integer priority,
        String jws) {
    /** Of a serialization. */
    public static final int MAX_JWS = 256 * 1024;

    public static final RecordCodec<NationalMessage> CODEC =
            new RecordCodec<>(NationalMessage.class, MAX_JWS + 8 * 1024);

    public NationalMessage {
        Limits.id("messageId", messageId);
        Field.visible("agency", agency, Limits.MAX_NAME);
        Limits.id("incidentId", incidentId);
        Field.time("revision", revision);
        Field.required("purpose", purpose);
        if (priority != null) {
            Field.integer("priority", priority, 0, 100);
        }
        Field.visible("jws", jws, MAX_JWS);
    }

    /** Why the agency receives it. */
    public enum Purpose {
        /** It learns of the incident, or of a change. */
        UPDATE,
        /** It was informed of the incident before, and is to forget it. */
        RETRACTION
    }
}
