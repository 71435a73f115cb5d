package io.atalaya.contracts.audit;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

/**
 * One message of topic {@code audit}: that another message was sent. The records of a partition are
 * a chain. Components are in the order of their names, so that the JSON is canonical (RFC 8785).
 *
 * @param hash of this record: SHA-256 over a zero byte, the previous hash, the number in eight
 *     bytes, and the envelope's JSON
 * @param number of this record in its partition, from 0
 * @param previous hash of the record before; zeros for the first
 */
public record AuditRecord(Envelope envelope, String hash, long number, String previous) {
    public static final RecordCodec<AuditRecord> CODEC =
            new RecordCodec<>(AuditRecord.class, 16 * 1024);

    static final int MAX_ID = 1024;

    public AuditRecord {
        Field.required("envelope", envelope);
        Hex.hash("hash", hash);
        Hex.number("number", number);
        Hex.hash("previous", previous);
    }

    /**
     * Which message it was: ids, recipient and purpose, and no personal data.
     *
     * @param id by which a consumer of the message finds repeated ones, or null
     * @param incidentId or null
     * @param offset of the message in its partition
     * @param purpose of the message, what a decision decided, what a response did, or the kind of a
     *     look-up
     * @param reason code of the decision, or null
     * @param revision of the incident, or null
     * @param sha256 of the message's value
     * @param time of the message's record, epoch ms
     * @param who site, destination or position that was sent it, that answered or that looked
     *     something up, or the sort of source of a decision's event; or null
     */
    public record Envelope(
            String id,
            String incidentId,
            long offset,
            int partition,
            String purpose,
            String reason,
            @EpochMillis Long revision,
            String sha256,
            @EpochMillis long time,
            String topic,
            String who) {
        public static final RecordCodec<Envelope> CODEC =
                new RecordCodec<>(Envelope.class, 16 * 1024);

        public Envelope {
            Field.textOrNull("id", id, 1, MAX_ID);
            Field.textOrNull("incidentId", incidentId, 1, MAX_ID);
            Hex.number("offset", offset);
            Field.integer("partition", partition, 0, Integer.MAX_VALUE);
            Field.visible("purpose", purpose, 64);
            Field.textOrNull("reason", reason, 1, 64);
            Field.timeOrNull("revision", revision);
            Hex.hash("sha256", sha256);
            Field.time("time", time);
            Field.visible("topic", topic, 256);
            Field.textOrNull("who", who, 1, MAX_ID);
        }

        /** {@code topic-partition-offset} of the message. */
        public String address() {
            return topic + "-" + partition + "-" + offset;
        }
    }
}
