package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.harness.Scenario;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.arch;
import static io.atalaya.hotlistmatch.TestRecords.enrichedRead;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.exact;
import static io.atalaya.hotlistmatch.TestRecords.pattern;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static org.assertj.core.api.Assertions.assertThat;

class ReadHistoryOperatorTest {
    private static final long RETENTION = Operators.RETENTION.toMillis();

    /** Longer than any pause between slices, ms. */
    private static final long A_WHILE = 100;

    @ParameterizedTest
    @EnumSource
    void keepsThePastAndTheLooksIntoItAlsoThroughARestore(Backend backend) throws Exception {
        Scenario<RoutedEvent, ReferenceUpdate, EntryEvent> scenario =
                new Scenario<>(Operators.readHistory(), NOON, ReadHistoryOperatorTest::take);
        EnrichedRead exact = enrichedRead(read("ARCO-1", "R1", NOON + 1, "YBC-20-61"));
        EnrichedRead misread = enrichedRead(read("ARCO-1", "R2", NOON + 2, "Y8C-20-61"));
        EnrichedRead withdrawn = enrichedRead(read("ARCO-1", "R3", NOON + 3, "YBC-20-61"));
        Retraction end =
                new Retraction(
                        "ARCO-1",
                        "ARCO-1/R3",
                        "ARCO-1/R3",
                        NOON + 4,
                        false,
                        0,
                        RecordPosition.UNKNOWN);
        EnrichedRead other = enrichedRead(read("ARCO-1", "R5", NOON + 5, "GHK-59-12"));
        EnrichedRead old = enrichedRead(read("ARCO-1", "R6", NOON - RETENTION, "YBC-20-61"));
        scenario.first(text(old, "YBC-20-61"))
                .first(text(exact, "YBC-20-61"))
                .first(text(misread, "Y8C-20-61"))
                .first(text(withdrawn, "YBC-20-61"))
                .first(text(end, "YBC-20-61"))
                .first(text(other, "GHK-59-12"))
                .second(added(1, entry("A", "YBC-20-61"), NOON + 6))
                .second(added(2, pattern("P", "GHK?9*"), NOON + 7))
                .first(text(enrichedRead(read("ARCO-2", "R7", NOON + 8, "GHK-59-1")), "GHK-59-1"))
                .first(new RoutedEvent.Progress(0, 0, 2))
                .now(NOON + A_WHILE)
                .now(NOON + 2 * A_WHILE);

        List<Object> plainly = scenario.plainly(backend);

        assertThat(plainly)
                .extracting(ReadHistoryOperatorTest::summary)
                .containsExactlyInAnyOrder(
                        "A ARCO-1/R1",
                        "A ARCO-1/R2",
                        "A ARCO-1/R3",
                        "A end of ARCO-1/R3",
                        "P ARCO-2/R7");
        assertThat(scenario.restarting(backend)).containsExactlyInAnyOrderElementsOf(plainly);
    }

    @ParameterizedTest
    @EnumSource
    void storesReadsAlsoWithoutClonesAndMismatches(Backend backend) throws Exception {
        try (Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> history =
                Subtask.start(Operators.readHistory(null, null), backend, NOON)) {
            history.second(
                    new ReferenceUpdate.DeviceChanged(
                            new DeviceChange("ARCO-1", arch("ARCO-1", "TOLUCA"), NOON)));
            EnrichedRead read = enrichedRead(read("ARCO-1", "R1", NOON, "YBC1001"));
            history.first(text(read, "YBC1001"));
            history.first(
                    text(
                            new Retraction(
                                    "ARCO-1",
                                    "ARCO-1/R1",
                                    "ARCO-1/R1",
                                    NOON + 1,
                                    false,
                                    0,
                                    RecordPosition.UNKNOWN),
                            "YBC1001"));
            history.watermark(NOON + 60_000);
            assertThat(history.drain(Bulkhead.DEAD_LETTERS)).isEmpty();
            history.restart();
            query(history, 1);

            assertThat(history.drain(Bulkhead.DEAD_LETTERS)).isEmpty();
            assertThat(history.drain())
                    .extracting(ReadHistoryOperatorTest::summary)
                    .contains("A ARCO-1/R1");
        }
    }

    /** More rows than the heap holds, so that some are written because of their number. */
    @ParameterizedTest
    @EnumSource
    void whatGathersIsFoundAlsoThroughARestore(Backend backend) throws Exception {
        try (Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> enrichedReads =
                Subtask.start(Operators.readHistory(), backend, NOON)) {
            int many = 9_000;
            for (int i = 0; i < many; i++) {
                String plate = "YBC" + (1_000 + i);
                String readId = "R" + i;
                enrichedReads.first(text(enrichedRead(read("ARCO-1", readId, NOON, plate)), plate));
            }
            EnrichedRead again = enrichedRead(read("ARCO-2", "R1", NOON + 1, "YBC1001"));
            enrichedReads.first(text(again, "YBC1001"));
            query(enrichedReads, 1);
            List<String> recentMatches = List.of("A ARCO-1/R1", "A ARCO-2/R1");
            assertThat(enrichedReads.drain())
                    .extracting(ReadHistoryOperatorTest::summary)
                    .containsAll(recentMatches);

            enrichedReads.restart();
            query(enrichedReads, 2);
            assertThat(enrichedReads.drain())
                    .extracting(ReadHistoryOperatorTest::summary)
                    .containsAll(recentMatches);
        }
    }

    private static void query(
            Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> enrichedReads, long sequence)
            throws Exception {
        enrichedReads.second(added(sequence, entry("A", "YBC1001"), NOON + 2));
        enrichedReads.first(new RoutedEvent.Progress(0, 0, sequence));
        enrichedReads.now(NOON + sequence * A_WHILE);
        enrichedReads.now(NOON + (sequence + 1) * A_WHILE);
    }

    @Test
    void aLookWaitsForTheMarkOfEveryFilter() throws Exception {
        try (Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> enrichedReads =
                Subtask.start(
                        Operators.readHistory(), Backend.HEAP, NOON, 2, Subtask.of(key(), 2))) {
            EnrichedRead missed = enrichedRead(read("ARCO-1", "R1", NOON + 1, "YBC-20-61"));
            enrichedReads.first(text(missed, "YBC-20-61"));
            enrichedReads.second(added(5, entry("A", "YBC-20-61"), NOON));
            enrichedReads.first(new RoutedEvent.Progress(key(), 0, 5));
            enrichedReads.first(new RoutedEvent.Progress(key(), 1, 4));
            enrichedReads.now(NOON + A_WHILE);
            assertThat(enrichedReads.drain()).isEmpty();

            EnrichedRead held = enrichedRead(read("ARCO-2", "R1", NOON + 2, "YBC-20-61"));
            enrichedReads.first(text(held, "YBC-20-61"));
            enrichedReads.first(new RoutedEvent.Progress(key(), 1, 5));
            enrichedReads.now(NOON + 2 * A_WHILE);
            assertThat(enrichedReads.drain())
                    .extracting(ReadHistoryOperatorTest::summary)
                    .containsExactlyInAnyOrder("A ARCO-1/R1", "A ARCO-2/R1");
        }
    }

    /**
     * The previous version, with another priority or appearance, may not have raised an alert on
     * the read.
     */
    @Test
    void aVersionThatLooksForTheSameMeetsReadsOfItsOwnTimeThatCameBeforeIt() throws Exception {
        try (Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> enrichedReads =
                Subtask.start(Operators.readHistory(), Backend.HEAP, NOON)) {
            EnrichedRead before = enrichedRead(read("ARCO-1", "R1", NOON - 1, "YBC-20-61"));
            EnrichedRead since = enrichedRead(read("ARCO-2", "R2", NOON, "YBC-20-61"));
            enrichedReads.first(text(before, "YBC-20-61"));
            enrichedReads.first(text(since, "YBC-20-61"));
            enrichedReads.second(
                    new ReferenceUpdate.HotlistChanged(
                            new ListDelta.Added(
                                    1,
                                    MatchTarget.of(entry("A", "YBC-20-61")),
                                    NOON,
                                    false,
                                    RecordPosition.UNKNOWN)));
            enrichedReads.first(new RoutedEvent.Progress(0, 0, 1));
            enrichedReads.now(NOON + A_WHILE);

            assertThat(enrichedReads.drain())
                    .extracting(ReadHistoryOperatorTest::summary)
                    .containsExactly("A ARCO-2/R2");
        }
    }

    /** So that a replay gives the same in every process. */
    @Test
    void aSliceTakesAllThatIsDueWhileTheTaskTimeStands() throws Exception {
        try (Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> enrichedReads =
                Subtask.start(Operators.readHistory(), Backend.HEAP, NOON)) {
            enrichedReads.first(
                    text(enrichedRead(read("ARCO-1", "R1", NOON, "YBC-20-61")), "YBC-20-61"));
            int many = 2_000;
            for (int i = 1; i <= many; i++) {
                enrichedReads.second(added(i, entry("E" + i, "YBC-20-61"), NOON + 1));
            }
            enrichedReads.first(new RoutedEvent.Progress(0, 0, many));
            enrichedReads.now(NOON + A_WHILE);

            assertThat(enrichedReads.drain()).hasSize(many);
        }
    }

    @Test
    void aLookIsDroppedThatWaitsForItsSliceWhenTheLastReadIsForgotten() throws Exception {
        try (Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> enrichedReads =
                Subtask.start(Operators.readHistory(), Backend.HEAP, NOON)) {
            enrichedReads.first(
                    text(enrichedRead(read("ARCO-1", "R1", NOON, "YBC-20-61")), "YBC-20-61"));
            enrichedReads.watermark(NOON + RETENTION + 1);
            enrichedReads.now(NOON + 999);
            enrichedReads.second(added(1, entry("A", "YBC-20-61"), NOON + 1));
            enrichedReads.first(new RoutedEvent.Progress(0, 0, 1));
            enrichedReads.now(NOON + 1_000);
            enrichedReads.first(new RoutedEvent.Progress(0, 0, 2));
            enrichedReads.now(NOON + 1_000 + A_WHILE);

            assertThat(enrichedReads.drain()).isEmpty();
            assertThat(enrichedReads.keyedStateEntries()).isZero();
        }
    }

    /** Every subtask holds every query for its own plates, and no query runs twice. */
    @ParameterizedTest
    @EnumSource
    void looksThatAreDueSurviveRescaling(Backend backend) throws Exception {
        List<Subtask<RoutedEvent, ReferenceUpdate, EntryEvent>> subtasks =
                List.of(Subtask.start(Operators.readHistory(), backend, NOON));
        for (int i = 0; i < 30; i++) {
            String plate = "YBC-20-" + (10 + i);
            subtasks.get(0).first(text(enrichedRead(read("ARCO-1", "R" + i, NOON, plate)), plate));
            subtasks.get(0).second(added(i + 1, exact("E" + i, plate), NOON + 1));
        }
        for (int parallelism : new int[] {2, 3, 1}) {
            subtasks = Subtask.rescale(subtasks, parallelism);
        }
        subtasks = Subtask.rescale(subtasks, 2);
        List<String> recentMatches = new ArrayList<>();
        for (var subtask : subtasks) {
            for (int i = 1; i <= 30; i++) {
                subtask.now(NOON + i * A_WHILE);
            }
            subtask.drain().forEach(finding -> recentMatches.add(summary(finding)));
            subtask.close();
        }

        assertThat(recentMatches).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsLeftWhenTheRetentionIsOver() throws Exception {
        try (Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> enrichedReads =
                Subtask.start(Operators.readHistory(null, null), Backend.HEAP, NOON)) {
            for (int i = 0; i < 30; i++) {
                String plate = "YBC-20-" + (10 + i);
                enrichedReads.first(
                        text(enrichedRead(read("ARCO-1", "R" + i, NOON, plate)), plate));
            }
            enrichedReads.checkpoint();
            int stored = enrichedReads.keyedStateEntries();
            assertThat(stored).isPositive();
            enrichedReads.watermark(NOON + RETENTION);
            sweep(enrichedReads, 1);
            assertThat(enrichedReads.keyedStateEntries()).isEqualTo(stored);

            enrichedReads.watermark(NOON + RETENTION + 1);
            sweep(enrichedReads, 2);
            assertThat(enrichedReads.keyedStateEntries()).isZero();
            assertThat(enrichedReads.keyedTimers()).isZero();
        }
    }

    private static void sweep(
            Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> enrichedReads, int time)
            throws Exception {
        for (int second = 1; second <= 100; second++) {
            enrichedReads.now(NOON + (time * 100L + second) * 1_000);
        }
    }

    private static long key() {
        return CanonicalPlate.fold(CanonicalPlate.pack("YBC-20-61"));
    }

    private static RoutedEvent text(PassageEvent event, String plate) {
        long packed = CanonicalPlate.pack(plate);
        return new RoutedEvent.ByPlate(CanonicalPlate.fold(packed), packed, event);
    }

    private static ReferenceUpdate added(long sequence, HotlistEntry entry, long from) {
        return new ReferenceUpdate.HotlistChanged(
                new ListDelta.Added(
                        sequence, MatchTarget.of(entry), from, true, RecordPosition.UNKNOWN));
    }

    private static List<?> take(Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> enrichedReads) {
        List<Object> all = new ArrayList<>(enrichedReads.drain());
        all.addAll(enrichedReads.drain());
        return all;
    }

    private static String summary(Object output) {
        EntryEvent.ReadMatched finding = (EntryEvent.ReadMatched) output;
        return finding.entryId()
                + (finding.event() instanceof Retraction ? " end of " : " ")
                + finding.event().readKey();
    }
}
