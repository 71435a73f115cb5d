package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.event.AssignedTag;
import io.atalaya.hotlistmatch.event.DeviceVehicleRead;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.VehicleRead;
import io.atalaya.hotlistmatch.event.VehicleTag;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.harness.Scenario;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.COMPANION;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.NOON;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.RULES;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.at;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.end;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.passage;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.vehicleRead;
import static org.assertj.core.api.Assertions.assertThat;

class ConvoyProximityOperatorTest {
    private static final long GAP = RULES.maxGap().toMillis();
    private static final long IDLE = 3_000;

    @ParameterizedTest
    @EnumSource
    void findsWhoPassesBeforeAndAfterAlsoThroughARestore(Backend backend) throws Exception {
        VehicleRead before = vehicleRead("A", "MFR5710", 55);
        VehicleRead after = vehicleRead("A", COMPANION, 75);
        Scenario<DeviceVehicleRead, ListedPassage, ConvoyEvent> scenario =
                new Scenario<>(Operators.company(RULES), NOON, Subtask::drain);
        scenario.first(passing(before))
                .second(passage("A", 62))
                .watermark(at(62))
                .watermark(at(63))
                .first(passing(after))
                .watermark(at(80))
                .first(passing(end(after, 90)))
                .watermark(at(95));

        List<Object> plainly = scenario.plainly(backend);

        assertThat(plainly)
                .containsExactly(
                        new ConvoyEvent.NeighbourhoodFound(
                                passage("A", 62),
                                0,
                                List.of(
                                        NearbyRead.of(
                                                before, NearbyRead.NOT_RETRACTED, List.of()))),
                        joined(
                                passage("A", 62),
                                NearbyRead.of(after, NearbyRead.NOT_RETRACTED, List.of())),
                        joined(passage("A", 62), NearbyRead.of(after, at(90), List.of())));
        assertThat(scenario.restarting(backend)).isEqualTo(plainly);
    }

    @ParameterizedTest
    @EnumSource
    void emitsTheTagOfANearbyReadAlsoAfterARestore(Backend backend) throws Exception {
        VehicleRead vehicleRead = vehicleRead("A", COMPANION, 75);
        AssignedTag stay = new AssignedTag("T-1", new VehicleTag("E2801160", null), 1, at(79));
        AssignedTag never = new AssignedTag("T-1", null, 2, at(79));
        Scenario<DeviceVehicleRead, ListedPassage, ConvoyEvent> scenario =
                new Scenario<>(Operators.company(RULES), NOON, Subtask::drain);
        scenario.first(passing(vehicleRead))
                .second(passage("A", 62))
                .watermark(at(76))
                .first(
                        passing(
                                VehicleRead.assignment(
                                        vehicleRead.firstReadId(), vehicleRead.deviceTime(), stay)))
                .watermark(at(80))
                .second(passage("E-2", "A", 63, 0.9, false))
                .watermark(at(81))
                .first(
                        passing(
                                VehicleRead.assignment(
                                        vehicleRead.firstReadId(),
                                        vehicleRead.deviceTime(),
                                        never)))
                .watermark(at(82));

        List<Object> plainly = scenario.plainly(backend);

        ListedPassage other = passage("E-2", "A", 63, 0.9, false);
        NearbyRead alone = NearbyRead.of(vehicleRead, NearbyRead.NOT_RETRACTED, List.of());
        NearbyRead carries = NearbyRead.of(vehicleRead, NearbyRead.NOT_RETRACTED, List.of(stay));
        NearbyRead carriesNot =
                NearbyRead.of(vehicleRead, NearbyRead.NOT_RETRACTED, List.of(never));
        assertThat(plainly)
                .containsExactly(
                        new ConvoyEvent.NeighbourhoodFound(passage("A", 62), 0, List.of(alone)),
                        joined(passage("A", 62), carries),
                        new ConvoyEvent.NeighbourhoodFound(other, 0, List.of(carries)),
                        joined(passage("A", 62), carriesNot),
                        joined(other, carriesNot));
        assertThat(scenario.restarting(backend)).isEqualTo(plainly);
    }

    @Test
    void theListedVehiclesOwnPassageAndWhoDrivesTheOtherWayAreNotNear() throws Exception {
        try (var watch = start(Backend.HEAP)) {
            ListedPassage listed = passage("A", 60);
            watch.first(
                    new DeviceVehicleRead(
                            "A",
                            new VehicleRead(
                                    "R-7",
                                    listed.readId(),
                                    Drive.LISTED,
                                    at(60),
                                    at(61),
                                    Compass.E),
                            RecordPosition.UNKNOWN));
            watch.first(
                    new DeviceVehicleRead(
                            "A",
                            new VehicleRead("R-8", "R-8", COMPANION, at(62), at(63), Compass.W),
                            RecordPosition.UNKNOWN));
            VehicleRead unknown = new VehicleRead("R-9", "R-9", COMPANION, at(64), at(64), null);
            watch.first(new DeviceVehicleRead("A", unknown, RecordPosition.UNKNOWN));
            watch.second(listed);
            watch.watermark(at(100));

            assertThat(watch.drain())
                    .containsExactly(
                            new ConvoyEvent.NeighbourhoodFound(
                                    listed,
                                    0,
                                    List.of(
                                            NearbyRead.of(
                                                    unknown,
                                                    NearbyRead.NOT_RETRACTED,
                                                    List.of()))));
        }
    }

    @Test
    void trafficIsCountedBeforeTheGapByWhatHadArrived() throws Exception {
        try (var watch = start(Backend.HEAP)) {
            for (int i = 0; i < 20; i++) {
                watch.first(passing(vehicleRead("A", "MFR57" + (10 + i), 10 * i)));
            }
            // It arrives too late to count, although its device time is in the range.
            watch.first(passing(vehicleRead("A", "RKG485C", 100, 220)));
            watch.second(passage("A", 200));
            watch.watermark(at(300));

            // From 200 - 50 - 105 s to 200 - 50 s: those at 50, 60 … 140.
            assertThat(watch.drain())
                    .extracting(fact -> ((ConvoyEvent.NeighbourhoodFound) fact).flow())
                    .containsExactly(10);
        }
    }

    /** The watermark was considered stalled, although a source was only behind. */
    @Test
    void trafficThatComesTooLateToBeCountedIsEmittedAgain() throws Exception {
        try (var watch = start(Backend.HEAP)) {
            watch.first(passing(vehicleRead("A", "MFR5710", 60)));
            watch.watermark(at(61));
            watch.second(passage("A", 200));
            watch.now(NOON + IDLE);
            watch.first(passing(vehicleRead("A", "RKG485C", 100)));
            watch.first(passing(vehicleRead("A", "MFR5711", 110, 220)));
            watch.watermark(at(300));

            assertThat(watch.drain())
                    .extracting(fact -> ((ConvoyEvent.NeighbourhoodFound) fact).flow())
                    .containsExactly(1, 2);
        }
    }

    @Test
    void emitsPendingReadsWhenAllInputsAreIdle() throws Exception {
        try (var watch = start(Backend.HEAP)) {
            watch.watermark(at(60));
            watch.first(passing(vehicleRead("A", COMPANION, 59)));
            watch.second(passage("A", 62));
            assertThat(watch.drain()).isEmpty();

            watch.now(NOON + IDLE);
            assertThat(watch.drain()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void evictsReadsAfterTheRetention(Backend backend) throws Exception {
        try (var watch = start(backend)) {
            for (int i = 0; i < 100; i++) {
                watch.first(passing(vehicleRead("A", "MFR5" + (100 + i), 10 * i)));
            }
            watch.first(passing(vehicleRead("A", COMPANION, 1, 2_000)));
            watch.second(passage("A", 62));
            watch.restart();
            watch.watermark(at(63));
            watch.checkpoint();
            watch.watermark(at(2_060) + Drive.KEEP.toMillis());

            assertThat(watch.keyedTimers()).isZero();
            if (backend == Backend.HEAP) {
                assertThat(watch.keyedStateEntries()).isZero();
            }
            // Nor are they found on the heap, where the first search has kept them.
            watch.drain();
            watch.second(passage("E-2", "A", 62, 0.9, false));
            watch.watermark(at(2_061) + Drive.KEEP.toMillis());
            assertThat(watch.drain())
                    .singleElement()
                    .extracting(event -> ((ConvoyEvent.NeighbourhoodFound) event).vehicleReads())
                    .isEqualTo(List.of());
        }
    }

    @Test
    void aReadThatIsFartherThanThoseKeptIsLeftOut() throws Exception {
        try (var watch = start(Backend.HEAP)) {
            for (int i = 0; i < ConvoyCase.MAX_READS; i++) {
                VehicleRead read = vehicleRead("A", "MFR5" + (100 + i), 60 + i / 10.0);
                watch.first(passing(read));
                // A second delivery counts once.
                watch.first(passing(read));
            }
            watch.second(passage("A", 62));
            watch.watermark(at(66));
            assertThat(watch.drain()).hasSize(1);

            watch.first(passing(vehicleRead("A", COMPANION, 62 + 3, 67)));
            watch.watermark(at(69));
            assertThat(watch.drain()).isEmpty();

            VehicleRead nearer = vehicleRead("A", COMPANION, 62 + 2.6, 70);
            watch.first(passing(nearer));
            watch.watermark(at(72));
            assertThat(watch.drain())
                    .containsExactly(
                            joined(
                                    passage("A", 62),
                                    NearbyRead.of(nearer, NearbyRead.NOT_RETRACTED, List.of())));
        }
    }

    /**
     * The result equals that of comparing all reads with all passages. The first emission of a
     * passage, by its tag, has another time and no direction, or a later one is no match.
     */
    @Test
    void findsWhatBruteForceFindsInWhateverOrder() throws Exception {
        findsWhatBruteForceFinds(60, 80);
    }

    /** More reads are near a passage than are kept, so that the nearest count. */
    @Test
    void findsTheNearestInDenseTraffic() throws Exception {
        findsWhatBruteForceFinds(12, 1_500);
    }

    private static void findsWhatBruteForceFinds(int seeds, int number) throws Exception {
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            List<DeviceVehicleRead> vehicleReads = vehicleReads(number, random);
            List<ListedPassage> listed = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                ListedPassage passage =
                        passage(
                                "E-" + i % 2,
                                Drive.name(random.nextInt(2)),
                                random.nextInt(300),
                                0.9,
                                false);
                if (i % 3 == 0) {
                    listed.add(Drive.byItsTag(passage, 1_000 * random.nextInt(-20, 20)));
                    listed.add(passage);
                } else {
                    listed.add(passage);
                    listed.add(Drive.inactive(passage));
                }
            }

            assertThat(found(vehicleReads, listed, random))
                    .isEqualTo(bruteForce(vehicleReads, listed));
        }
    }

    private static List<DeviceVehicleRead> vehicleReads(int number, Random random) {
        List<DeviceVehicleRead> vehicleReads = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String device = Drive.name(random.nextInt(2));
            int second = random.nextInt(320);
            int late = random.nextInt(6) == 0 ? random.nextInt(200) : 0;
            VehicleRead east = vehicleRead(device, "MFR5" + (100 + i), second, second + late);
            VehicleRead vehicleRead = random.nextInt(3) == 0 ? inDirection(Compass.W, east) : east;
            vehicleReads.add(new DeviceVehicleRead(device, vehicleRead, RecordPosition.UNKNOWN));
            if (random.nextInt(5) == 0) {
                vehicleReads.add(
                        new DeviceVehicleRead(
                                device,
                                end(vehicleRead, second + late + 1.0 + random.nextInt(100)),
                                RecordPosition.UNKNOWN));
            }
        }
        return vehicleReads;
    }

    private static VehicleRead inDirection(Compass direction, VehicleRead vehicleRead) {
        return new VehicleRead(
                vehicleRead.readId(),
                vehicleRead.firstReadId(),
                vehicleRead.plate(),
                vehicleRead.deviceTime(),
                vehicleRead.causedAt(),
                direction);
    }

    /**
     * Reads by arrival, as of one device; passages at any later time; checkpoints and restarts in
     * between.
     */
    private static Map<String, Set<String>> found(
            List<DeviceVehicleRead> vehicleReads, List<ListedPassage> listed, Random random)
            throws Exception {
        List<DeviceVehicleRead> byArrival = new ArrayList<>(vehicleReads);
        byArrival.sort(
                (a, b) -> Long.compare(a.vehicleRead().causedAt(), b.vehicleRead().causedAt()));
        List<ListedPassage> open = new ArrayList<>(listed);
        Collections.shuffle(open, random);
        // The emissions about one passage keep their order.
        Map<String, Iterator<ListedPassage>> inOrder = new HashMap<>();
        for (ListedPassage passage : listed) {
            inOrder.computeIfAbsent(
                    key(passage),
                    id -> listed.stream().filter(each -> key(each).equals(id)).toList().iterator());
        }
        open.replaceAll(passage -> inOrder.get(key(passage)).next());
        ConvoyCase facts = ConvoyCase.EMPTY;
        try (var watch = start(Backend.HEAP)) {
            for (DeviceVehicleRead each : byArrival) {
                watch.first(each);
                if (random.nextInt(4) == 0) {
                    watch.watermark(each.vehicleRead().causedAt() - 1);
                }
                // Rarely in dense traffic, because a restart forgets what is left out.
                if (random.nextInt(byArrival.size() / 8) == 0) {
                    facts = folded(facts, watch);
                    watch.restart();
                }
                if (random.nextInt(4) == 0) {
                    // What was searched is written while it is known.
                    watch.checkpoint();
                }
                if (random.nextInt(20) == 0 && !open.isEmpty()) {
                    ListedPassage passage = open.remove(0);
                    watch.second(passage);
                    watch.second(passage);
                }
            }
            for (ListedPassage rest : open) {
                watch.second(rest);
            }
            watch.watermark(at(1_000));
            facts = folded(facts, watch);
        }
        Map<String, Set<String>> found = new TreeMap<>();
        for (PassageNeighbourhood neighbourhood : facts.neighbourhoods()) {
            for (NearbyRead vehicleRead : neighbourhood.vehicleReads()) {
                found.computeIfAbsent(key(neighbourhood.listed()), k -> new TreeSet<>())
                        .add(vehicleRead.readId() + " " + vehicleRead.retractedAt());
            }
        }
        return found;
    }

    private static ConvoyCase folded(
            ConvoyCase facts, Subtask<DeviceVehicleRead, ListedPassage, ConvoyEvent> watch) {
        return facts.with(watch.drain().toArray(new ConvoyEvent[0]));
    }

    private static Map<String, Set<String>> bruteForce(
            List<DeviceVehicleRead> vehicleReads, List<ListedPassage> listed) {
        Map<String, Set<String>> pairs = new TreeMap<>();
        Map<String, ListedPassage> last = new TreeMap<>();
        for (ListedPassage passage : listed) {
            last.put(key(passage), passage);
        }
        for (ListedPassage passage : last.values()) {
            List<DeviceVehicleRead> nearestFirst = new ArrayList<>(vehicleReads);
            nearestFirst.sort(
                    Comparator.comparingLong(
                                    (DeviceVehicleRead each) ->
                                            Math.abs(
                                                    each.vehicleRead().deviceTime()
                                                            - passage.deviceTime()))
                            .thenComparing(each -> each.vehicleRead().readId()));
            for (DeviceVehicleRead each : nearestFirst) {
                if (pairs.getOrDefault(key(passage), Set.of()).size() < ConvoyCase.MAX_READS
                        && !each.vehicleRead().isEnd()
                        && VehicleRead.canBeOneHeading(
                                each.vehicleRead().direction(), passage.direction())
                        && each.deviceId().equals(passage.deviceId())
                        && Math.abs(each.vehicleRead().deviceTime() - passage.deviceTime())
                                <= GAP) {
                    long retractedAt =
                            vehicleReads.stream()
                                    .filter(end -> end.vehicleRead().isEnd())
                                    .filter(
                                            end ->
                                                    end.vehicleRead()
                                                            .readId()
                                                            .equals(each.vehicleRead().readId()))
                                    .mapToLong(end -> end.vehicleRead().causedAt())
                                    .min()
                                    .orElse(NearbyRead.NOT_RETRACTED);
                    pairs.computeIfAbsent(key(passage), k -> new TreeSet<>())
                            .add(each.vehicleRead().readId() + " " + retractedAt);
                }
            }
        }
        return pairs;
    }

    private static String key(ListedPassage passage) {
        return passage.passageId();
    }

    private static ConvoyEvent joined(ListedPassage passage, NearbyRead vehicleRead) {
        return new ConvoyEvent.ReadJoined(
                passage.entryId(), passage.passageId(), vehicleRead, passage.read());
    }

    private static DeviceVehicleRead passing(VehicleRead vehicleRead) {
        return new DeviceVehicleRead("A", vehicleRead, RecordPosition.UNKNOWN);
    }

    private static Subtask<DeviceVehicleRead, ListedPassage, ConvoyEvent> start(Backend backend)
            throws Exception {
        return Subtask.start(Operators.company(RULES), backend, NOON);
    }
}
