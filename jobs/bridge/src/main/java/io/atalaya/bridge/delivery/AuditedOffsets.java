package io.atalaya.bridge.delivery;

import io.atalaya.contracts.topic.Sha256;

import java.util.TreeMap;

/** What the audit says of one partition of a queue, in the order of the audit. */
final class AuditedOffsets {
    private long last = -1;

    /** Hashes of recorded messages that were not read yet. */
    private final TreeMap<Long, String> ahead = new TreeMap<>();

    /** Notes a record of a message that was read before. */
    void add(long offset) {
        last = Math.max(last, offset);
    }

    /** Notes a record of a message that is still to be read. */
    void addAhead(long offset, String sha256) {
        add(offset);
        ahead.put(offset, sha256);
    }

    /** Whether a message that is read now was recorded; those before it are forgotten. */
    boolean take(QueuedMessage message) {
        String sha256 = ahead.get(message.record().offset());
        ahead.headMap(message.record().offset(), true).clear();
        return sha256 != null && isOf(sha256, message);
    }

    /** Whether a later message was recorded; the notary records them in their order. */
    boolean isPast(long offset) {
        return last >= offset;
    }

    /** Offsets of a topic that was created again are used twice, so the hash counts, too. */
    static boolean isOf(String sha256, QueuedMessage message) {
        return Sha256.hex(message.record().value()).equals(sha256);
    }
}
