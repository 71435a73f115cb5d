package io.atalaya.notary.chain;

import io.atalaya.contracts.audit.AuditHeads.Head;
import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.audit.AuditRecord.Envelope;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.notary.chain.Verifier.Fault;
import io.atalaya.notary.chain.Verifier.Finding;
import io.atalaya.notary.chain.Verifier.Stored;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Each kind of tampering with a partition of the audit is found at the right record. */
@Tag("attack")
@net.jqwik.api.Tag("attack")
class TamperingTest {
    private static final int PARTITION = 3;
    private static final int RECORDS = 20;

    /** Records 4, 9 and 19 were signed. */
    private static final List<Integer> SIGNED = List.of(4, 9, 19);

    /** What a person with access to the topic can do. */
    private enum Tampering {
        FIELD_CHANGED(7, Fault.CHANGED, records -> records.set(7, text(records, 7, "T-7", "T-8"))),
        FIELD_ADDED(
                7,
                Fault.CHANGED,
                records -> records.set(7, text(records, 7, "{\"e", "{\"x\":1,\"e"))),
        SPACE_ADDED(7, Fault.CHANGED, records -> records.set(7, text(records, 7, ",", ", "))),
        KEY_CHANGED(
                7,
                Fault.CHANGED,
                records -> records.set(7, new Stored("other".getBytes(UTF_8), value(records, 7)))),
        VALUE_REMOVED(
                7, Fault.CHANGED, records -> records.set(7, new Stored(key(records, 7), null))),
        ONE_REMOVED(7, Fault.MISSING, records -> records.remove(7)),
        FIRST_REMOVED(0, Fault.MISSING, records -> records.remove(0)),
        SEVERAL_REMOVED(7, Fault.MISSING, records -> records.subList(7, 12).clear()),
        NEIGHBOURS_SWAPPED(7, Fault.REORDERED, records -> Collections.swap(records, 7, 8)),
        MOVED_BACK(7, Fault.REORDERED, records -> records.add(15, records.remove(7))),
        MOVED_FORWARD(7, Fault.REORDERED, records -> records.add(7, records.remove(15))),
        REPEATED(7, Fault.DUPLICATED, records -> records.add(8, records.get(7))),
        REPEATED_AT_THE_END(7, Fault.DUPLICATED, records -> records.add(records.get(7))),
        NOISE_INSERTED(
                7,
                Fault.INSERTED,
                records -> records.add(7, new Stored(key(records, 7), "{".getBytes(UTF_8)))),
        TAIL_CUT(17, Fault.CUT, records -> records.subList(17, RECORDS).clear()),
        ALL_CUT(0, Fault.CUT, List::clear),
        // With hashes that were calculated again:
        ONE_MADE_AGAIN(7, Fault.CHANGED, records -> records.set(7, forged(records, 7, "T-99"))),
        SIGNED_MADE_AGAIN(5, Fault.CHANGED, records -> records.set(9, forged(records, 9, "T-99"))),
        LINK_MADE_AGAIN(7, Fault.CHANGED, records -> records.set(7, linkedTo(records, 7, 2))),
        FORGERY_INSERTED(7, Fault.INSERTED, records -> records.add(7, forged(records, 7, "T-99"))),
        FORGERY_INSERTED_AFTER(
                7, Fault.INSERTED, records -> records.add(8, forged(records, 7, "T-99"))),
        ALL_MADE_AGAIN_FROM_ONE(
                5,
                Fault.CHANGED,
                records -> {
                    Chain chain = Chain.after(read(records.get(6)));
                    for (int i = 7; i < RECORDS; i++) {
                        records.set(i, stored(chain.add(envelope(100 + i))));
                    }
                });

        private final long number;
        private final Fault fault;
        private final Consumer<List<Stored>> act;

        Tampering(long number, Fault fault, Consumer<List<Stored>> act) {
            this.number = number;
            this.fault = fault;
            this.act = act;
        }
    }

    @ParameterizedTest
    @EnumSource
    void isFoundAtItsRecord(Tampering tampering) {
        List<AuditRecord> written = written(RECORDS);
        List<Stored> records = stored(written);
        tampering.act.accept(records);
        List<AuditRecord> good = new ArrayList<>();

        Finding finding = verify(PARTITION, records, heads(written, SIGNED), good);

        assertThat(finding).isNotNull();
        assertThat(finding.partition()).isEqualTo(PARTITION);
        assertThat(finding.fault()).as(finding.text()).isEqualTo(tampering.fault);
        assertThat(finding.number()).as(finding.text()).isEqualTo(tampering.number);
    }

    @Test
    void headsOfAnotherPartitionAreNoneOfThisOne() {
        List<AuditRecord> written = written(5);
        Head other = new Head("a".repeat(64), 7, PARTITION + 1);

        assertThat(verify(PARTITION, stored(written), List.of(other), new ArrayList<>())).isNull();
    }

    @Test
    void aRecordInAnotherPartitionIsFoundInBoth() {
        List<AuditRecord> written = written(RECORDS);
        List<Stored> one = stored(written);
        List<Stored> other = new ArrayList<>(List.of(one.remove(7)));

        assertThat(new Verifier(0, one).verify(record -> {}).fault()).isEqualTo(Fault.MISSING);
        assertThat(new Verifier(1, other).verify(record -> {}).number()).isZero();
    }

    /** A chain that was continued at any places is whole, and any change of a byte is found. */
    @Property(tries = 60)
    void isWholeUntilAByteChanges(
            @ForAll @IntRange(min = 1, max = 12) int size,
            @ForAll @IntRange(min = 0, max = 11) int restartedAt,
            @ForAll @IntRange(min = 0, max = 10_000) int position) {
        List<AuditRecord> written = new ArrayList<>();
        Chain chain = new Chain();
        for (int i = 0; i < size; i++) {
            if (i == restartedAt) {
                chain = Chain.after(i == 0 ? null : written.get(i - 1));
            }
            written.add(chain.add(envelope(i)));
        }
        List<Stored> records = stored(written);
        List<AuditRecord> good = new ArrayList<>();
        List<Head> heads = heads(written, List.of(size - 1));
        assertThat(verify(PARTITION, records, heads, good)).isNull();
        assertThat(good).isEqualTo(written);

        int changed = position % size;
        byte[] value = value(records, changed).clone();
        value[position % value.length] ^= 1;
        records.set(changed, new Stored(key(records, changed), value));

        Finding finding = verify(PARTITION, records, heads, new ArrayList<>());
        assertThat(finding).isNotNull();
        assertThat(finding.number()).isEqualTo(changed);
    }

    private static Finding verify(
            int partition, List<Stored> records, List<Head> heads, List<AuditRecord> good) {
        Verifier verifier = new Verifier(partition, records);
        heads.forEach(verifier::addSigned);
        return verifier.verify(good::add);
    }

    private static List<AuditRecord> written(int size) {
        Chain chain = new Chain();
        return IntStream.range(0, size).mapToObj(i -> chain.add(envelope(i))).toList();
    }

    private static List<Stored> stored(List<AuditRecord> records) {
        return new ArrayList<>(records.stream().map(TamperingTest::stored).toList());
    }

    private static Stored stored(AuditRecord record) {
        return new Stored(
                Verifier.key(record.envelope()).getBytes(UTF_8), AuditRecord.CODEC.write(record));
    }

    private static List<Head> heads(List<AuditRecord> records, List<Integer> numbers) {
        return numbers.stream()
                .map(number -> Chain.after(records.get(number)).head(PARTITION))
                .toList();
    }

    private static Envelope envelope(int i) {
        return envelope(i, "T-" + i);
    }

    private static Envelope envelope(int i, String who) {
        return new Envelope(
                "E-" + i,
                i % 3 == 0 ? null : "I-" + i % 3,
                i,
                0,
                "ASSIGN",
                "routed",
                1_000L + i,
                "ab".repeat(32),
                1_000 + i,
                "dispatch-toluca",
                who);
    }

    /** The record of a number with other contents and the hash for these. */
    private static Stored forged(List<Stored> records, int number, String who) {
        return stored(Chain.after(read(records.get(number - 1))).add(envelope(number, who)));
    }

    private static Stored linkedTo(List<Stored> records, int number, int other) {
        AuditRecord record = read(records.get(number));
        String previous = read(records.get(other)).hash();
        return stored(
                new AuditRecord(
                        record.envelope(),
                        Chain.hash(previous, number, record.envelope()),
                        number,
                        previous));
    }

    private static Stored text(List<Stored> records, int i, String part, String instead) {
        String text = new String(value(records, i), UTF_8);
        assertThat(text).contains(part);
        return new Stored(
                key(records, i), text.replaceFirst("\\Q" + part + "\\E", instead).getBytes(UTF_8));
    }

    private static byte[] key(List<Stored> records, int i) {
        return records.get(i).key();
    }

    private static byte[] value(List<Stored> records, int i) {
        return records.get(i).value();
    }

    private static AuditRecord read(Stored stored) {
        try {
            return AuditRecord.CODEC.read(stored.value());
        } catch (InvalidRecordException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
