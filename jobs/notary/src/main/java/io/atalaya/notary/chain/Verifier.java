package io.atalaya.notary.chain;

import io.atalaya.contracts.audit.AuditHeads.Head;
import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.audit.AuditRecord.Envelope;
import io.atalaya.contracts.json.InvalidRecordException;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Finds the first record of a partition that is not as the notary wrote it. The chain shows what
 * changed within; the signed heads show a tail that was cut off and a chain that was made again.
 */
public final class Verifier {
    private final int partition;
    private final Iterable<Stored> records;
    private final TreeMap<Long, String> signed = new TreeMap<>();

    /** A record as it is stored. */
    public record Stored(byte[] key, byte[] value) {}

    /**
     * What is wrong.
     *
     * @param number of the record, as it was written or should follow
     */
    public record Finding(int partition, long number, Fault fault, String text) {}

    /** The kinds of faults. */
    public enum Fault {
        CHANGED,
        MISSING,
        REORDERED,
        DUPLICATED,
        INSERTED,
        CUT
    }

    /**
     * @param records in their order; they are read again to say what a fault is
     */
    public Verifier(int partition, Iterable<Stored> records) {
        this.partition = partition;
        this.records = records;
    }

    /** Takes a head of which the signature is right, before {@link #verify}. */
    public void addSigned(Head head) {
        if (head.partition() == partition) {
            signed.putIfAbsent(head.number(), head.hash());
        }
    }

    /**
     * The first finding, or null.
     *
     * @param good takes each record before it
     */
    public Finding verify(Consumer<AuditRecord> good) {
        long number = 0;
        String previous = Chain.START;
        long agreed = -1;
        for (Stored stored : records) {
            AuditRecord record = read(stored);
            if (record == null) {
                return follows(number, previous)
                        ? finding(number, Fault.INSERTED, "a record that is none is before it")
                        : finding(number, Fault.CHANGED, "does not have its hash, form or key");
            }
            if (record.number() != number || !record.previous().equals(previous)) {
                return misplaced(record, number, previous);
            }
            String head = signed.getOrDefault(number, record.hash());
            if (!record.hash().equals(head)) {
                return notAsSigned(number, head, agreed);
            }
            if (signed.containsKey(number)) {
                agreed = number;
            }
            good.accept(record);
            previous = record.hash();
            number++;
        }
        return signed.isEmpty() || signed.lastKey() < number
                ? null
                : finding(
                        number,
                        Fault.CUT,
                        "and all after it are missing; record " + signed.lastKey() + " was signed");
    }

    /** A record that is whole but does not follow the one before. */
    private Finding misplaced(AuditRecord record, long number, String previous) {
        if (record.number() < number) {
            return anyMatch(
                            each ->
                                    each.number() == record.number()
                                            && !each.hash().equals(record.hash()))
                    ? finding(record.number(), Fault.INSERTED, "another record has its number")
                    : finding(record.number(), Fault.DUPLICATED, "is there again");
        }
        boolean isLater = follows(number, previous);
        if (record.number() > number) {
            return isLater
                    ? finding(number, Fault.REORDERED, "comes after " + record.number())
                    : finding(
                            number,
                            Fault.MISSING,
                            "is not there; " + record.number() + " is in its place");
        }
        if (isLater) {
            return finding(number, Fault.INSERTED, "another record has its number");
        }
        boolean isContinued =
                anyMatch(
                        each ->
                                each.number() == number + 1
                                        && each.previous().equals(record.hash()));
        return number == 0 || !isContinued && anyMatch(each -> each.number() > number)
                ? finding(number, Fault.CHANGED, "does not follow the record before")
                : finding(number - 1, Fault.CHANGED, "is not what the next record follows");
    }

    private Finding notAsSigned(long number, String head, long agreed) {
        return anyMatch(each -> each.number() == number && each.hash().equals(head))
                ? finding(number, Fault.INSERTED, "is before the signed record of its number")
                : finding(
                        agreed + 1,
                        Fault.CHANGED,
                        "or a record up to " + number + ", of which another hash was signed");
    }

    /** Whether a record is anywhere that would follow. */
    private boolean follows(long number, String previous) {
        return anyMatch(each -> each.number() == number && each.previous().equals(previous));
    }

    private boolean anyMatch(Predicate<AuditRecord> condition) {
        for (Stored stored : records) {
            AuditRecord record = read(stored);
            if (record != null && condition.test(record)) {
                return true;
            }
        }
        return false;
    }

    private Finding finding(long number, Fault fault, String text) {
        return new Finding(partition, number, fault, text);
    }

    /** The record, or null if it is not as the notary writes one. */
    private static AuditRecord read(Stored stored) {
        if (stored.key() == null || stored.value() == null) {
            return null;
        }
        try {
            AuditRecord record = AuditRecord.CODEC.read(stored.value());
            boolean isWhole =
                    record.hash()
                                    .equals(
                                            Chain.hash(
                                                    record.previous(),
                                                    record.number(),
                                                    record.envelope()))
                            && Arrays.equals(AuditRecord.CODEC.write(record), stored.value())
                            && key(record.envelope()).equals(new String(stored.key(), UTF_8));
            return isWhole ? record : null;
        } catch (InvalidRecordException e) {
            return null;
        }
    }

    /** The key of a record of the audit. */
    public static String key(Envelope envelope) {
        return envelope.incidentId() == null ? envelope.address() : envelope.incidentId();
    }
}
