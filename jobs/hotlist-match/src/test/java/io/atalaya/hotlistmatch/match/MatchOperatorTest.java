package io.atalaya.hotlistmatch.match;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.event.BucketChange;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.harness.Scenario;
import io.atalaya.hotlistmatch.prefilter.DeletionFilter;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.enrichedRead;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static org.assertj.core.api.Assertions.assertThat;

class MatchOperatorTest {
    private static final long KEEP = Operators.KEEP.toMillis();
    private static final long RECENT = Duration.ofMinutes(10).toMillis();

    /** All events of these tests use one bucket. */
    private static final long BUCKET = 77;

    @ParameterizedTest
    @EnumSource
    void readsAndEntriesMeetWhicheverComesFirstAlsoThroughARestore(Backend backend)
            throws Exception {
        Scenario<Probe, BucketChange, CandidateMatch> scenario =
                new Scenario<>(Operators.match(), NOON, Subtask::drain);
        HotlistEntry plate = entry("A", "LXF-001-9");
        HotlistEntry late = entry("B", "LXF-001-9");
        HotlistEntry far = entry("C", "LXF-774-3");
        scenario.second(change(plate, NOON, BucketChange.IN_FORCE))
                .second(change(far, NOON, BucketChange.IN_FORCE))
                .first(probe("R1", NOON + 1))
                .first(end("R1", NOON + 2))
                // This entry was in flight while the reads passed.
                .second(change(late, NOON, BucketChange.IN_FORCE))
                .second(change(late, NOON, BucketChange.IN_FORCE))
                // An ended version is kept for reads that arrived while it was in force.
                .second(change(plate, NOON, NOON + 3))
                .first(probe("R2", NOON + 2))
                .watermark(NOON + 3 + KEEP - 1)
                .first(probe("R3", NOON + 2))
                // The watermark can pass a read that has not been processed yet.
                .watermark(NOON + 3 + KEEP)
                .first(probe("R4", NOON + 2))
                .now(NOON + KEEP)
                .watermark(NOON + 4 + KEEP)
                .first(probe("R5", NOON + 2));

        List<Object> plainly = scenario.plainly(backend);

        assertThat(plainly)
                .extracting(MatchOperatorTest::summary)
                .containsExactly(
                        "A R1",
                        "A end of R1",
                        "B R1",
                        "B end of R1",
                        "B R1",
                        "B end of R1",
                        "A R2",
                        "B R2",
                        "A R3",
                        "B R3",
                        "A R4",
                        "B R4",
                        "B R5");
        assertThat(scenario.restarting(backend)).isEqualTo(plainly);
    }

    /**
     * Each probe is of another passage; an entry that arrives later shows which probes were stored.
     */
    @ParameterizedTest
    @EnumSource
    void aSurvivorIsKeptWhileItsFilterMayKnowMoreThanItsBucket(Backend backend) throws Exception {
        try (Subtask<Probe, BucketChange, CandidateMatch> match =
                Subtask.start(Operators.match(), backend, NOON)) {
            match.first(probe(0, "before any mark", NOON));
            match.second(new BucketChange.Mark(BUCKET + 1, 5));
            match.first(probe(4, "behind", NOON));
            match.first(probe(5, "as far", NOON));
            match.first(probe(6, "ahead", NOON));
            // An older marker does not reset the sequence.
            match.second(new BucketChange.Mark(BUCKET + 1, 4));
            match.first(probe(5, "as far as before", NOON));
            match.second(new BucketChange.Mark(BUCKET + 1, 6));
            match.first(probe(6, "not ahead any more", NOON));
            match.restart();
            match.first(probe(0, "after a restore", NOON));
            match.second(new BucketChange.Mark(BUCKET + 1, 0));
            match.first(probe(0, "after its mark", NOON));
            assertThat(match.drain()).isEmpty();

            match.second(change(entry("A", "LXF-001-9"), NOON, BucketChange.IN_FORCE));

            assertThat(match.drain())
                    .extracting(MatchOperatorTest::summary)
                    .containsExactly("A before any mark", "A ahead", "A after a restore");
        }
    }

    /** No state is written for such a probe. */
    @Test
    void aSurvivorThatIsNotAheadLeavesNothing() throws Exception {
        try (Subtask<Probe, BucketChange, CandidateMatch> match =
                Subtask.start(Operators.match(), Backend.HEAP, NOON)) {
            match.second(new BucketChange.Mark(BUCKET + 1, 5));
            match.first(probe(5, "R1", NOON));

            assertThat(match.keyedStateEntries()).isZero();
        }
    }

    /**
     * The last two texts leave both parts of their entry unchanged and probe one of its buckets
     * only.
     */
    @ParameterizedTest
    @CsvSource({
        "NKR-48-16, NKR4J16",
        "NKR-48-16, NKR4816",
        "NKR-481, NKRA481",
        "ABC-4816, ABCD4816"
    })
    void anImageThatMayDecideIsAskedAbout(String plate, String text) throws Exception {
        try (Subtask<Probe, BucketChange, CandidateMatch> match =
                Subtask.start(Operators.match(), Backend.HEAP, NOON)) {
            long listed = CanonicalPlate.pack(plate);
            LongArrayList listedUnder = new LongArrayList();
            BucketKeys.ofListed(listed, listedUnder::add);
            for (long bucket : listedUnder) {
                match.second(
                        new BucketChange.Version(
                                bucket,
                                MatchTarget.of(entry("A", plate)),
                                NOON,
                                BucketChange.IN_FORCE,
                                RecordPosition.UNKNOWN));
            }
            DeletionFilter filter = new DeletionFilter(100);
            filter.add(CanonicalPlate.fold(listed));
            long read = CanonicalPlate.pack(text);
            long folded = CanonicalPlate.fold(read);
            EnrichedRead enrichedRead = enrichedRead(read("ARCO-1", "R1", NOON + 1, text));
            LongArrayList probed = new LongArrayList();
            BucketKeys.ofRead(folded, filter.near(folded), probed::add);
            for (long bucket : probed) {
                match.first(new Probe(bucket, read, Probe.ANY, enrichedRead).with("/9j/4AAQ"));
            }

            assertThat(match.drain())
                    .singleElement()
                    .satisfies(
                            candidateMatch -> {
                                assertThat(candidateMatch.ocrRequest().image())
                                        .isEqualTo("/9j/4AAQ");
                                assertThat(candidateMatch.ocrRequest().plate()).isEqualTo(listed);
                                assertThat(
                                                ((EnrichedRead)
                                                                candidateMatch
                                                                        .readMatched()
                                                                        .event())
                                                        .ocrResult())
                                        .isNull();
                            });
        }
    }

    /** Both parts of the plate are unchanged, so a look-alike may match twice. */
    @Test
    void aReadThatIsInBothBucketsOfItsEntryIsAskedAboutOnce() throws Exception {
        try (Subtask<Probe, BucketChange, CandidateMatch> match =
                Subtask.start(Operators.match(), Backend.HEAP, NOON)) {
            long read = CanonicalPlate.pack("NKR-48-1G");
            LongArrayList buckets = new LongArrayList();
            BucketKeys.ofListed(CanonicalPlate.pack("NKR-48-16"), buckets::add);
            for (long bucket : buckets) {
                match.second(
                        new BucketChange.Version(
                                bucket,
                                MatchTarget.of(entry("A", "NKR-48-16")),
                                NOON,
                                BucketChange.IN_FORCE,
                                RecordPosition.UNKNOWN));
            }
            EnrichedRead enrichedRead =
                    enrichedRead(read("ARCO-1", "R1", NOON + 1, "NKR-48-1G", 0.5));
            for (long bucket : buckets) {
                match.first(new Probe(bucket, read, Probe.ANY, enrichedRead).with("/9j/4AAQ"));
            }
            assertThat(buckets.size()).isEqualTo(2);
            assertThat(match.drain()).hasSize(1);

            for (long bucket : buckets) {
                match.first(new Probe(bucket, read, Probe.ANY, enrichedRead));
            }
            assertThat(match.drain()).as("without an image it is emitted twice").hasSize(2);
        }
    }

    /** A batch has one arrival time; its versions may differ in fields that buckets do not hold. */
    @Test
    void aVersionThatFollowsItsEqualAtOnceStaysInForce() throws Exception {
        try (Subtask<Probe, BucketChange, CandidateMatch> match =
                Subtask.start(Operators.match(), Backend.HEAP, NOON)) {
            HotlistEntry plate = entry("A", "LXF-001-9");
            match.second(change(plate, NOON, BucketChange.IN_FORCE));
            match.second(change(plate, NOON, NOON));
            match.second(change(plate, NOON, BucketChange.IN_FORCE));
            match.watermark(NOON + KEEP);
            match.first(probe("R1", NOON + KEEP));

            assertThat(match.drain()).hasSize(1);
            match.second(change(plate, NOON, NOON + KEEP));
            match.watermark(NOON + 2 * KEEP);
            match.now(NOON + 2 * KEEP);
            match.first(probe("R2", NOON + 2 * KEEP));
            assertThat(match.drain()).isEmpty();
        }
    }

    /** Expired probes are removed while others are processed, as many as one access visits. */
    @Test
    void nothingIsLeftOfEndedEntriesAndOldSurvivors() throws Exception {
        try (Subtask<Probe, BucketChange, CandidateMatch> match =
                Subtask.start(Operators.match(), Backend.HEAP, NOON)) {
            MatchTarget listed = MatchTarget.of(entry("A", "LXF-001-9"));
            for (long bucket = 0; bucket < 40; bucket++) {
                match.second(
                        new BucketChange.Version(
                                bucket,
                                listed,
                                NOON,
                                BucketChange.IN_FORCE,
                                RecordPosition.UNKNOWN));
                match.first(new Probe(bucket, listed.plate(), 1, event("R1", NOON)));
                match.second(
                        new BucketChange.Version(
                                bucket, listed, NOON, NOON + 5, RecordPosition.UNKNOWN));
                // The end of a version that is no longer stored.
                match.second(
                        new BucketChange.Version(
                                bucket + 1_000, listed, NOON, NOON + 5, RecordPosition.UNKNOWN));
            }
            assertThat(match.keyedStateEntries()).isEqualTo(120);
            match.watermark(NOON + 5 + KEEP);
            match.now(NOON + KEEP);
            assertThat(match.keyedStateEntries()).isEqualTo(40);
            assertThat(match.keyedTimers()).isZero();

            match.now(NOON + RECENT + 1);
            for (int i = 0; i < 1_000; i++) {
                match.first(new Probe(BUCKET, listed.plate(), 1, event("R2", NOON)));
            }
            assertThat(match.keyedStateEntries()).isEqualTo(1);
        }
    }

    private static BucketChange change(HotlistEntry entry, long from, long to) {
        return new BucketChange.Version(
                BUCKET, MatchTarget.of(entry), from, to, RecordPosition.UNKNOWN);
    }

    private static Probe probe(String readId, long arrival) {
        return probe(1, readId, arrival);
    }

    private static Probe probe(long applied, String readId, long arrival) {
        return new Probe(BUCKET, CanonicalPlate.pack("LXF-001-9"), applied, event(readId, arrival));
    }

    private static PassageEvent event(String readId, long arrival) {
        return enrichedRead(read("ARCO-1", readId, arrival, "LXF-001-9"));
    }

    private static Probe end(String readId, long at) {
        return new Probe(
                BUCKET,
                CanonicalPlate.pack("LXF-001-9"),
                1,
                new Retraction(
                        "ARCO-1",
                        "ARCO-1/" + readId,
                        "ARCO-1/" + readId,
                        at,
                        false,
                        0,
                        RecordPosition.UNKNOWN));
    }

    private static String summary(Object output) {
        EntryEvent.ReadMatched finding = ((CandidateMatch) output).readMatched();
        return finding.entryId()
                + (finding.event() instanceof Retraction ? " end of " : " ")
                + finding.event().readKey().substring("ARCO-1/".length());
    }
}
