package io.atalaya.hotlistmatch.registry;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.event.BucketChange;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.HotlistChange;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.harness.Faults;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.harness.Scenario;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.entryUntil;
import static io.atalaya.hotlistmatch.TestRecords.pattern;
import static org.assertj.core.api.Assertions.assertThat;

class RegistryOperatorTest {
    private static final long KEEP = Operators.KEEP.toMillis();
    private static final long SOON = NOON + 60_000;

    @ParameterizedTest
    @EnumSource
    void aNullRecordOrAnUpdateRetractsTheOldPlateAlsoAfterARestore(Backend backend)
            throws Exception {
        Scenario<HotlistChange, Void, ListDelta> scenario =
                new Scenario<>(Operators.registry(100), NOON, RegistryOperatorTest::take);
        scenario.first(change(entry("A", "LXF-001-9"), NOON))
                .first(change(pattern("P", "GHK?9*"), NOON + 1))
                // The same record again: no change.
                .first(change(entry("A", "LXF-001-9"), NOON + 2))
                // The same plate in another notation and with an expiry; then another plate; then a
                // removal.
                .first(change(entryUntil("A", "lxf0019", SOON + KEEP), NOON + 3))
                .first(change(entry("A", "NKR-48-16"), NOON + 4))
                .first(new HotlistChange("A", null, NOON + 5, RecordPosition.UNKNOWN))
                .first(new HotlistChange("A", null, NOON + 6, RecordPosition.UNKNOWN))
                .first(change(entryUntil("B", "MTU-75-31", SOON), NOON + 7))
                .now(SOON + KEEP - 1)
                .now(SOON + KEEP)
                // After a restart an expiry waits for {@code keep}.
                .now(SOON + 2 * KEEP)
                .first(new HotlistChange("P", null, NOON + 8, RecordPosition.UNKNOWN));

        List<Object> plainly = scenario.plainly(backend);

        assertThat(plainly.stream().filter(ListDelta.class::isInstance))
                .extracting(RegistryOperatorTest::summary)
                .containsExactly(
                        "+A 0 looks back",
                        "+P 1 looks back",
                        "-A 0..3",
                        "+A 3",
                        "-A 3..4",
                        "+A 4 looks back",
                        "-A 4..5",
                        "+B 7 looks back",
                        "-B 7.." + (SOON + KEEP - NOON),
                        "-P 1..8");
        assertThat(plainly.stream().filter(EntryEvent.VersionEnded.class::isInstance))
                .extracting(ended -> ((EntryEvent.VersionEnded) ended).isReplaced())
                .containsExactly(true, false, false, false, false);
        assertThat(scenario.restarting(backend)).isEqualTo(plainly);
    }

    /** The topic is not read again. */
    @Test
    void whatComesAfterFailuresOfAnEntryIsDone() throws Exception {
        try (Subtask<HotlistChange, Void, ListDelta> registry =
                Subtask.start(Operators.registry(100), Backend.HEAP, NOON)) {
            registry.first(change(entry("A", "LXF-001-9"), NOON));
            try (Faults faults = Faults.atEnds((work, arguments) -> true)) {
                registry.first(change(entry("A", "NKR-48-16"), NOON + 1));
                registry.first(change(entry("A", "NKR-48-16"), NOON + 2));
                assertThat(faults.thrown()).hasSize(2);
            }
            registry.first(new HotlistChange("A", null, NOON + 3, RecordPosition.UNKNOWN));
            assertThat(registry.drain())
                    .extracting(RegistryOperatorTest::summary)
                    .containsExactly("+A 0 looks back", "-A 0..3");
        }
    }

    /** A replay is late in processing time, but not in arrival time. */
    @Test
    void inAReplayAnEntryIsRemovedWhenItsRemovalArrived() throws Exception {
        long later = SOON + 100 * KEEP;
        try (Subtask<HotlistChange, Void, ListDelta> registry =
                Subtask.start(Operators.registry(100), Backend.HEAP, later)) {
            registry.first(change(entryUntil("A", "LXF-001-9", SOON), NOON));
            registry.first(change(entryUntil("B", "LXF-001-9", SOON), NOON));
            registry.now(later + 60_000);
            registry.first(new HotlistChange("A", null, NOON + 5, RecordPosition.UNKNOWN));
            registry.first(change(entry("B", "LXF-001-9"), NOON + 5));

            assertThat(registry.drain())
                    .extracting(RegistryOperatorTest::summary)
                    .containsExactly(
                            "+A 0 looks back", "+B 0 looks back", "-A 0..5", "-B 0..5", "+B 5");
        }
    }

    @Test
    void afterAnOutageAnEntryIsRemovedWhenItsRemovalArrived() throws Exception {
        long later = SOON + 100 * KEEP;
        try (Subtask<HotlistChange, Void, ListDelta> registry =
                Subtask.start(Operators.registry(100), Backend.HEAP, NOON)) {
            registry.first(change(entryUntil("A", "LXF-001-9", SOON), NOON));
            registry.first(change(entryUntil("B", "LXF-001-9", SOON), NOON));
            registry.drain();
            registry.restart(later);
            registry.now(later + 60_000);
            registry.first(new HotlistChange("A", null, NOON + 5, RecordPosition.UNKNOWN));
            registry.now(later + KEEP);

            assertThat(registry.drain())
                    .extracting(RegistryOperatorTest::summary)
                    .containsExactly("-A 0..5", "-B 0.." + (SOON + KEEP - NOON));
            assertThat(registry.keyedStateEntries()).isZero();
            assertThat(registry.keyedTimers()).isZero();
        }
    }

    /** Both when the expiry timer has fired and when, in a replay, it has not. */
    @Test
    void whatComesAfterAnExpiryIsNew() throws Exception {
        for (long now : new long[] {SOON + KEEP, SOON + 100 * KEEP}) {
            try (Subtask<HotlistChange, Void, ListDelta> registry =
                    Subtask.start(Operators.registry(100), Backend.HEAP, now)) {
                registry.first(change(entryUntil("A", "LXF-001-9", SOON), NOON));
                registry.now(now + 1);
                registry.first(change(entry("A", "LXF-001-9"), SOON + KEEP));

                assertThat(registry.drain())
                        .extracting(RegistryOperatorTest::summary)
                        .containsExactly(
                                "+A 0 looks back",
                                "-A 0.." + (SOON + KEEP - NOON),
                                "+A %d looks back".formatted(SOON + KEEP - NOON));
            }
        }
    }

    /** The timer of an expiry years ahead is removed with its entry. */
    @Test
    void nothingIsLeftOfWhatHasLeftTheList() throws Exception {
        try (Subtask<HotlistChange, Void, ListDelta> registry =
                Subtask.start(Operators.registry(100), Backend.HEAP, NOON)) {
            for (int i = 0; i < 50; i++) {
                long until = i % 2 == 0 ? SOON : NOON + 1_000_000_000_000L;
                registry.first(change(entryUntil("E" + i, "LXF-00-" + (10 + i), until), NOON));
                registry.first(
                        change(entryUntil("E" + i, "LXF-00-" + (10 + i), until + 1), NOON + 1));
            }
            // Per entry the version and its expiry timer.
            assertThat(registry.keyedStateEntries()).isEqualTo(100);
            assertThat(registry.keyedTimers()).isEqualTo(50);
            registry.now(SOON + KEEP + 1);
            assertThat(registry.keyedTimers()).isEqualTo(25);
            for (int i = 1; i < 50; i += 2) {
                registry.first(new HotlistChange("E" + i, null, NOON + 2, RecordPosition.UNKNOWN));
            }

            assertThat(registry.keyedStateEntries()).isZero();
            assertThat(registry.keyedTimers()).isZero();
        }
    }

    /** A marker with a sequence covers the bucket changes of all list changes up to it. */
    @Test
    void marksWhatTheBucketsHaveBeenSentToEverySubtask() throws Exception {
        try (Subtask<HotlistChange, Void, ListDelta> registry =
                Subtask.start(Operators.registry(100, 3), Backend.HEAP, NOON)) {
            registry.now(NOON + 20);
            assertThat(marks(registry)).containsExactly("0 to 0", "0 to 1", "0 to 2");

            registry.first(change(entry("A", "LXF-001-9"), NOON));
            registry.now(NOON + 30);
            registry.first(change(entry("A", "NKR-48-16"), NOON + 1));
            assertThat(registry.drain())
                    .extracting(ListDelta::sequence)
                    .containsExactly(1L, 2L, 3L);
            assertThat(marks(registry)).isEmpty();
            registry.now(NOON + 40);
            assertThat(marks(registry)).containsExactly("3 to 0", "3 to 1", "3 to 2");

            registry.first(new HotlistChange("A", null, NOON + 2, RecordPosition.UNKNOWN));
            registry.restart();
            registry.now(NOON + 60);
            assertThat(marks(registry)).containsExactly("0 to 0", "0 to 1", "0 to 2");
            registry.now(NOON + 1_000);
            assertThat(registry.drain(RegistryOperator.BUCKETS)).isEmpty();
        }
    }

    private static List<String> marks(Subtask<HotlistChange, Void, ListDelta> registry) {
        return registry.drain(RegistryOperator.BUCKETS).stream()
                .filter(BucketChange.Mark.class::isInstance)
                .map(
                        mark ->
                                "%d to %d"
                                        .formatted(
                                                ((BucketChange.Mark) mark).sequence(),
                                                Subtask.of(mark.bucket(), 3)))
                .toList();
    }

    private static HotlistChange change(HotlistEntry entry, long arrival) {
        return new HotlistChange(entry.entryId(), entry, arrival, RecordPosition.UNKNOWN);
    }

    /** Sets the sequence to 0, because it counts within one run only. */
    private static List<?> take(Subtask<HotlistChange, Void, ListDelta> registry) {
        List<Object> all = new ArrayList<>();
        for (ListDelta delta : registry.drain()) {
            if (delta instanceof ListDelta.Added added) {
                all.add(
                        new ListDelta.Added(
                                0,
                                added.listed(),
                                added.inForceFrom(),
                                added.canMatchPastReads(),
                                added.position()));
            } else if (delta instanceof ListDelta.Removed removed) {
                all.add(
                        new ListDelta.Removed(
                                0,
                                removed.listed(),
                                removed.inForceFrom(),
                                removed.inForceTo(),
                                removed.position()));
            }
        }
        all.addAll(registry.drain(RegistryOperator.BUCKETS));
        all.removeIf(BucketChange.Mark.class::isInstance);
        all.addAll(registry.drain(RegistryOperator.ENTRY_EVENTS));
        return all;
    }

    private static String summary(Object delta) {
        if (delta instanceof ListDelta.Added added) {
            return "+%s %d%s"
                    .formatted(
                            added.listed().entryId(),
                            added.inForceFrom() - NOON,
                            added.canMatchPastReads() ? " looks back" : "");
        }
        ListDelta.Removed removed = (ListDelta.Removed) delta;
        return "-%s %d..%d"
                .formatted(
                        removed.listed().entryId(),
                        removed.inForceFrom() - NOON,
                        removed.inForceTo() - NOON);
    }
}
