package io.atalaya.dispatch.fusion;

import io.atalaya.contracts.dispatch.Place;
import io.atalaya.dispatch.fusion.FusionRules.Nearby;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;
import io.atalaya.dispatch.fusion.IncidentIds.Identity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class FusionTest {
    private static final long NOON = 1_767_290_400_000L;
    private static final double METRES = 1 / 110_574.0;

    private final Fusion fusion = new Fusion(FusionOrderTest.RULES);
    private final IncidentIds ids = new IncidentIds();

    /**
     * @param at seconds after noon
     * @param metres north of a corner
     */
    private static IncidentEvent event(String id, String kind, int at, double metres) {
        return event(id, kind, at, new Place(19.3 + metres * METRES, -99.6, 10));
    }

    private static IncidentEvent event(String id, String kind, int at, Place place) {
        return new IncidentEvent(
                id, kind, Subject.PLACE, NOON + at * 1_000L, place, Set.of(), false, false, null);
    }

    private static IncidentEvent vehicle(String id, int at, String plate, String restriction) {
        return new IncidentEvent(
                id,
                "hotlist-match",
                Subject.VEHICLE,
                NOON + at * 1_000L,
                new Place(19.3, -99.6, 10),
                Set.of("plate:" + plate),
                false,
                false,
                restriction);
    }

    private Set<String> together(String id) {
        return Set.copyOf(
                fusion.clusterOf(id).events().stream().map(IncidentEvent::eventId).toList());
    }

    private Identity send(String id) {
        Cluster cluster = fusion.clusterOf(id);
        Identity identity = ids.of(cluster);
        ids.sent(identity, cluster);
        return identity;
    }

    @Test
    void joinsAPressAndACallNearby() {
        fusion.put(event("press", "press", 0, 0));
        fusion.put(event("call", "call", 60, 80));
        assertThat(together("press")).containsExactlyInAnyOrder("press", "call");
    }

    @Test
    void aCertainPlaceOnlyLinks() {
        fusion.put(event("press", "press", 0, 0));
        fusion.put(event("vague", "call", 10, new Place(19.3, -99.6, 2_000)));
        fusion.put(event("nowhere", "call", 10, (Place) null));
        assertThat(fusion.clusters()).hasSize(3);
    }

    @Test
    void aChainDoesNotBecomeOneIncident() {
        for (int i = 0; i < 20; i++) {
            fusion.put(event("e%02d".formatted(i), "call", i, 90 * i));
        }
        assertThat(fusion.clusters()).hasSizeBetween(4, 8);
        assertThat(fusion.clusters()).allMatch(cluster -> cluster.events().size() <= 5);
    }

    @Test
    void aRuleOfNoDistancePairsPlacesThatOverlap() {
        Nearby none = new Nearby(Set.of(), Set.of(), 0, Duration.ofMinutes(1));
        Nearby some = new Nearby(Set.of(), Set.of(), 50, Duration.ofMinutes(1));
        assertThat(FusionRules.closeness(List.of(none), 0, 0)).isEqualTo(0.75);
        assertThat(FusionRules.closeness(List.of(some, none), 0, 0)).isEqualTo(0.75);
        assertThat(FusionRules.closeness(List.of(none), 1, 0)).isZero();
    }

    @Test
    void leavesTheChoiceBetweenEqualIncidentsToAPerson() {
        fusion.put(event("north", "call", 0, 200));
        fusion.put(event("south", "call", 0, 0));
        fusion.put(event("between", "call", 30, 100));
        Cluster between = fusion.clusterOf("between");
        assertThat(between.events()).hasSize(1);
        assertThat(between.candidates())
                .containsExactlyInAnyOrder(fusion.clusterOf("north"), fusion.clusterOf("south"));
    }

    @Test
    void laterEventsJoinTheOneThatWaitsForThisChoice() {
        fusion.put(event("north", "call", 0, 200));
        fusion.put(event("south", "call", 0, 0));
        for (int i = 0; i < 5; i++) {
            fusion.put(event("between" + i, "call", 30 + i, 100));
        }
        assertThat(fusion.clusters()).hasSize(3);
    }

    /** An event that fits five joins the one that waits, until one fits it better. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEventOfManyIsPlacedAgainWhenAnotherJoinsItsIncident(boolean isFifthLate) {
        fusion.put(event("north", "call", 0, new Place(19.3 + 140 * METRES, -99.6, 10)));
        fusion.put(event("east", "call", 0, new Place(19.3, -99.6 + 148 * METRES, 10)));
        fusion.put(event("west", "call", 0, new Place(19.3, -99.6 - 148 * METRES, 10)));
        fusion.put(event("waiting", "call", 1, new Place(19.3, -99.6, 150)));
        IncidentEvent south = event("south", "call", 30, -270);
        IncidentEvent ofMany =
                event("of-many", "call", 60, new Place(19.3 - 60 * METRES, -99.6, 190));
        for (IncidentEvent each : isFifthLate ? List.of(ofMany, south) : List.of(south, ofMany)) {
            fusion.put(each);
        }
        assertThat(fusion.clusters()).hasSize(5);
        assertThat(together("of-many")).containsExactlyInAnyOrder("waiting", "of-many");
        fusion.put(event("closer", "call", 40, 0));
        assertThat(together("waiting")).containsExactlyInAnyOrder("waiting", "closer");
        assertThat(fusion.clusterOf("of-many").candidates())
                .containsExactlyInAnyOrder(fusion.clusterOf("waiting"), fusion.clusterOf("south"));
    }

    @Test
    void aVehicleIsNeverMergedIntoAPlace() {
        fusion.put(event("press", "press", 0, 0));
        fusion.put(vehicle("hit", 5, "NKR4816", null));
        assertThat(fusion.clusters()).hasSize(2);
    }

    @Test
    void followsAVehicleByItsPlateWhereverItIs() {
        fusion.put(vehicle("first", 0, "NKR4816", null));
        fusion.put(vehicle("second", 300, "NKR4816", null));
        fusion.put(vehicle("other", 300, "LXF0019", null));
        assertThat(together("first")).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void whatIsRestrictedStaysAlone() {
        fusion.put(vehicle("open", 0, "NKR4816", null));
        fusion.put(vehicle("covert", 5, "NKR4816", "UNIT-7"));
        assertThat(together("open")).containsExactly("open");
    }

    @Test
    void laterEvidenceReopensThenIsAnotherIncident() {
        fusion.put(event("first", "press", 0, 0));
        fusion.apply(new OperatorAction.Close("close", NOON + 30_000, "first"));
        fusion.put(event("late", "press", 20, 5));
        assertThat(fusion.clusterOf("first").isClosed()).isTrue();
        fusion.put(event("again", "press", 100, 5));
        assertThat(fusion.clusterOf("first").isReopened()).isTrue();
        fusion.apply(new OperatorAction.Close("close2", NOON + 110_000, "first"));
        fusion.put(event("new", "press", 215, 5));
        assertThat(together("new")).containsExactly("new");
        assertThat(fusion.clusterOf("new").related()).containsExactly(fusion.clusterOf("first"));
    }

    @Test
    void theMachineDoesNotUndoAPersonsSplitOrMerge() {
        fusion.put(event("a", "press", 0, 0));
        fusion.put(event("b", "press", 10, 10));
        fusion.put(event("far", "press", 10, 5_000));
        fusion.apply(new OperatorAction.Split("split", NOON + 20_000, "a", Set.of("b")));
        fusion.apply(new OperatorAction.Merge("merge", NOON + 21_000, "a", "far"));
        assertThat(together("a")).containsExactlyInAnyOrder("a", "far");
        // A late event before both folds everything again.
        fusion.put(event("early", "press", -10, 0));
        assertThat(together("far")).contains("a", "early").doesNotContain("b");
        assertThat(together("b")).containsExactly("b");
    }

    @Test
    void anIdThatWasSentLeadsToTheEventThatFoundedIt() {
        fusion.put(event("a", "press", 10, 0));
        fusion.put(event("b", "press", 10, 150));
        assertThat(send("a").founder()).isEqualTo("a");
        assertThat(send("b").founder()).isEqualTo("b");
        fusion.put(event("between", "press", 0, 75));
        Identity joined = ids.of(fusion.clusterOf("a"));
        assertThat(together("a")).containsExactlyInAnyOrder("a", "b", "between");
        assertThat(joined).isEqualTo(new Identity("a", List.of("b"), Set.of()));
        ids.sent(joined, fusion.clusterOf("a"));
        fusion.apply(new OperatorAction.Split("split", NOON + 60_000, "a", Set.of("b")));
        assertThat(ids.of(fusion.clusterOf("b")))
                .isEqualTo(new Identity("b", List.of(), Set.of("a")));
        assertThat(ids.of(fusion.clusterOf("a")).founder()).isEqualTo("a");
    }

    @Test
    void forgetsWhatIsOver() {
        fusion.put(event("old", "press", 0, 0));
        fusion.put(event("new", "press", 1_000, 0));
        fusion.evictBefore(NOON + 500_000, NOON, cluster -> true);
        assertThat(fusion.clusterOf("old")).isNull();
        assertThat(fusion.clusters()).hasSize(1);
        fusion.put(event("newer", "press", 1_010, 0));
        assertThat(together("newer")).containsExactlyInAnyOrder("new", "newer");
    }

    @Test
    void forgetsWhatIsOverForLongAlthoughWhatFollowedIsNot() {
        fusion.put(event("north", "call", 0, 200));
        fusion.put(event("south", "call", 0, 0));
        fusion.put(event("between", "call", 110, 100));
        fusion.apply(new OperatorAction.Close("close", NOON + 20_000, "north"));
        Cluster south = fusion.clusterOf("south");
        assertThat(fusion.evictBefore(NOON + 50_000, NOON + 50_000, each -> each != south))
                .containsExactly("north");
        assertThat(fusion.clusterOf("between").candidates()).containsExactly(south);
        assertThat(fusion.evictBefore(NOON + 50_000, NOON, each -> true)).isEmpty();
        assertThat(fusion.evictBefore(NOON + 50_000, NOON + 50_000, each -> true))
                .containsExactly("south");
        assertThat(fusion.clusterOf("between").candidates()).isEmpty();
        fusion.apply(new OperatorAction.Close("close", NOON + 130_000, "between"));
        fusion.put(event("late", "call", 100, 100));
        assertThat(together("between")).containsExactlyInAnyOrder("between", "late");
    }
}
