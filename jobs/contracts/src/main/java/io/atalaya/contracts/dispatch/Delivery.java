package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

/**
 * One message of topic {@code deliveries}: what became of a message to another system, or of an
 * announcement at a loudspeaker.
 *
 * @param deliveryId unique; a repeated one is the same delivery
 * @param destination name of the receiver in the bridge's settings
 * @param deviceId of the loudspeaker, or null if it is about an incident's message
 * @param revision of the incident or announcement in the message
 * @param message which one it was, or null where a receiver reports without knowing
 * @param reason for people, or null
 * @param time of the result, epoch ms
 */
public record Delivery(
        String deliveryId,
        String destination,
        String incidentId,
        String deviceId,
        @EpochMillis long revision,
        Message message,
        Result result,
        String reason,
        @EpochMillis long time) {
    public static final RecordCodec<Delivery> CODEC = new RecordCodec<>(Delivery.class, 16 * 1024);

    public Delivery {
        Limits.id("deliveryId", deliveryId);
        Field.visible("destination", destination, Limits.MAX_NAME);
        Limits.id("incidentId", incidentId);
        Limits.idOrNull("deviceId", deviceId);
        Field.time("revision", revision);
        Field.required("result", result);
        Field.textOrNull("reason", reason, 0, Limits.MAX_REASON);
        Field.time("time", time);
    }

    /** What became of an incident's message. */
    public Delivery(
            String deliveryId,
            String destination,
            String incidentId,
            long revision,
            Result result,
            String reason,
            long time) {
        this(deliveryId, destination, incidentId, null, revision, null, result, reason, time);
    }

    /**
     * A message that was sent.
     *
     * @param id of its CloudEvent
     * @param time of its record, epoch ms
     */
    public record Message(String id, @EpochMillis long time) {
        private static final int MAX_ID = 1024;

        public Message {
            Field.text("id", id, 1, MAX_ID);
            Field.time("time", time);
        }
    }

    /** The result of a delivery. */
    public enum Result {
        /** The receiver has taken it. */
        DELIVERED,
        /** The receiver has refused it for good. */
        REJECTED,
        /** It was no longer valid when the receiver could be reached. */
        EXPIRED,
        /** A newer revision was sent instead, or the receiver may not see the incident. */
        SKIPPED
    }
}
