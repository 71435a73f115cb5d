package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.DispatchResponse.Accept;
import io.atalaya.contracts.dispatch.DispatchResponse.Close;
import io.atalaya.contracts.dispatch.DispatchResponse.Merge;
import io.atalaya.contracts.dispatch.DispatchResponse.Split;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Link;
import io.atalaya.contracts.dispatch.Incident.Link.Relation;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.fusion.IncidentEvent;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;
import io.atalaya.dispatch.policy.Policy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the order of arrival, however often a message comes, and wherever the job restarts, the
 * incidents are those of the events in order of time.
 */
class IncidentOrderTest {
    private static final double METRES = 1 / 110_574.0;
    private static final Policy POLICY = EngineRun.shipped();
    private static final List<String> PLACES = List.of("panic-button", "security", "crowd");

    /** What a person does with the incidents of two events. */
    record Act(int type, int first, int second) {}

    /** Evidence, what people do then, and what comes after. */
    record Story(List<Evidence> before, List<Act> acts, List<Evidence> after) {}

    @Provide
    Arbitrary<Story> stories() {
        return Combinators.combine(
                        evidence(0).list().ofMinSize(1).ofMaxSize(14),
                        Combinators.combine(
                                        Arbitraries.integers().between(0, 3),
                                        Arbitraries.integers().between(0, 13),
                                        Arbitraries.integers().between(0, 13))
                                .as(Act::new)
                                .list()
                                .ofMaxSize(3),
                        evidence(100).list().ofMaxSize(6))
                .as(Story::new);
    }

    private static Arbitrary<Evidence> evidence(int from) {
        return Combinators.combine(
                        Arbitraries.integers().between(from, from + 13),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.of(true, false, false),
                        Arbitraries.of(true, false, false, false, false))
                .as(IncidentOrderTest::evidence);
    }

    /** What identifies it follows from its id, as in life. */
    private static Evidence evidence(
            int id, int revision, int at, int x, boolean isPressedAgain, boolean isCancelled) {
        boolean isVehicle = id % 4 == 3;
        String kind = isVehicle ? "stolen-vehicle" : PLACES.get(id % 4);
        long time = EngineRun.START + (id >= 100 ? 20 * EngineRun.MINUTE : 0) + at * 10_000L;
        return new Evidence(
                new IncidentEvent(
                        "e" + id,
                        kind,
                        isVehicle ? Subject.VEHICLE : Subject.PLACE,
                        time,
                        new Place(19.29, -99.65 + 70 * x * METRES, 20),
                        isVehicle ? Set.of("plate:P" + id % 8) : Set.of(),
                        false,
                        isCancelled,
                        id % 13 == 12 ? "fge" : null),
                revision,
                kind.equals("panic-button") ? "device-events" : "alerts",
                kind.equals("panic-button") ? "PRESS" : "any",
                null,
                null,
                new Evidence.Origin("d" + id, EngineRun.TOLUCA, "Toluca", null, false),
                new Evidence.Weight(0.9, 0, false, isPressedAgain ? 2 : 1, false),
                0,
                null,
                List.of());
    }

    @Property(tries = 200)
    void incidentsAreThoseOfTheSortedEvents(@ForAll("stories") Story story, @ForAll Random random) {
        EngineRun sorted = new EngineRun(POLICY);
        EngineRun shuffled = new EngineRun(POLICY);
        List<Evidence> before = last(story.before());
        List<Evidence> after = last(story.after());

        before.forEach(sorted::add);
        mix(story.before(), random).forEach(each -> addAndRestart(shuffled, each, random));
        for (EngineRun run : List.of(sorted, shuffled)) {
            run.pass(5 * EngineRun.MINUTE);
            story.acts().forEach(act -> act(run, before, act));
            run.now += 15 * EngineRun.MINUTE;
        }
        after.forEach(sorted::add);
        mix(story.after(), random).forEach(each -> addAndRestart(shuffled, each, random));
        sorted.pass(2 * EngineRun.MINUTE);
        shuffled.pass(2 * EngineRun.MINUTE);

        assertThat(summary(shuffled)).isEqualTo(summary(sorted));
        everyIdLeadsSomewhere(shuffled);
    }

    /** Objects of the time between have hash codes, too, as in a job that does other work. */
    @Property(tries = 3)
    void sameInputGivesSameOutput(@ForAll @IntRange(max = 1_000) int seed) {
        EngineRun run = manyVehicles(seed, 0);
        EngineRun again = manyVehicles(seed, 7);
        assertThat(again.sent).isEqualTo(run.sent);
        assertThat(again.decisions).isEqualTo(run.decisions);
        assertThat(again.published).isEqualTo(run.published);
    }

    /** Vehicles and places that see each other, more than the positions have budget for. */
    private static EngineRun manyVehicles(int seed, int hashes) {
        Random random = new Random(seed);
        EngineRun run = new EngineRun(POLICY);
        for (int i = 0; i < 120; i++) {
            for (int j = 0; j < hashes; j++) {
                System.identityHashCode(new Object());
            }
            int x = 60 * random.nextInt(30);
            run.add(
                    random.nextBoolean()
                            ? run.call("e" + i, "security", x)
                            : run.alert("e" + i, "stolen-vehicle", Subject.VEHICLE, x, "P" + i));
            if (random.nextInt(3) == 0) {
                run.pass(random.nextInt(10) * EngineRun.SECOND);
            }
        }
        return run;
    }

    private static void addAndRestart(EngineRun run, Evidence each, Random random) {
        run.add(each);
        if (random.nextInt(8) == 0) {
            run.restart();
        }
    }

    /** All versions, some twice, in any order. */
    private static List<Evidence> mix(List<Evidence> all, Random random) {
        List<Evidence> mixed = new ArrayList<>(last(all));
        for (Evidence each : all) {
            if (random.nextBoolean() && isOlderOrLast(each, mixed)) {
                mixed.add(each);
            }
        }
        Collections.shuffle(mixed, random);
        return mixed;
    }

    private static boolean isOlderOrLast(Evidence each, List<Evidence> last) {
        return last.stream()
                .filter(other -> other.eventId().equals(each.eventId()))
                .allMatch(other -> other.equals(each) || other.revision() > each.revision());
    }

    /** The last version of each, in order of time. Of versions with equal numbers the first. */
    private static List<Evidence> last(List<Evidence> all) {
        Map<String, Evidence> last = new TreeMap<>();
        for (Evidence each : all) {
            last.merge(
                    each.eventId(),
                    each,
                    (old, other) -> other.revision() > old.revision() ? other : old);
        }
        return last.values().stream()
                .sorted(
                        Comparator.<Evidence>comparingLong(each -> each.event().time())
                                .thenComparing(Evidence::eventId))
                .toList();
    }

    private static void act(EngineRun run, List<Evidence> all, Act act) {
        Incident first = run.of(all.get(act.first() % all.size()).eventId());
        String other = all.get(act.second() % all.size()).eventId();
        run.now += EngineRun.SECOND;
        DispatchResponse.Action action =
                switch (act.type()) {
                    case 0 -> new Merge(run.of(other).incidentId());
                    case 1 -> new Split(List.of(other));
                    case 2 -> new Close("01", null, null);
                    default -> new Accept(null, null);
                };
        run.respond(first, EngineRun.TOLUCA, action);
    }

    private static Set<String> summary(EngineRun run) {
        Set<String> all = new TreeSet<>();
        for (Incident incident : run.incidents.values()) {
            if (!incident.events().isEmpty()) {
                all.add(
                        "%s %s %s %s %d related to %s"
                                .formatted(
                                        members(incident),
                                        incident.kind(),
                                        incident.type(),
                                        incident.status(),
                                        incident.priority(),
                                        related(run, incident),
                                        incident.candidates()));
            }
        }
        return all;
    }

    private static String members(Incident incident) {
        return incident.events().stream().map(Incident.Event::eventId).collect(joining(","));
    }

    private static Set<String> related(EngineRun run, Incident incident) {
        Set<String> related = new TreeSet<>();
        for (Link link : incident.links()) {
            if (link.relation() == Relation.RELATED) {
                related.add(members(run.incidents.get(link.incidentId())));
            }
        }
        return related;
    }

    private static void everyIdLeadsSomewhere(EngineRun run) {
        Set<String> events = new TreeSet<>();
        for (Incident incident : run.incidents.values()) {
            incident.events()
                    .forEach(
                            event ->
                                    assertThat(events.add(event.eventId()))
                                            .as("%s is in one incident", event.eventId())
                                            .isTrue());
            if (incident.events().isEmpty() && incident.kind() != Incident.Kind.DIGEST) {
                assertThat(incident.links())
                        .anySatisfy(
                                link -> assertThat(link.relation()).isEqualTo(Relation.REPLACED));
            }
        }
    }
}
