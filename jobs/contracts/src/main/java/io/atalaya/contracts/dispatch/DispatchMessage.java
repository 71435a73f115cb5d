package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

/**
 * One message of a site's queue, topics {@code dispatch-toluca} and {@code dispatch-ecatepec}: the
 * whole incident, and why the site receives it.
 *
 * @param epoch of the assignment that the message is about; null where the site has none
 * @param reason code of the decision behind the message, or null
 */
public record DispatchMessage(Purpose purpose, Integer epoch, String reason, Incident incident) {
    public static final RecordCodec<DispatchMessage> CODEC =
            new RecordCodec<>(DispatchMessage.class, Incident.MAX_BYTES + 1000);

    public DispatchMessage {
        Field.required("purpose", purpose);
        if (epoch != null) {
            Field.integer("epoch", epoch, 0, Integer.MAX_VALUE);
        }
        Field.visibleOrNull("reason", reason, Limits.MAX_CODE);
        Field.required("incident", incident);
    }

    /** Why the site receives the incident. */
    public enum Purpose {
        /** The site is to handle it. */
        ASSIGN,
        /** There is more to know about it. */
        UPDATE,
        /** Another site handles it from now on. */
        WITHDRAWN,
        /** An answer is overdue. */
        REMINDER,
        /** It was wrong, and the site has been sent it before. */
        RETRACTION,
        /** It stands for several incidents that did not interrupt anyone. */
        DIGEST
    }
}
