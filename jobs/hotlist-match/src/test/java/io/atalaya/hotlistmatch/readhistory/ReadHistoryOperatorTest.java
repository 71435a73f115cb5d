package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.harness.Scenario;
import io.atalaya.hotlistmatch.match.BucketKeys;
import io.atalaya.hotlistmatch.match.Probe;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.exact;
import static io.atalaya.hotlistmatch.TestRecords.pattern;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static io.atalaya.hotlistmatch.TestRecords.sighting;
import static org.assertj.core.api.Assertions.assertThat;

class ReadHistoryOperatorTest {
    private static final long RETENTION = Operators.RETENTION.toMillis();

    /** Longer than any pause between slices. */
    private static final long A_WHILE = 100;

    @ParameterizedTest
    @EnumSource
    void keepsThePastAndTheLooksIntoItAlsoThroughARestore(Backend backend) throws Exception {
        Scenario<RoutedEvent, ReferenceUpdate, Probe> scenario =
                new Scenario<>(Operators.sightings(), NOON, ReadHistoryOperatorTest::take);
        EnrichedRead exact = sighting(read("ARCO-1", "R1", NOON + 1, "YBC-20-61"));
        EnrichedRead misread = sighting(read("ARCO-1", "R2", NOON + 2, "Y8C-20-61"));
        EnrichedRead withdrawn = sighting(read("ARCO-1", "R3", NOON + 3, "YBC-20-61"));
        Retraction end =
                new Retraction(
                        "ARCO-1",
                        "ARCO-1/R3",
                        "ARCO-1/R3",
                        NOON + 4,
                        false,
                        0,
                        RecordPosition.UNKNOWN);
        EnrichedRead other = sighting(read("ARCO-1", "R5", NOON + 5, "GHK-59-12"));
        EnrichedRead old = sighting(read("ARCO-1", "R6", NOON - RETENTION, "YBC-20-61"));
        scenario.first(text(old, "YBC-20-61", false))
                .first(text(exact, "YBC-20-61", false))
                .first(text(misread, "Y8C-20-61", true))
                .first(text(withdrawn, "YBC-20-61", false))
                .first(text(end, "YBC-20-61", false))
                .first(text(other, "GHK-59-12", false))
                .second(added(1, entry("A", "YBC-20-61"), NOON + 6))
                .second(added(2, pattern("P", "GHK?9*"), NOON + 7))
                .first(text(sighting(read("ARCO-2", "R7", NOON + 8, "GHK-59-1")), "GHK-59-1", true))
                .first(new RoutedEvent.Progress(0, 0, 2))
                .now(NOON + A_WHILE)
                .now(NOON + 2 * A_WHILE);

        List<Object> plainly = scenario.plainly(backend);

        assertThat(plainly)
                .filteredOn(EntryEvent.ReadMatched.class::isInstance)
                .extracting(ReadHistoryOperatorTest::summary)
                .containsExactlyInAnyOrder(
                        "A ARCO-1/R1",
                        "A ARCO-1/R2",
                        "A ARCO-1/R3",
                        "A end of ARCO-1/R3",
                        "P ARCO-2/R7");
        assertThat(plainly)
                .filteredOn(Probe.class::isInstance)
                .extracting(probe -> ((Probe) probe).event().readKey())
                .containsOnly("ARCO-1/R2", "ARCO-2/R7");
        assertThat(scenario.restarting(backend)).containsExactlyInAnyOrderElementsOf(plainly);
    }

    /** More than gather on the heap, so that some are written by their number. */
    @ParameterizedTest
    @EnumSource
    void whatGathersIsFoundAlsoThroughARestore(Backend backend) throws Exception {
        try (Subtask<RoutedEvent, ReferenceUpdate, Probe> sightings =
                Subtask.start(Operators.sightings(), backend, NOON)) {
            int many = 9_000;
            for (int i = 0; i < many; i++) {
                String plate = "YBC" + (1_000 + i);
                String readId = "R" + i;
                sightings.first(text(sighting(read("ARCO-1", readId, NOON, plate)), plate, false));
            }
            EnrichedRead again = sighting(read("ARCO-2", "R1", NOON + 1, "YBC1001"));
            sightings.first(text(again, "YBC1001", false));
            look(sightings, 1);
            List<String> found = List.of("A ARCO-1/R1", "A ARCO-2/R1");
            assertThat(sightings.take(ReadHistoryOperator.PAST_FINDINGS))
                    .extracting(ReadHistoryOperatorTest::summary)
                    .containsAll(found);

            sightings.restart();
            look(sightings, 2);
            assertThat(sightings.take(ReadHistoryOperator.PAST_FINDINGS))
                    .extracting(ReadHistoryOperatorTest::summary)
                    .containsAll(found);
        }
    }

    private static void look(Subtask<RoutedEvent, ReferenceUpdate, Probe> sightings, long sequence)
            throws Exception {
        sightings.second(added(sequence, entry("A", "YBC1001"), NOON + 2));
        sightings.first(new RoutedEvent.Progress(0, 0, sequence));
        sightings.now(NOON + sequence * A_WHILE);
        sightings.now(NOON + (sequence + 1) * A_WHILE);
    }

    @Test
    void aLookWaitsForTheMarkOfEveryFilter() throws Exception {
        try (Subtask<RoutedEvent, ReferenceUpdate, Probe> sightings =
                Subtask.start(Operators.sightings(), Backend.HEAP, NOON, 2, Subtask.of(key(), 2))) {
            EnrichedRead missed = sighting(read("ARCO-1", "R1", NOON + 1, "YBC-20-61"));
            sightings.first(text(missed, "YBC-20-61", false));
            sightings.second(added(5, entry("A", "YBC-20-61"), NOON));
            sightings.first(new RoutedEvent.Progress(key(), 0, 5));
            sightings.first(new RoutedEvent.Progress(key(), 1, 4));
            sightings.now(NOON + A_WHILE);
            assertThat(sightings.take(ReadHistoryOperator.PAST_FINDINGS)).isEmpty();

            EnrichedRead held = sighting(read("ARCO-2", "R1", NOON + 2, "YBC-20-61"));
            sightings.first(text(held, "YBC-20-61", false));
            sightings.first(new RoutedEvent.Progress(key(), 1, 5));
            sightings.now(NOON + 2 * A_WHILE);
            assertThat(sightings.take(ReadHistoryOperator.PAST_FINDINGS))
                    .extracting(ReadHistoryOperatorTest::summary)
                    .containsExactlyInAnyOrder("A ARCO-1/R1", "A ARCO-2/R1");
        }
    }

    /** Its predecessor may not have shown it: another priority, other looks. */
    @Test
    void aVersionThatLooksForTheSameMeetsReadsOfItsOwnTimeThatCameBeforeIt() throws Exception {
        try (Subtask<RoutedEvent, ReferenceUpdate, Probe> sightings =
                Subtask.start(Operators.sightings(), Backend.HEAP, NOON)) {
            EnrichedRead before = sighting(read("ARCO-1", "R1", NOON - 1, "YBC-20-61"));
            EnrichedRead since = sighting(read("ARCO-2", "R2", NOON, "YBC-20-61"));
            sightings.first(text(before, "YBC-20-61", false));
            sightings.first(text(since, "YBC-20-61", false));
            sightings.second(
                    new ReferenceUpdate.HotlistChanged(
                            new ListDelta.Added(
                                    1,
                                    MatchTarget.of(entry("A", "YBC-20-61")),
                                    NOON,
                                    false,
                                    RecordPosition.UNKNOWN)));
            sightings.first(new RoutedEvent.Progress(0, 0, 1));
            sightings.now(NOON + A_WHILE);

            assertThat(sightings.take(ReadHistoryOperator.PAST_FINDINGS))
                    .extracting(ReadHistoryOperatorTest::summary)
                    .containsExactly("A ARCO-2/R2");
        }
    }

    /** Every subtask has every look, for its own plates; none is done twice. */
    @ParameterizedTest
    @EnumSource
    void looksThatAreDueSurviveRescaling(Backend backend) throws Exception {
        List<Subtask<RoutedEvent, ReferenceUpdate, Probe>> subtasks =
                List.of(Subtask.start(Operators.sightings(), backend, NOON));
        for (int i = 0; i < 30; i++) {
            String plate = "YBC-20-" + (10 + i);
            subtasks.get(0)
                    .first(text(sighting(read("ARCO-1", "R" + i, NOON, plate)), plate, false));
            subtasks.get(0).second(added(i + 1, exact("E" + i, plate), NOON + 1));
        }
        for (int parallelism : new int[] {2, 3, 1}) {
            subtasks = Subtask.rescale(subtasks, parallelism);
        }
        subtasks = Subtask.rescale(subtasks, 2);
        List<String> found = new ArrayList<>();
        for (var subtask : subtasks) {
            for (int i = 1; i <= 30; i++) {
                subtask.now(NOON + i * A_WHILE);
            }
            subtask.take(ReadHistoryOperator.PAST_FINDINGS)
                    .forEach(finding -> found.add(summary(finding)));
            subtask.close();
        }

        assertThat(found).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsLeftWhenTheRetentionIsOver() throws Exception {
        try (Subtask<RoutedEvent, ReferenceUpdate, Probe> sightings =
                Subtask.start(Operators.sightings(), Backend.HEAP, NOON)) {
            for (int i = 0; i < 30; i++) {
                String plate = "YBC-20-" + (10 + i);
                sightings.first(text(sighting(read("ARCO-1", "R" + i, NOON, plate)), plate, true));
            }
            sightings.watermark(NOON + RETENTION);
            sweep(sightings, 1);
            assertThat(sightings.keyedStateEntries()).isEqualTo(30);

            sightings.watermark(NOON + RETENTION + 1);
            sweep(sightings, 2);
            assertThat(sightings.keyedStateEntries()).isZero();
            assertThat(sightings.keyedTimers()).isZero();
        }
    }

    private static void sweep(Subtask<RoutedEvent, ReferenceUpdate, Probe> sightings, int time)
            throws Exception {
        for (int second = 1; second <= 100; second++) {
            sightings.now(NOON + (time * 100L + second) * 1_000);
        }
    }

    private static long key() {
        return CanonicalPlate.fold(CanonicalPlate.pack("YBC-20-61"));
    }

    private static RoutedEvent text(PassageEvent event, String plate, boolean survivor) {
        long packed = CanonicalPlate.pack(plate);
        return new RoutedEvent.ByPlate(
                CanonicalPlate.fold(packed),
                packed,
                survivor ? BucketKeys.EVERYWHERE : 0,
                1,
                event);
    }

    private static ReferenceUpdate added(long sequence, HotlistEntry entry, long from) {
        return new ReferenceUpdate.HotlistChanged(
                new ListDelta.Added(
                        sequence, MatchTarget.of(entry), from, true, RecordPosition.UNKNOWN));
    }

    private static List<?> take(Subtask<RoutedEvent, ReferenceUpdate, Probe> sightings) {
        List<Object> all = new ArrayList<>(sightings.take());
        all.addAll(sightings.take(ReadHistoryOperator.PAST_FINDINGS));
        return all;
    }

    private static String summary(Object output) {
        EntryEvent.ReadMatched finding = (EntryEvent.ReadMatched) output;
        return finding.entryId()
                + (finding.event() instanceof Retraction ? " end of " : " ")
                + finding.event().readKey();
    }
}
