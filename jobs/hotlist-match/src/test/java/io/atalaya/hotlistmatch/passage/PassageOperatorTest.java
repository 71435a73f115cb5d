package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.harness.Scenario;
import io.atalaya.hotlistmatch.match.Probe;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.enrichedRead;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.pattern;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static io.atalaya.hotlistmatch.TestRecords.revision;
import static io.atalaya.hotlistmatch.TestRecords.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;

class PassageOperatorTest {
    private static final long KEEP = Operators.KEEP.toMillis();
    private static final long MEMORY = Operators.MEMORY.toMillis();

    @ParameterizedTest
    @EnumSource
    void remembersWhatADeviceSentAndWhatIsListedAlsoAfterARestore(Backend backend)
            throws Exception {
        Scenario<EnrichedRead, ListDelta, RoutedEvent> scenario =
                new Scenario<>(Operators.passage(100), NOON, PassageOperatorTest::take);
        long end = NOON + 20;
        scenario.second(added(1, entry("A", "LXF-001-9")))
                .second(added(2, pattern("P", "GHK?9*")))
                .first(enrichedRead(read("ARCO-1", "R1", NOON + 1, "LXF-001-9")))
                // A second delivery, and another device's read with the same id.
                .first(enrichedRead(read("ARCO-1", "R1", NOON + 2, "LXF-001-9")))
                .first(enrichedRead(read("ARCO-2", "R1", NOON + 3, "YBC-20-61")))
                // A revision, and a revision of that.
                .first(enrichedRead(revision("ARCO-1", "R2", NOON + 4, "LXF-00I-8", "R1")))
                .first(enrichedRead(revision("ARCO-1", "R3", NOON + 5, "YBC-20-61", "R2")))
                // A withdrawal by id alone, sent twice, and one that arrives before its read.
                .first(enrichedRead(withdrawal("ARCO-2", "R1", NOON + 6)))
                .first(enrichedRead(withdrawal("ARCO-2", "R1", NOON + 7)))
                .first(enrichedRead(withdrawal("ARCO-2", "R9", NOON + 8)))
                .first(enrichedRead(read("ARCO-2", "R9", NOON + 9, "LXF-001-9")))
                .first(enrichedRead(read("ARCO-2", "R10", NOON + 10, "GHK-591")))
                // An ended pattern still matches reads that arrived before its end.
                .second(
                        new ListDelta.Removed(
                                3,
                                listed(pattern("P", "GHK?9*")),
                                NOON,
                                end,
                                RecordPosition.UNKNOWN))
                .first(enrichedRead(read("ARCO-2", "R11", NOON + 11, "GHK-592")))
                // The watermark can pass a read that has not been processed yet.
                .watermark(end + KEEP + 1)
                .first(enrichedRead(read("ARCO-2", "R12", NOON + 12, "GHK-593")));

        List<Object> plainly = scenario.plainly(backend);

        assertThat(plainly.stream().map(PassageOperatorTest::summary).distinct())
                .containsExactly(
                        "ARCO-1/R1 LXF0019",
                        "ARCO-1/R1 LXF0019 survives",
                        "ARCO-2/R1 YBC2061",
                        "end of ARCO-1/R1 LXF0019",
                        "ARCO-1/R2 LXF0018",
                        "end of ARCO-1/R1 LXF0019 survives",
                        "end of ARCO-1/R2 LXF0018",
                        "ARCO-1/R3 YBC2061",
                        "end of ARCO-1/R2 LXF0018 survives",
                        "end of ARCO-2/R1 YBC2061",
                        "end of ARCO-2/R1 YBC2061 survives",
                        "ARCO-2/R10 GHK591",
                        "P found ARCO-2/R10",
                        "ARCO-2/R11 GHK592",
                        "P found ARCO-2/R11",
                        "ARCO-2/R12 GHK593",
                        "P found ARCO-2/R12");
        assertThat(plainly)
                .filteredOn(RoutedEvent.ByPlate.class::isInstance)
                .extracting(text -> ((RoutedEvent.ByPlate) text).event().passageId())
                .startsWith("ARCO-1/R1", "ARCO-2/R1", "ARCO-1/R1", "ARCO-1/R1", "ARCO-1/R1");
        assertThat(scenario.restarting(backend)).isEqualTo(plainly);
    }

    @Test
    void anEndedPatternIsForgottenWhenBothClocksHavePassedIt() throws Exception {
        try (Subtask<EnrichedRead, ListDelta, RoutedEvent> passage =
                Subtask.start(Operators.passage(100), Backend.HEAP, NOON)) {
            MatchTarget pattern = listed(pattern("P", "GHK?9*"));
            passage.second(added(1, pattern("P", "GHK?9*")));
            passage.second(
                    new ListDelta.Removed(2, pattern, NOON, NOON + 20, RecordPosition.UNKNOWN));
            passage.watermark(NOON + 20 + KEEP + 1);
            passage.now(NOON + KEEP);
            passage.watermark(NOON + 20 + KEEP + 2);
            take(passage);
            passage.first(enrichedRead(read("ARCO-2", "R1", NOON + 1, "GHK-591")));
            assertThat(take(passage))
                    .extracting(PassageOperatorTest::summary)
                    .containsExactly("ARCO-2/R1 GHK591", "P found ARCO-2/R1");

            passage.now(NOON + KEEP + 1);
            passage.watermark(NOON + 20 + KEEP + 3);
            take(passage);
            passage.first(enrichedRead(read("ARCO-2", "R2", NOON + 2, "GHK-592")));
            assertThat(take(passage))
                    .extracting(PassageOperatorTest::summary)
                    .containsExactly("ARCO-2/R2 GHK592");
        }
    }

    @Test
    void aReadSaysWhatItsFilterKnew() throws Exception {
        try (Subtask<EnrichedRead, ListDelta, RoutedEvent> passage =
                Subtask.start(Operators.passage(100), Backend.HEAP, NOON)) {
            passage.first(enrichedRead(read("ARCO-1", "R1", NOON, "LXF-001-9")));
            passage.second(added(7, entry("A", "LXF-001-9")));
            passage.first(enrichedRead(read("ARCO-1", "R2", NOON, "LXF-001-9")));
            passage.second(added(8, entry("B", "NKR-48-16")));
            passage.first(enrichedRead(withdrawal("ARCO-1", "R1", NOON + 1)));

            assertThat(
                            passage.drain(PassageOperator.PROBES).stream()
                                    .map(Probe::applied)
                                    .distinct())
                    .containsExactly(7L, 8L);
        }
    }

    @Test
    void noVehicleReadsAreSentWithoutConvoys() throws Exception {
        try (Subtask<EnrichedRead, ListDelta, RoutedEvent> passage =
                Subtask.start(Operators.passage(100, false), Backend.HEAP, NOON)) {
            passage.first(enrichedRead(read("ARCO-1", "R1", NOON, "LXF-001-9")));

            assertThat(passage.drain(PassageOperator.VEHICLE_READS)).isEmpty();
            assertThat(passage.drain()).hasSize(1);
        }
    }

    /** Images are most of a read's bytes, and the read history stores the read. */
    @Test
    void anImageGoesOnWithASurvivorAloneAndBesideTheRead() throws Exception {
        try (Subtask<EnrichedRead, ListDelta, RoutedEvent> passage =
                Subtask.start(Operators.passage(100), Backend.HEAP, NOON)) {
            passage.second(added(1, entry("A", "LXF-001-9")));
            passage.first(enrichedRead(read("ARCO-1", "R1", NOON, "LXF-001-9").withImage("/9j/")));
            passage.first(enrichedRead(read("ARCO-1", "R2", NOON, "YBC-20-61").withImage("/9j/")));

            assertThat(passage.drain(PassageOperator.PROBES))
                    .isNotEmpty()
                    .allSatisfy(
                            probe -> {
                                assertThat(probe.image()).isEqualTo("/9j/");
                                assertThat(plateImage(probe.event())).isNull();
                            });
            assertThat(passage.drain())
                    .hasSize(2)
                    .allSatisfy(
                            route ->
                                    assertThat(plateImage(((RoutedEvent.ByPlate) route).event()))
                                            .isNull());
        }
    }

    private static String plateImage(PassageEvent event) {
        return ((EnrichedRead) event).read().plateImage();
    }

    @Test
    void marksItsProgressOnTheReadsOwnEdgeToEverySubtask() throws Exception {
        try (Subtask<EnrichedRead, ListDelta, RoutedEvent> second =
                Subtask.start(Operators.passage(100), Backend.HEAP, NOON, 3, 1)) {
            second.second(added(1, entry("A", "LXF-001-9")));
            second.now(NOON + 1);
            second.second(added(2, entry("B", "NKR-48-16")));
            assertThat(second.drain()).isEmpty();
            second.now(NOON + 20);

            assertThat(second.drain())
                    .allSatisfy(
                            route ->
                                    assertThat(route)
                                            .isInstanceOfSatisfying(
                                                    RoutedEvent.Progress.class,
                                                    mark -> {
                                                        assertThat(mark.from()).isEqualTo(1);
                                                        assertThat(mark.sequence()).isEqualTo(2);
                                                    }))
                    .extracting(route -> Subtask.of(route.key(), 3))
                    .containsExactly(0, 1, 2);
        }
    }

    /** Subtask 0 writes the filter for all; the reads of devices are keyed state. */
    @ParameterizedTest
    @EnumSource
    void rescalesUpAndDown(Backend backend) throws Exception {
        List<Subtask<EnrichedRead, ListDelta, RoutedEvent>> subtasks =
                List.of(Subtask.start(Operators.passage(100), backend, NOON));
        subtasks.get(0).second(added(1, entry("A", "LXF-001-9")));
        subtasks.get(0).second(added(2, pattern("P", "GHK?9*")));
        List<String> devices = IntStream.range(0, 20).mapToObj(i -> "ARCO-" + i).toList();
        for (String device : devices) {
            subtasks.get(0).first(enrichedRead(read(device, "R1", NOON, "YBC-20-61")));
        }
        for (int parallelism : new int[] {2, 3, 1}) {
            subtasks = Subtask.rescale(subtasks, parallelism);
            String readId = "R-at-" + parallelism;
            for (String device : devices) {
                var subtask = subtasks.get(Subtask.of(device, parallelism));
                subtask.drain();
                subtask.drain(PassageOperator.PATTERN_MATCHES);
                subtask.first(enrichedRead(read(device, "R1", NOON + 1, "YBC-20-61")));
                assertThat(subtask.drain()).as("remembered at %d", parallelism).isEmpty();
                subtask.first(enrichedRead(read(device, readId, NOON + 2, "LXF-001-9")));
                assertThat(subtask.drain(PassageOperator.PROBES))
                        .extracting(PassageOperatorTest::summary)
                        .containsOnly(device + "/" + readId + " LXF0019 survives");
                subtask.first(enrichedRead(read(device, readId + "p", NOON + 2, "GHK-591")));
                assertThat(subtask.drain(PassageOperator.PATTERN_MATCHES)).hasSize(1);
            }
        }
        subtasks.forEach(Subtask::close);
    }

    @Test
    void aSilentDeviceIsForgottenButNotWhileItIsCaughtUpWith() throws Exception {
        try (Subtask<EnrichedRead, ListDelta, RoutedEvent> passage =
                Subtask.start(Operators.passage(100), Backend.HEAP, NOON)) {
            for (int i = 0; i < 30; i++) {
                passage.first(enrichedRead(read("ARCO-" + i, "R1", NOON, "LXF-001-9")));
            }
            passage.first(enrichedRead(read("ARCO-0", "R2", NOON + 1_000, "LXF-001-9")));
            passage.restart();
            assertThat(passage.keyedStateEntries()).isEqualTo(30);
            assertThat(passage.keyedTimers()).isEqualTo(30);

            passage.watermark(NOON + MEMORY + KEEP - 1);
            passage.restart();
            assertThat(passage.keyedStateEntries()).isEqualTo(30);

            passage.watermark(NOON + MEMORY + KEEP);
            passage.restart();
            assertThat(passage.keyedStateEntries()).isEqualTo(1);
            assertThat(passage.keyedTimers()).isEqualTo(1);

            passage.watermark(NOON + 1_000 + MEMORY + KEEP);
            passage.restart();
            assertThat(passage.keyedStateEntries()).isZero();
            assertThat(passage.keyedTimers()).isZero();
        }
    }

    /** Each checkpoint adds a chunk of a device's reads; old chunks are removed. */
    @ParameterizedTest
    @EnumSource
    void whatADeviceSentIsStoredForItsTimeOnly(Backend backend) throws Exception {
        long second = 1_000;
        try (Subtask<EnrichedRead, ListDelta, RoutedEvent> passage =
                Subtask.start(Operators.passage(100), backend, NOON)) {
            long full = 0;
            for (long at = second; at <= 4 * MEMORY; at += 10 * second) {
                passage.watermark(NOON + at);
                passage.first(enrichedRead(read("ARCO-1", "R" + at, NOON + at, "LXF-001-9")));
                if (at % (60 * second) == second) {
                    long bytes = passage.checkpoint();
                    if (at == MEMORY + second) {
                        full = bytes;
                    }
                }
            }
            assertThat(passage.checkpoint()).isBetween(full / 2, full * 11 / 10);

            passage.restart();
            passage.drain();
            long last = 4 * MEMORY - 9 * second;
            for (long at = last - MEMORY + 10 * second; at <= last; at += 10 * second) {
                passage.first(enrichedRead(read("ARCO-1", "R" + at, NOON + last, "LXF-001-9")));
            }
            assertThat(passage.drain()).isEmpty();
            passage.first(enrichedRead(read("ARCO-1", "R" + second, NOON + last, "LXF-001-9")));
            assertThat(passage.drain()).hasSize(1);
        }
    }

    private static MatchTarget listed(HotlistEntry entry) {
        return MatchTarget.of(entry);
    }

    private static ListDelta added(long sequence, HotlistEntry entry) {
        return new ListDelta.Added(sequence, listed(entry), NOON, true, RecordPosition.UNKNOWN);
    }

    /** Sets {@code applied} to 0, because sequences count within one run only. */
    private static List<?> take(Subtask<EnrichedRead, ListDelta, RoutedEvent> passage) {
        List<Object> all = new ArrayList<>();
        for (RoutedEvent route : passage.drain()) {
            if (route instanceof RoutedEvent.ByPlate) {
                all.add(route);
            }
        }
        for (Probe probe : passage.drain(PassageOperator.PROBES)) {
            all.add(new Probe(probe.bucket(), probe.plate(), 0, probe.event()));
        }
        all.addAll(passage.drain(PassageOperator.PATTERN_MATCHES));
        return all;
    }

    private static String summary(Object output) {
        if (output instanceof EntryEvent.ReadMatched finding) {
            return finding.entryId() + " found " + finding.event().readKey();
        }
        if (output instanceof Probe probe) {
            return summary(probe.event(), probe.plate()) + " survives";
        }
        RoutedEvent.ByPlate text = (RoutedEvent.ByPlate) output;
        return summary(text.event(), text.plate());
    }

    private static String summary(PassageEvent event, long plate) {
        return "%s%s %s"
                .formatted(
                        event instanceof Retraction ? "end of " : "",
                        event.readKey(),
                        CanonicalPlate.text(plate));
    }
}
