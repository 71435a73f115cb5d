package io.atalaya.notary.chain;

import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.notary.chain.Verifier.Fault;
import io.atalaya.notary.chain.Verifier.Finding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the audit with the messages that were sent, as far as these are still kept. */
public final class SentMessages {
    private final Map<String, Audited> audited = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private long pending;

    private record Audited(int partition, AuditRecord record) {}

    /** Takes a record of the audit. */
    public void addAudited(int partition, AuditRecord record) {
        Audited before = audited.put(record.envelope().address(), new Audited(partition, record));
        if (before != null) {
            findings.add(
                    new Finding(
                            partition,
                            record.number(),
                            Fault.DUPLICATED,
                            record.envelope().address() + " is audited twice"));
        }
    }

    /**
     * Takes a message that was sent.
     *
     * @param isDue whether the notary has had the time to audit it
     */
    public void addSent(RawRecord sent, boolean isDue) {
        Audited found = audited.remove(sent.address().toString());
        if (found == null) {
            if (isDue) {
                findings.add(
                        new Finding(
                                -1, -1, Fault.MISSING, sent.address() + " was sent, not audited"));
            } else {
                pending++;
            }
        } else if (!found.record.envelope().equals(Envelopes.of(sent))) {
            findings.add(
                    new Finding(
                            found.partition,
                            found.record.number(),
                            Fault.CHANGED,
                            sent.address() + " is not the message that was audited"));
        }
    }

    /**
     * What is wrong, when all was taken.
     *
     * @param starts offset from which messages of each {@code topic-partition} are kept
     */
    public List<Finding> findings(Map<String, Long> starts) {
        audited.forEach(
                (address, each) -> {
                    AuditRecord.Envelope envelope = each.record.envelope();
                    String partition = envelope.topic() + "-" + envelope.partition();
                    if (envelope.offset() >= starts.getOrDefault(partition, Long.MAX_VALUE)) {
                        findings.add(
                                new Finding(
                                        each.partition,
                                        each.record.number(),
                                        Fault.INSERTED,
                                        address + " was never sent"));
                    }
                });
        return findings;
    }

    /** How many messages are too new to be in the audit. */
    public long pending() {
        return pending;
    }
}
