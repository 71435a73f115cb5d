package io.atalaya.notary.chain;

import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.audit.AuditRecord.Envelope;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.Sha256;
import io.atalaya.notary.chain.Verifier.Fault;
import io.atalaya.notary.chain.Verifier.Finding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the audit with the messages that were sent, as far as these are still kept. */
public final class SentMessages {
    private final Map<String, Long> starts;
    private final Map<RecordAddress, Audited> audited = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /** How far the notary had come in each {@code topic-partition}: it reads them in order. */
    private final Map<String, Long> progress = new HashMap<>();

    private long pending;
    private long oldestPending = Long.MAX_VALUE;

    /** What is remembered of a record: there can be millions. */
    private record Audited(int partition, long number, byte[] digest) {}

    /**
     * @param starts offset from which the messages of each {@code topic-partition} are kept
     */
    public SentMessages(Map<String, Long> starts) {
        this.starts = Map.copyOf(starts);
    }

    /** Takes a record of the audit. */
    public void addAudited(int partition, AuditRecord record) {
        Envelope envelope = record.envelope();
        progress.merge(
                partition(envelope.topic(), envelope.partition()), envelope.offset(), Math::max);
        addLater(partition, record);
    }

    /**
     * Takes a record that was written while others were read, so that one of another partition,
     * which was read before, may be missing of its time.
     */
    public void addLater(int partition, AuditRecord record) {
        Envelope envelope = record.envelope();
        RecordAddress address =
                new RecordAddress(
                        envelope.topic().intern(), envelope.partition(), envelope.offset());
        if (isKept(address, starts)
                && audited.put(address, new Audited(partition, record.number(), digest(envelope)))
                        != null) {
            findings.add(
                    new Finding(
                            partition,
                            record.number(),
                            Fault.DUPLICATED,
                            address + " is audited twice"));
        }
    }

    /** A partition that is unknown has lost all its messages, or never had one. */
    private static boolean isKept(RecordAddress address, Map<String, Long> starts) {
        return address.offset()
                >= starts.getOrDefault(partition(address.topic(), address.partition()), 0L);
    }

    private static String partition(String topic, int partition) {
        return topic + "-" + partition;
    }

    private static byte[] digest(Envelope envelope) {
        return Sha256.digest().digest(Envelope.CODEC.write(envelope));
    }

    /**
     * Takes a message that was sent. One that is not audited is missing if the notary has passed
     * it.
     *
     * @param isDue whether it is too old to wait for a notary that is behind
     */
    public void addSent(RawRecord sent, boolean isDue) {
        Audited found = audited.remove(sent.address());
        if (found == null) {
            boolean isPassed =
                    sent.offset()
                            <= progress.getOrDefault(
                                    partition(sent.topic(), sent.partition()), -1L);
            if (isDue || isPassed) {
                findings.add(
                        new Finding(
                                -1, -1, Fault.MISSING, sent.address() + " was sent, not audited"));
            } else {
                pending++;
                oldestPending = Math.min(oldestPending, sent.timestamp());
            }
        } else if (!Arrays.equals(found.digest, digest(Envelopes.of(sent)))) {
            findings.add(
                    new Finding(
                            found.partition,
                            found.number,
                            Fault.CHANGED,
                            sent.address() + " is not the message that was audited"));
        }
    }

    /**
     * What is wrong, when all was taken.
     *
     * @param now as the starts before; messages can have expired since
     */
    public List<Finding> findings(Map<String, Long> now) {
        List<Finding> all = new ArrayList<>(findings);
        audited.forEach(
                (address, each) -> {
                    if (isKept(address, now)) {
                        all.add(
                                new Finding(
                                        each.partition,
                                        each.number,
                                        Fault.INSERTED,
                                        address + " was never sent, or its topic is gone"));
                    }
                });
        return all;
    }

    /** How many messages the notary has not come to yet. */
    public long pending() {
        return pending;
    }

    /** The time of the oldest of these. */
    public long oldestPending() {
        return oldestPending;
    }
}
