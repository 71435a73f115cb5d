package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.alert.CloneEvidence;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.harness.Scenario;
import io.atalaya.hotlistmatch.readhistory.ReadHistoryOperator;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static io.atalaya.hotlistmatch.crosscheck.clonedplate.Town.KEY;
import static io.atalaya.hotlistmatch.crosscheck.clonedplate.Town.NOON;
import static io.atalaya.hotlistmatch.crosscheck.clonedplate.Town.retraction;
import static io.atalaya.hotlistmatch.crosscheck.clonedplate.Town.seen;
import static io.atalaya.hotlistmatch.crosscheck.clonedplate.Town.tag;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests the detector inside the read history operator. */
class ClonedPlateDetectorOperatorTest {
    private static final int DAY_S = 24 * 60 * 60;
    private static final long AFTER_WAIT = NOON + Town.TAG_WAIT.toMillis();
    private static final long IDLE = 3_000 + Town.TAG_WAIT.toMillis();

    @ParameterizedTest
    @EnumSource
    void findsRevisesAndTakesBackAlsoThroughARestore(Backend backend) throws Exception {
        Scenario<RoutedEvent, ReferenceUpdate, EntryEvent> scenario =
                new Scenario<>(
                        Operators.readHistory(),
                        NOON,
                        ClonedPlateDetectorOperatorTest::takeAsObjects);
        Town.arches().forEach(arch -> scenario.second(registered(arch)));
        scenario.first(text(seen("A", "1", 0)))
                .first(text(seen("C", "2", 60)))
                .watermark(AFTER_WAIT + 61_000)
                .first(text(seen("A", "3", 120)))
                .watermark(AFTER_WAIT + 121_000)
                .first(text(retraction("C", "2", 180)))
                .watermark(AFTER_WAIT + 181_000);

        List<Object> plainly = scenario.plainly(backend);

        assertThat(plainly)
                .extracting(each -> summary((CrossCheckFinding) each))
                .containsExactly(
                        "60500 NEW [1, 2] 1 pair(s)",
                        "120500 NEW [1, 2, 3] 2 pair(s)",
                        "180500 CANCELLED [1, 2, 3] 2 pair(s)");
        assertThat(plainly)
                .extracting(each -> ((CrossCheckFinding) each).alertId())
                .containsOnly(((CrossCheckFinding) plainly.get(0)).alertId());
        assertThat(scenario.restarting(backend)).isEqualTo(plainly);
    }

    @Test
    void emitsNothingBeforeTheWatermark() throws Exception {
        try (var enrichedReads = start()) {
            enrichedReads.first(text(seen("A", "1", 0)));
            enrichedReads.first(text(seen("C", "3", 120)));
            enrichedReads.watermark(AFTER_WAIT + 120_000);
            assertThat(take(enrichedReads)).isEmpty();
            // It is processed later but had arrived before, so the first pair is a different one.
            enrichedReads.first(text(seen("D", "2", 90, 110, 0.95, null)));
            enrichedReads.watermark(AFTER_WAIT + 121_000);
            assertThat(take(enrichedReads))
                    .extracting(ClonedPlateDetectorOperatorTest::summary)
                    .containsExactly(
                            "110500 NEW [1, 2] 1 pair(s)", "120500 NEW [1, 2, 3] 2 pair(s)");
        }
    }

    @Test
    void whateverTheOrderOfTheDevicesTheLastRevisionIsTheSame() throws Exception {
        List<PassageEvent> events =
                List.of(
                        seen("A", "1", 0),
                        seen("B", "2", 400),
                        seen("D", "3", 430),
                        seen("A", "4", 700),
                        seen("C", "5", 200, 760, 0.95, null),
                        retraction("D", "3", 800),
                        seen("B", "6", 1_000),
                        seen("D", "7", DAY_S + 2_000),
                        seen("A", "8", DAY_S + 2_060));
        Map<String, CrossCheckFinding> expected = null;
        for (int seed = 0; seed < 30; seed++) {
            List<PassageEvent> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, new Random(seed));
            try (var enrichedReads = start()) {
                for (PassageEvent event : shuffled) {
                    enrichedReads.first(text(event));
                }
                enrichedReads.watermark(NOON + (DAY_S + 3_000) * 1_000L);
                Map<String, CrossCheckFinding> last = new TreeMap<>();
                take(enrichedReads).forEach(each -> last.put(each.alertId(), each));
                if (expected == null) {
                    expected = last;
                    assertThat(expected).hasSize(2);
                }
                assertThat(last).isEqualTo(expected);
            }
        }
    }

    /**
     * A source that was considered idle has more reads, so findings emitted without them are
     * retracted.
     */
    @Test
    void aClockThatWasAheadLeavesNoTrace() throws Exception {
        List<PassageEvent> events =
                List.of(
                        seen("A", "1", 0),
                        seen("C", "2", 60),
                        seen("A", "3", 120),
                        seen("D", "4", 150),
                        retraction("A", "3", 200),
                        seen("B", "5", 210),
                        seen("D", "6", 230));
        Map<String, String> expected = null;
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            List<PassageEvent> shuffled = new ArrayList<>(events);
            if (seed > 0) {
                Collections.shuffle(shuffled, random);
            }
            Map<String, CrossCheckFinding> last = new TreeMap<>();
            try (var enrichedReads = start()) {
                long clock = NOON;
                for (PassageEvent event : shuffled) {
                    enrichedReads.first(text(event));
                    if (seed > 0 && random.nextBoolean()) {
                        clock = Math.max(clock, NOON + random.nextInt(300_000));
                        enrichedReads.watermark(clock);
                    }
                    take(enrichedReads).forEach(each -> last.put(each.alertId(), each));
                }
                enrichedReads.watermark(AFTER_WAIT + 301_000);
                take(enrichedReads).forEach(each -> last.put(each.alertId(), each));
            }
            Map<String, String> standing = new TreeMap<>();
            last.values().stream()
                    .filter(each -> !each.isCancelled())
                    .forEach(each -> standing.put(each.alertId(), said(each)));
            if (expected == null) {
                expected = standing;
                assertThat(expected).hasSize(1);
            }
            assertThat(standing).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static String said(CrossCheckFinding clone) {
        return clone.derivedAlert().causedAt() + " " + clone.derivedAlert().evidence();
    }

    @Test
    void aWatermarkThatStandsStillHoldsNothingBack() throws Exception {
        try (var enrichedReads = start()) {
            enrichedReads.watermark(NOON);
            enrichedReads.first(text(seen("A", "1", 0)));
            enrichedReads.first(text(seen("C", "2", 60)));
            enrichedReads.now(NOON + Town.TAG_WAIT.toMillis());
            assertThat(take(enrichedReads)).isEmpty();
            enrichedReads.now(NOON + IDLE);
            assertThat(take(enrichedReads)).hasSize(1);
            enrichedReads.watermark(AFTER_WAIT + 61_000);
            assertThat(take(enrichedReads)).isEmpty();
        }
    }

    @Test
    void aReadWaitsForItsDeviceToBeRegistered() throws Exception {
        try (Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> enrichedReads =
                Subtask.start(Operators.readHistory(), Backend.HEAP, NOON)) {
            enrichedReads.first(text(seen("A", "1", 0)));
            enrichedReads.first(text(seen("C", "2", 60)));
            enrichedReads.watermark(AFTER_WAIT + 61_000);
            assertThat(take(enrichedReads)).isEmpty();
            for (Device arch : Town.arches()) {
                enrichedReads.second(registered(arch));
            }
            enrichedReads.watermark(AFTER_WAIT + 62_000);
            assertThat(take(enrichedReads))
                    .extracting(ClonedPlateDetectorOperatorTest::summary)
                    .containsExactly("60500 NEW [1, 2] 1 pair(s)");
        }
    }

    /** A sign that is read as a plate at every device would cost more and more. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTextThatIsEverywhereIsLeftAlone(boolean restarted) throws Exception {
        try (var enrichedReads = start()) {
            List<CrossCheckFinding> found = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                enrichedReads.first(text(seen(i % 2 == 0 ? "A" : "D", "r" + i, 20 * i)));
                enrichedReads.watermark(AFTER_WAIT + 20_000L * i + 1_000);
                found.addAll(take(enrichedReads));
                if (restarted && i == 200) {
                    enrichedReads.restart();
                }
            }
            assertThat(found).hasSize(64);
        }
    }

    /** The retracted read lies between the two in time, at the device of one of them. */
    @Test
    void aRetractedReadHidesNoClone() throws Exception {
        try (var enrichedReads = start()) {
            enrichedReads.first(text(seen("C", "gone", 62)));
            enrichedReads.first(text(retraction("C", "gone", 64)));
            enrichedReads.watermark(AFTER_WAIT + 65_000);
            enrichedReads.first(text(seen("A", "1", 60, 70, 0.95, null)));
            enrichedReads.watermark(AFTER_WAIT + 71_000);
            take(enrichedReads);
            enrichedReads.first(text(seen("C", "2", 75)));
            enrichedReads.watermark(AFTER_WAIT + 76_000);
            assertThat(take(enrichedReads))
                    .extracting(ClonedPlateDetectorOperatorTest::summary)
                    .containsExactly("75500 NEW [1, 2] 1 pair(s)");
        }
    }

    /** The first finding has the tags that become known while the read waits. */
    @Test
    void theTagsOfItsVehiclesAreKnownAtTheFirstMessage() throws Exception {
        EnrichedRead other = seen("C", "2", 60);
        PassageEvent assignment =
                Town.assignment(other, tag("C", "E2801160", "PUF719L", 60), 64.9, 1);
        for (boolean tagFirst : new boolean[] {true, false}) {
            try (var enrichedReads = start()) {
                enrichedReads.first(text(seen("A", "1", 0)));
                enrichedReads.first(text(tagFirst ? assignment : other));
                enrichedReads.watermark(NOON + 59_000);
                enrichedReads.first(text(tagFirst ? other : assignment));
                enrichedReads.watermark(AFTER_WAIT + 60_499);
                assertThat(take(enrichedReads)).isEmpty();
                enrichedReads.watermark(AFTER_WAIT + 60_500);
                CrossCheckFinding first = take(enrichedReads).get(0);
                assertThat(summary(first)).isEqualTo("60500 NEW [1, 2] 1 pair(s)");
                assertThat(first.tags()).containsExactly("E2801160");
                assertThat(first.plates()).containsExactly(Town.PLATE, "PUF719L");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTagThatComesLateRevisesAnOpenCloneAlsoThroughARestore(Backend backend) throws Exception {
        EnrichedRead other = seen("C", "2", 60);
        TagAssignment assignment =
                Town.assignment(other, tag("C", "E2801160", Town.PLATE, 60), 200, 1);
        Scenario<RoutedEvent, ReferenceUpdate, EntryEvent> scenario =
                new Scenario<>(
                        Operators.readHistory(),
                        NOON,
                        ClonedPlateDetectorOperatorTest::takeAsObjects);
        Town.arches().forEach(arch -> scenario.second(registered(arch)));
        scenario.first(text(seen("A", "1", 0)))
                .first(text(other))
                .watermark(AFTER_WAIT + 61_000)
                .first(text(assignment))
                .watermark(NOON + 201_000)
                .first(text(Town.untagged(assignment, 200, 2)))
                .watermark(NOON + 202_000);

        List<Object> plainly = scenario.plainly(backend);

        assertThat(plainly)
                .extracting(
                        each ->
                                summary((CrossCheckFinding) each)
                                        + " "
                                        + ((CrossCheckFinding) each).tags())
                .containsExactly(
                        "60500 NEW [1, 2] 1 pair(s) []",
                        "60501 NEW [1, 2] 1 pair(s) [E2801160]",
                        "60502 NEW [1, 2] 1 pair(s) []");
        assertThat(scenario.restarting(backend)).isEqualTo(plainly);
    }

    @Test
    void nothingIsLeftWhenACloneIsOver() throws Exception {
        try (var enrichedReads = start()) {
            enrichedReads.first(text(seen("A", "1", 0)));
            enrichedReads.first(text(seen("C", "2", 60)));
            enrichedReads.watermark(AFTER_WAIT + 61_000);
            assertThat(take(enrichedReads)).hasSize(1);
            assertThat(enrichedReads.keyedStateEntries()).isPositive();
            enrichedReads.watermark(NOON + (DAY_S + 3 * 3_600) * 1_000L);
            for (int second = 1; second <= 100; second++) {
                enrichedReads.now(NOON + second * 1_000);
            }
            assertThat(enrichedReads.keyedStateEntries()).isZero();
            assertThat(enrichedReads.keyedTimers()).isZero();
            assertThat(take(enrichedReads)).isEmpty();
        }
    }

    /** The reads in front of the watermark go to the subtask that has their plate. */
    @ParameterizedTest
    @EnumSource
    void readsInFrontOfTheWatermarkSurviveRescaling(Backend backend) throws Exception {
        List<Subtask<RoutedEvent, ReferenceUpdate, EntryEvent>> subtasks =
                List.of(Subtask.start(Operators.readHistory(), backend, NOON));
        for (Device arch : Town.arches()) {
            subtasks.get(0).second(registered(arch));
        }
        subtasks.get(0).first(text(seen("A", "1", 0)));
        subtasks.get(0).first(text(seen("C", "2", 60)));
        for (int parallelism : new int[] {2, 3}) {
            subtasks = Subtask.rescale(subtasks, parallelism);
        }
        List<String> found = new ArrayList<>();
        for (var subtask : subtasks) {
            subtask.watermark(AFTER_WAIT + 61_000);
            take(subtask).forEach(clone -> found.add(summary(clone)));
            subtask.close();
        }

        assertThat(found).containsExactly("60500 NEW [1, 2] 1 pair(s)");
    }

    private static Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> start() throws Exception {
        Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> enrichedReads =
                Subtask.start(Operators.readHistory(), Backend.HEAP, NOON);
        for (Device arch : Town.arches()) {
            enrichedReads.second(registered(arch));
        }
        return enrichedReads;
    }

    private static ReferenceUpdate registered(Device device) {
        return new ReferenceUpdate.DeviceChanged(
                new DeviceChange(device.deviceId(), device, NOON - 1_000));
    }

    private static RoutedEvent text(PassageEvent event) {
        return new RoutedEvent.ByPlate(CanonicalPlate.fold(KEY), KEY, event);
    }

    private static List<Object> takeAsObjects(
            Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> enrichedReads) {
        return new ArrayList<>(take(enrichedReads));
    }

    private static List<CrossCheckFinding> take(
            Subtask<RoutedEvent, ReferenceUpdate, EntryEvent> enrichedReads) {
        return enrichedReads.drain(ReadHistoryOperator.CLONES);
    }

    private static String summary(CrossCheckFinding clone) {
        var evidence = (CloneEvidence) clone.derivedAlert().evidence();
        return clone.derivedAlert().revision()
                - NOON
                + " "
                + clone.derivedAlert().status()
                + " "
                + evidence.reads()
                + " "
                + evidence.count()
                + " pair(s)";
    }
}
