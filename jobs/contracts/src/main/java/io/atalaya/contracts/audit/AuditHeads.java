package io.atalaya.contracts.audit;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import java.util.List;

/**
 * One message of topic {@code audit-heads}: how far each chain of the audit has come, signed.
 *
 * @param heads a partition without records has none
 * @param name of the notary
 * @param signature by Ed25519 over a one byte and this JSON without the signature, in base64; null
 *     only while it is signed
 * @param time of the signature, epoch ms
 */
public record AuditHeads(List<Head> heads, String name, String signature, @EpochMillis long time) {
    public static final RecordCodec<AuditHeads> CODEC =
            new RecordCodec<>(AuditHeads.class, 256 * 1024);

    public AuditHeads {
        heads = Field.list("heads", heads, 1000);
        Field.visible("name", name, 128);
        Field.textOrNull("signature", signature, 1, 128);
        Field.time("time", time);
    }

    /** The last record of a chain. */
    public record Head(String hash, long number, int partition) {
        public Head {
            Hex.hash("hash", hash);
            Hex.number("number", number);
            Field.integer("partition", partition, 0, Integer.MAX_VALUE);
        }
    }
}
