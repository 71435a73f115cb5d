package io.atalaya.dispatch.fusion;

import io.atalaya.contracts.dispatch.Place;
import io.atalaya.dispatch.fusion.FusionRules.Extent;
import io.atalaya.dispatch.fusion.FusionRules.Nearby;
import io.atalaya.dispatch.fusion.FusionRules.Shared;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/** The incidents are the same in every order of arrival, and those of a fold over all events. */
class FusionOrderTest {
    private static final long START = 1_767_268_800_000L;
    private static final double METRES = 1 / 110_574.0;

    static final FusionRules RULES =
            new FusionRules(
                    List.of(
                            new Nearby(
                                    Set.of("press", "call"),
                                    Set.of(),
                                    100,
                                    Duration.ofMillis(120_000)),
                            new Nearby(
                                    Set.of("camera"),
                                    Set.of("camera"),
                                    50,
                                    Duration.ofMillis(60_000))),
                    List.of(
                            new Shared("plate", Duration.ofMillis(600_000)),
                            new Shared("cad", Duration.ofMillis(300_000))),
                    List.of(),
                    200,
                    Map.of(
                            Subject.VEHICLE, new Extent(1e9, Duration.ofMillis(3_600_000)),
                            Subject.PLACE, new Extent(300, Duration.ofMillis(400_000))),
                    Duration.ofMillis(90_000),
                    0.05);

    /** Events, the later versions of some of them, and what people decided. */
    record Story(List<IncidentEvent> events, List<OperatorAction> actions) {}

    /** Events that are spread over ten minutes and 500 m. */
    @Provide
    Arbitrary<Story> stories() {
        return stories(60, 8);
    }

    /** Many events at once in one place. */
    @Provide
    Arbitrary<Story> storms() {
        return stories(5, 3);
    }

    private static Arbitrary<Story> stories(int lastTime, int lastPlace) {
        Arbitrary<IncidentEvent> event =
                Combinators.combine(
                                Arbitraries.integers().between(0, 40),
                                Arbitraries.of("press", "call", "camera"),
                                Arbitraries.integers().between(0, lastTime),
                                Arbitraries.integers().between(0, lastPlace).injectNull(0.1),
                                Arbitraries.of(10.0, 40.0, 500.0),
                                Arbitraries.of("", "", "plate:A", "plate:B", "cad:1"),
                                Arbitraries.of(0, 0, 0, 1, 2))
                        .as(FusionOrderTest::event);
        Arbitrary<OperatorAction> action =
                Combinators.combine(
                                Arbitraries.integers().between(0, 3),
                                Arbitraries.integers().between(0, lastTime),
                                Arbitraries.integers().between(0, 40),
                                Arbitraries.integers().between(0, 40),
                                Arbitraries.integers().between(0, 1_000))
                        .as(FusionOrderTest::action);
        return Combinators.combine(
                        event.list().ofMinSize(1).ofMaxSize(40), action.list().ofMaxSize(4))
                .as(Story::new);
    }

    private static IncidentEvent event(
            int id, String kind, int at, Integer x, double radius, String key, int special) {
        boolean isVehicle = key.startsWith("plate:");
        return new IncidentEvent(
                "e" + id,
                kind,
                isVehicle ? Subject.VEHICLE : Subject.PLACE,
                START + at * 10_000L,
                x == null ? null : new Place(19.3 + 60 * x * METRES, -99.6, radius),
                key.isEmpty() ? Set.of() : Set.of(key),
                special == 1,
                special == 2,
                null);
    }

    private static OperatorAction action(int type, int at, int id, int other, int name) {
        long time = START + at * 10_000L;
        String actionId = "a%d-%d-%d-%d".formatted(name, type, id, other);
        String founder = "e" + id;
        return switch (type) {
            case 0 -> new OperatorAction.Merge(actionId, time, founder, "e" + other);
            case 1 -> new OperatorAction.Split(actionId, time, founder, Set.of("e" + other));
            case 2 -> new OperatorAction.Close(actionId, time, founder);
            default -> new OperatorAction.Reopen(actionId, time, founder);
        };
    }

    @Property(tries = 4_000)
    void incidentsAreThoseOfTheSortedFold(@ForAll("stories") Story story, @ForAll Random random) {
        isThatOfTheSortedFold(story, random);
    }

    @Property(tries = 2_000)
    void stormsAreThoseOfTheSortedFold(@ForAll("storms") Story story, @ForAll Random random) {
        isThatOfTheSortedFold(story, random);
    }

    private static void isThatOfTheSortedFold(Story story, Random random) {
        Map<String, IncidentEvent> last = new TreeMap<>();
        story.events().forEach(event -> last.put(event.eventId(), event));
        List<OperatorAction> actions =
                story.actions().stream()
                        .filter(action -> last.keySet().containsAll(Component.named(action)))
                        .toList();
        Fusion fusion = new Fusion(RULES);
        List<Object> facts = new ArrayList<>(story.events());
        facts.addAll(actions);
        Collections.shuffle(facts, random);
        // An event's last version is the one that holds.
        List<IncidentEvent> events = new ArrayList<>(last.values());
        Collections.shuffle(events, random);
        facts.addAll(events);
        List<OperatorAction> early = new ArrayList<>();
        for (Object fact : facts) {
            if (fact instanceof OperatorAction action) {
                early.add(action);
            } else {
                fusion.put((IncidentEvent) fact);
            }
            // An action is known only after the incidents that it names.
            early.removeIf(action -> !fusion.apply(action).isEmpty());
        }
        assertThat(summary(fusion.clusters()))
                .isEqualTo(FusionOracle.incidents(RULES, last.values(), actions));
    }

    private static Set<String> summary(Collection<Cluster> clusters) {
        Set<String> all = new TreeSet<>();
        for (Cluster cluster : clusters) {
            all.add(
                    words(
                            ids(cluster),
                            cluster.isClosed(),
                            cluster.isReopened(),
                            firsts(cluster.related()),
                            firsts(cluster.candidates())));
        }
        return all;
    }

    static String words(
            String ids,
            boolean isClosed,
            boolean isReopened,
            Set<String> related,
            Set<String> candidates) {
        return "%s closed %s reopened %s related %s candidates %s"
                .formatted(ids, isClosed, isReopened, related, candidates);
    }

    private static String ids(Cluster cluster) {
        return cluster.events().stream().map(IncidentEvent::eventId).collect(joining(","));
    }

    private static Set<String> firsts(Set<Cluster> clusters) {
        Set<String> firsts = new TreeSet<>();
        clusters.forEach(cluster -> firsts.add(cluster.first().eventId()));
        return firsts;
    }
}
