package io.atalaya.notary.chain;

import io.atalaya.contracts.audit.AuditHeads.Head;
import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.audit.AuditRecord.Envelope;
import io.atalaya.contracts.topic.Sha256;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The chain of one partition of the audit, at its end. */
public final class Chain {
    /** What the first record has as hash of the record before. */
    public static final String START = "0".repeat(64);

    private static final byte RECORD = 0;

    private long next;
    private String previous = START;

    /**
     * The chain after a record.
     *
     * @param last or null for a chain without records
     */
    public static Chain after(AuditRecord last) {
        Chain chain = new Chain();
        if (last != null) {
            chain.next = last.number() + 1;
            chain.previous = last.hash();
        }
        return chain;
    }

    /** Adds a record. */
    public AuditRecord add(Envelope envelope) {
        String hash = hash(previous, next, envelope);
        AuditRecord record = new AuditRecord(envelope, hash, next, previous);
        next++;
        previous = hash;
        return record;
    }

    /** The last record, or null. */
    public Head head(int partition) {
        return next == 0 ? null : new Head(previous, next - 1, partition);
    }

    /** The hash that a record must have. */
    public static String hash(String previous, long number, Envelope envelope) {
        MessageDigest digest = Sha256.digest();
        digest.update(RECORD);
        digest.update(HexFormat.of().parseHex(previous));
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        digest.update(Envelope.CODEC.write(envelope));
        return HexFormat.of().formatHex(digest.digest());
    }
}
