package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.Distance;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneLogic.ClonedPlate;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneLogic.ImpossibleTravel;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneLogic.LocatedRead;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.OpenClones.CloneKey;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.event.VehicleTag;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import static io.atalaya.hotlistmatch.crosscheck.clonedplate.Town.KEY;
import static io.atalaya.hotlistmatch.crosscheck.clonedplate.Town.NOON;
import static io.atalaya.hotlistmatch.crosscheck.clonedplate.Town.retraction;
import static io.atalaya.hotlistmatch.crosscheck.clonedplate.Town.seen;
import static org.assertj.core.api.Assertions.assertThat;

class CloneLogicTest {
    private static final double MAX_KMH = 200;
    private static final VehicleTag TAG = new VehicleTag("E2801160", "PUF719L");

    private final CloneLogic logic = Town.logic(MAX_KMH);

    @Test
    void aDriveIsNoClone() {
        assertThat(derive(seen("A", "1", 0), seen("B", "2", 300), seen("C", "3", 700))).isEmpty();
    }

    @Test
    void twoPlacesAtOnce() {
        List<ClonedPlate> clones = derive(seen("A", "1", 0), seen("C", "2", 60));

        assertThat(clones).hasSize(1);
        ClonedPlate clone = clones.get(0);
        assertThat(clone.identityKey())
                .isEqualTo(new CloneKey(KEY, "A/1", "C/2", NOON + 60_000, NOON + 60_500));
        assertThat(clone.pairs()).hasSize(1);
        assertThat(clone.pairs().get(0).distanceKm()).isBetween(19.9, 20.1);
        assertThat(clone.pairs().get(0).neededKmh()).isBetween(1_010.0, 1_040.0);
        assertThat(clone.isCancelled()).isFalse();
    }

    @Test
    void aLateReadIsComparedWithBothNeighbours() {
        EnrichedRead before = seen("A", "1", 0);
        EnrichedRead after = seen("B", "3", 400);
        EnrichedRead late = seen("D", "2", 200, 500, 0.95, null);

        assertThat(derive(before, after)).isEmpty();
        assertThat(derive(before, after, late))
                .singleElement()
                .satisfies(clone -> assertThat(clone.pairs()).hasSize(2));
    }

    @Test
    void whatIsNotConfidentDoesNotCount() {
        EnrichedRead doubtful = seen("C", "2", 60, 60, 0.79, null);
        EnrichedRead wrongClock =
                new EnrichedRead("C/2", NOON + 60_500, true, seen("C", "2", 60).read());
        EnrichedRead nowhere = seen("Z", "2", 60);

        assertThat(derive(seen("A", "1", 0), doubtful)).isEmpty();
        assertThat(derive(seen("A", "1", 0), wrongClock)).isEmpty();
        assertThat(derive(seen("A", "1", 0), nowhere)).isEmpty();
    }

    @Test
    void aWithdrawalTakesItBack() {
        List<ClonedPlate> clones =
                derive(seen("A", "1", 0), seen("C", "2", 60), retraction("C", "2", 90));

        assertThat(clones).hasSize(1);
        assertThat(clones.get(0).isCancelled()).isTrue();
        assertThat(clones.get(0).changedAt()).isEqualTo(NOON + 90_500);
        assertThat(derive(seen("A", "1", 0), retraction("C", "2", 30), seen("C", "2", 60)))
                .isEmpty();
    }

    @Test
    void pairsWithinADayAreOneCloneAndLaterOnesAnother() {
        int day = 24 * 60 * 60;
        List<ClonedPlate> clones =
                derive(
                        seen("A", "1", 0),
                        seen("C", "2", 60),
                        seen("A", "3", day - 10),
                        seen("C", "4", day + 30),
                        seen("A", "5", 2 * day),
                        seen("C", "6", 2 * day + 30));

        assertThat(clones).hasSize(2);
        assertThat(clones.get(0).pairs()).hasSize(2);
        assertThat(clones.get(1).identityKey().first()).isEqualTo("A/5");
    }

    @Test
    void whatArrivedLaterDoesNotCountYet() {
        List<PassageEvent> events = List.of(seen("A", "1", 0), seen("C", "2", 60));
        assertThat(logic.derive(KEY, events, NOON + 60_499, List.of())).isEmpty();
        assertThat(logic.derive(KEY, events, NOON + 60_500, List.of())).hasSize(1);
    }

    @Test
    void tagsOfItsVehiclesCountAlsoWhenTheyHaveLeftButNotIfTheyNeverWereThere() {
        EnrichedRead one = seen("A", "1", 0);
        EnrichedRead other = seen("C", "2", 60);
        TagAssignment assignment =
                Town.assignment(other, Town.tag("C", "E2801160", "PUF719L", 60), 63, 1);

        ClonedPlate with = derive(one, other, assignment).get(0);
        assertThat(with.tags()).containsExactly(TAG);
        assertThat(derive(one, other, assignment, Town.untagged(assignment, 70, 2)).get(0))
                .isEqualTo(with);
        assertThat(derive(one, other, assignment, retraction("C", "2", 90)).get(0).tags())
                .containsExactly(TAG);

        ClonedPlate without = derive(one, other).get(0);
        assertThat(derive(one, other, assignment, Town.untagged(assignment, 63, 2)).get(0))
                .isEqualTo(without);
        assertThat(with).isNotEqualTo(without);
        // A vehicle of the same plate whose read proves nothing.
        EnrichedRead drive = seen("A", "3", 900);
        TagAssignment itsOwn = Town.assignment(drive, Town.tag("A", "E9", null, 900), 903, 1);
        assertThat(derive(one, other, drive, itsOwn).get(0)).isEqualTo(without);
    }

    @Test
    void anIdentityGivenBeforeStays() {
        CloneKey old = new CloneKey(KEY, "A/0", "D/0", NOON - 1_000, NOON - 500);
        List<ClonedPlate> clones =
                logic.derive(
                        KEY,
                        List.of(seen("A", "1", 0), seen("C", "2", 60)),
                        Long.MAX_VALUE,
                        List.of(new OpenClones.Open(old, NOON, 1, false, NOON, 1, List.of(TAG))));
        assertThat(clones)
                .singleElement()
                .satisfies(
                        clone -> {
                            assertThat(clone.identityKey()).isEqualTo(old);
                            // Its reads are no longer stored.
                            assertThat(clone.tags()).containsExactly(TAG);
                        });
    }

    @Provide
    Arbitrary<List<PassageEvent>> facts() {
        Arbitrary<String> device = Arbitraries.of("A", "B", "C", "D");
        Arbitrary<EnrichedRead> enrichedRead =
                Combinators.combine(
                                device,
                                Arbitraries.integers().between(1, 9),
                                Arbitraries.integers().between(0, 400_000),
                                Arbitraries.integers().between(0, 300),
                                Arbitraries.of(0.95, 0.9, 0.5))
                        .as(
                                (d, id, second, late, confidence) ->
                                        seen(
                                                d,
                                                String.valueOf(id),
                                                second,
                                                second + late,
                                                confidence,
                                                null));
        Arbitrary<EnrichedRead> dense =
                Combinators.combine(
                                device,
                                Arbitraries.integers().between(10, 30),
                                Arbitraries.integers().between(0, 900),
                                Arbitraries.integers().between(0, 900))
                        .as(
                                (d, id, second, arrival) ->
                                        seen(d, String.valueOf(id), second, arrival, 0.95, null));
        Arbitrary<Retraction> end =
                Combinators.combine(
                                device,
                                Arbitraries.integers().between(1, 30),
                                Arbitraries.integers().between(0, 1_000))
                        .as((d, id, arrival) -> retraction(d, String.valueOf(id), arrival));
        return Arbitraries.<PassageEvent>frequencyOf(
                        Tuple.of(2, enrichedRead), Tuple.of(5, dense), Tuple.of(2, end))
                .list()
                .ofMaxSize(25)
                .map(CloneLogicTest::eachReadOnce);
    }

    private static List<PassageEvent> eachReadOnce(List<PassageEvent> events) {
        Set<String> known = new HashSet<>();
        return events.stream()
                .filter(event -> event instanceof Retraction || known.add(event.readKey()))
                .toList();
    }

    @Property(tries = 2_000)
    void isWhatAnObviousOneFinds(@ForAll("facts") List<PassageEvent> events) {
        assertThat(summary(logic.derive(KEY, events, Long.MAX_VALUE, List.of())))
                .isEqualTo(obvious(events));
    }

    @Property(tries = 500)
    void orderDoesNotMatter(
            @ForAll("facts") List<PassageEvent> events, @ForAll @IntRange(max = 1_000) int seed) {
        List<PassageEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(logic.derive(KEY, shuffled, Long.MAX_VALUE, List.of()))
                .isEqualTo(logic.derive(KEY, events, Long.MAX_VALUE, List.of()));
    }

    /**
     * The short cut for common reads must not hide a clone: every change of the pairs is
     * suspicious.
     */
    @Property(tries = 2_000)
    void whateverChangesThePairsIsSuspicious(@ForAll("facts") List<PassageEvent> events) {
        RegisteredDeviceLocations places = new RegisteredDeviceLocations();
        for (Device arch : Town.arches()) {
            places.put(
                    arch.deviceId(),
                    DeviceHistory.with(null, new DeviceHistory.Registration(0, arch)));
        }
        LastReads last = new LastReads(places, MAX_KMH, undo -> {});
        List<PassageEvent> emitted = new ArrayList<>();
        Set<ImpossibleTravel> before = Set.of();
        Set<String> ended = new HashSet<>();
        for (PassageEvent event : events) {
            if (event instanceof Retraction) {
                ended.add(event.readKey());
            } else if (ended.contains(event.readKey())) {
                // The passage step does not emit a read that was retracted before it arrived.
                continue;
            }
            emitted.add(event);
            boolean suspicious = event instanceof Retraction;
            if (event instanceof Retraction) {
                if (last.hasPlate(KEY)) {
                    last.unsure(KEY);
                }
            } else if (CloneLogic.isConfident(KEY, (EnrichedRead) event)) {
                EnrichedRead enrichedRead = (EnrichedRead) event;
                suspicious =
                        last.isSuspicious(
                                KEY,
                                enrichedRead.read().deviceTime(),
                                places.number(enrichedRead.read().deviceId()));
            }
            Set<ImpossibleTravel> after = pairsAt(emitted, Long.MAX_VALUE);
            if (!after.equals(before)) {
                assertThat(suspicious).as("%s after %s", event, emitted).isTrue();
            }
            before = after;
        }
    }

    private List<ClonedPlate> derive(PassageEvent... events) {
        return logic.derive(KEY, List.of(events), Long.MAX_VALUE, List.of());
    }

    private static String summary(List<ClonedPlate> clones) {
        StringBuilder text = new StringBuilder();
        for (ClonedPlate clone : clones) {
            text.append(clone.identityKey());
            text.append(clone.isCancelled() ? " taken back " : " ").append(clone.changedAt());
            for (ImpossibleTravel pair : clone.pairs()) {
                text.append(' ').append(pair.first().readKey()).append('-');
                text.append(pair.second().readKey());
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** Recomputes the reads and the neighbouring pairs at every arrival time. */
    private static String obvious(List<PassageEvent> events) {
        TreeSet<Long> moments = new TreeSet<>();
        events.forEach(event -> moments.add(event.causedAt()));
        Set<ImpossibleTravel> before = new TreeSet<>();
        List<CloneKey> anchors = new ArrayList<>();
        Map<ImpossibleTravel, Integer> owner = new HashMap<>();
        Map<Integer, Long> changed = new HashMap<>();
        Map<Integer, List<ImpossibleTravel>> shown = new HashMap<>();
        Map<Integer, Boolean> cancelled = new HashMap<>();
        for (long at : moments) {
            Set<ImpossibleTravel> now = pairsAt(events, at);
            Set<Integer> touched = new TreeSet<>();
            for (ImpossibleTravel pair : before) {
                if (!now.contains(pair)) {
                    touched.add(owner.remove(pair));
                }
            }
            for (ImpossibleTravel pair : new TreeSet<>(now)) {
                if (!before.contains(pair)) {
                    int found = -1;
                    for (int i = anchors.size() - 1; i >= 0; i--) {
                        if (Math.abs(anchors.get(i).deviceTime() - pair.second().deviceTime())
                                <= 24L * 3_600_000) {
                            found = i;
                        }
                    }
                    if (found < 0) {
                        found = anchors.size();
                        anchors.add(
                                new CloneKey(
                                        KEY,
                                        pair.first().readKey(),
                                        pair.second().readKey(),
                                        pair.second().deviceTime(),
                                        at));
                    }
                    owner.put(pair, found);
                    touched.add(found);
                }
            }
            for (int each : touched) {
                changed.put(each, at);
                List<ImpossibleTravel> left =
                        now.stream().filter(pair -> owner.get(pair) == each).sorted().toList();
                cancelled.put(each, left.isEmpty());
                if (!left.isEmpty()) {
                    shown.put(each, left);
                }
            }
            before = now;
        }
        List<ClonedPlate> clones = new ArrayList<>();
        for (int i = 0; i < anchors.size(); i++) {
            clones.add(
                    new ClonedPlate(
                            anchors.get(i),
                            shown.get(i),
                            List.of(),
                            cancelled.get(i),
                            changed.get(i)));
        }
        return summary(clones);
    }

    /**
     * The impossible pairs of neighbours among the reads that have arrived and are not retracted.
     */
    private static Set<ImpossibleTravel> pairsAt(List<PassageEvent> events, long at) {
        Map<String, Long> retraction = new HashMap<>();
        for (PassageEvent event : events) {
            if (event instanceof Retraction && event.causedAt() <= at) {
                retraction.merge(event.readKey(), event.causedAt(), Math::min);
            }
        }
        List<EnrichedRead> there = new ArrayList<>();
        for (PassageEvent event : events) {
            if (event instanceof EnrichedRead enrichedRead
                    && enrichedRead.arrivalTime() <= at
                    && enrichedRead.read().confidence() >= 0.8
                    && !retraction.containsKey(enrichedRead.readKey())) {
                there.add(enrichedRead);
            }
        }
        there.sort(
                Comparator.comparingLong((EnrichedRead s) -> s.read().deviceTime())
                        .thenComparing(EnrichedRead::readKey));
        Set<ImpossibleTravel> pairs = new TreeSet<>();
        for (int i = 1; i < there.size(); i++) {
            LocatedRead first = placed(there.get(i - 1));
            LocatedRead second = placed(there.get(i));
            double km =
                    Distance.km(
                            first.latitude(),
                            first.longitude(),
                            second.latitude(),
                            second.longitude());
            double hours = ((second.deviceTime() - first.deviceTime()) / 1000.0 + 10) / 3600;
            double needed = Math.max(0, km - 0.2) / hours;
            if (!first.device().equals(second.device()) && needed > MAX_KMH) {
                pairs.add(new ImpossibleTravel(first, second, km, needed));
            }
        }
        return pairs;
    }

    private static LocatedRead placed(EnrichedRead enrichedRead) {
        Device device =
                Town.places().at(enrichedRead.read().deviceId(), enrichedRead.arrivalTime());
        return new LocatedRead(enrichedRead, device.latitude(), device.longitude());
    }
}
