package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.plate.PlateArbitraries;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.warning.PublicWarning;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.time.DayOfWeek;
import java.util.List;

/** Any records of dispatch that the contracts allow, for property tests. */
public final class DispatchArbitraries {
    private DispatchArbitraries() {}

    static Arbitrary<String> ids() {
        return PlateArbitraries.text(1, Limits.MAX_ID);
    }

    static Arbitrary<String> texts() {
        return PlateArbitraries.text(0, Limits.MAX_REASON);
    }

    /** Usable places, unusable ones, and none. */
    static Arbitrary<Place> places() {
        return Combinators.combine(
                        Arbitraries.doubles().between(-100, 100),
                        Arbitraries.doubles().between(-200, 200),
                        Arbitraries.doubles().between(0, 200_000))
                .as(Place::new)
                .injectNull(0.2);
    }

    static Arbitrary<Place.Unknown> reasons() {
        return Arbitraries.of(Place.Unknown.class).injectNull(0.8);
    }

    private static Arbitrary<String> timesOfDay() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 23),
                        Arbitraries.integers().between(0, 59))
                .as("%02d:%02d"::formatted);
    }

    private static Arbitrary<DeviceEvent.OpeningHours> openingHours() {
        return Combinators.combine(
                        Arbitraries.of(DayOfWeek.class).list().ofMaxSize(7),
                        timesOfDay(),
                        timesOfDay())
                .as(DeviceEvent.OpeningHours::new);
    }

    static Arbitrary<DeviceEvent> deviceEvents() {
        return Combinators.combine(
                        Combinators.combine(ids(), ids(), ids().injectNull(0.3)).as(Ids::new),
                        Arbitraries.of(DeviceEvent.Kind.class),
                        PlateArbitraries.times(),
                        Arbitraries.of(true, false).injectNull(0.5),
                        places(),
                        reasons(),
                        Arbitraries.of(DeviceEvent.Premises.class).injectNull(0.3),
                        Combinators.combine(
                                        openingHours().list().ofMaxSize(3), texts().injectNull(0.3))
                                .as(Description::new))
                .as(
                        (ids, kind, time, accepted, place, noPlace, premises, description) ->
                                new DeviceEvent(
                                        ids.first(),
                                        ids.second(),
                                        kind,
                                        time,
                                        accepted,
                                        place,
                                        noPlace,
                                        premises,
                                        description.hours(),
                                        ids.third(),
                                        description.text()));
    }

    private record Ids(String first, String second, String third) {}

    private record Description(List<DeviceEvent.OpeningHours> hours, String text) {}

    static Arbitrary<Call> calls() {
        Arbitrary<String> codes =
                Arbitraries.of("10104", "70101", "30199", "10000").injectNull(0.2);
        Arbitrary<String> languages =
                Arbitraries.of("es-MX", "nah", "en-US", "es-419").injectNull(0.3);
        Arbitrary<String> notes = texts().injectNull(0.3);
        Arbitrary<Call> reports =
                Combinators.combine(
                                ids(),
                                PlateArbitraries.times(),
                                codes,
                                places(),
                                reasons(),
                                notes,
                                languages)
                        .as(Call.AnonymousReport::new);
        Arbitrary<Call> emergencies =
                Combinators.combine(
                                reports,
                                ids().injectNull(0.3),
                                ids().injectNull(0.3),
                                Arbitraries.of(true, false),
                                Arbitraries.of(true, false))
                        .as(
                                (call, caller, cad, silent, hangUp) ->
                                        new Call.Emergency(
                                                call.callId(),
                                                call.time(),
                                                call.cnieCode(),
                                                call.place(),
                                                call.noPlace(),
                                                call.text(),
                                                call.language(),
                                                caller,
                                                cad,
                                                silent,
                                                hangUp,
                                                cad == null ? null : "TOLUCA"));
        return Arbitraries.oneOf(reports, emergencies);
    }

    static Arbitrary<Drone> drones() {
        return Combinators.combine(
                        Combinators.combine(ids(), ids(), ids().injectNull(0.3)).as(Ids::new),
                        PlateArbitraries.times(),
                        Arbitraries.of(Drone.Availability.class),
                        Arbitraries.of(Drone.MissionState.class).injectNull(0.3),
                        places(),
                        reasons(),
                        Arbitraries.doubles().between(-1000, 10_000).injectNull(0.3),
                        Arbitraries.doubles().between(0, 100).injectNull(0.3))
                .as(
                        (ids, time, availability, mission, place, noPlace, altitude, battery) ->
                                new Drone(
                                        ids.first(),
                                        time,
                                        availability,
                                        mission,
                                        ids.third(),
                                        place,
                                        noPlace,
                                        altitude,
                                        battery));
    }

    static Arbitrary<String> codes() {
        return PlateArbitraries.text(1, Limits.MAX_CODE).filter(text -> !text.isBlank());
    }

    static Arbitrary<Text.Translation> translations() {
        Arbitrary<String> words = texts().injectNull(0.2);
        return Combinators.combine(words, words).as(Text.Translation::new).injectNull(0.2);
    }

    private static Arbitrary<Place> usablePlaces() {
        return places().filter(place -> place != null && Place.whyNone(place, null) == null);
    }

    private record What(
            String incidentId,
            Incident.Kind kind,
            String type,
            String eidoType,
            Incident.Status status) {}

    private record Where(
            Place place, List<Incident.RoutePoint> route, Incident.Assignment assignment) {}

    private record Why(
            int priority, List<Incident.PriorityPart> parts, Text.Translation headline) {}

    private record Contents(
            List<Incident.Event> events,
            List<Incident.Link> links,
            List<String> candidates,
            List<Incident.Note> notes) {}

    static Arbitrary<Incident> incidents() {
        Arbitrary<Long> time = PlateArbitraries.times();
        Arbitrary<What> what =
                Combinators.combine(
                                ids(),
                                Arbitraries.of(Incident.Kind.class),
                                codes(),
                                codes().injectNull(0.3),
                                Arbitraries.of(Incident.Status.class))
                        .as(What::new);
        Arbitrary<Where> where =
                Combinators.combine(
                                usablePlaces().injectNull(0.3),
                                Combinators.combine(time, ids().injectNull(0.3), usablePlaces())
                                        .as(Incident.RoutePoint::new)
                                        .list()
                                        .ofMaxSize(3),
                                Combinators.combine(
                                                codes(),
                                                codes().injectNull(0.3),
                                                Arbitraries.integers()
                                                        .between(0, Integer.MAX_VALUE),
                                                Arbitraries.of(Incident.Assignment.State.class),
                                                codes().injectNull(0.3),
                                                ids().injectNull(0.3))
                                        .as(Incident.Assignment::new)
                                        .injectNull(0.3))
                        .as(Where::new);
        Arbitrary<Why> why =
                Combinators.combine(
                                Arbitraries.integers().between(0, 100),
                                Combinators.combine(
                                                codes(),
                                                Arbitraries.doubles().between(-100, 100),
                                                translations())
                                        .as(Incident.PriorityPart::new)
                                        .list()
                                        .ofMaxSize(3),
                                translations())
                        .as(Why::new);
        Arbitrary<Contents> contents =
                Combinators.combine(
                                Combinators.combine(ids(), codes(), codes(), time, translations())
                                        .as(Incident.Event::new)
                                        .list()
                                        .ofMaxSize(3),
                                Combinators.combine(
                                                Arbitraries.of(Incident.Link.Relation.class), ids())
                                        .as(Incident.Link::new)
                                        .list()
                                        .ofMaxSize(3),
                                ids().list().ofMaxSize(3),
                                Combinators.combine(time, codes(), codes().injectNull(0.3), codes())
                                        .as(Incident.Note::new)
                                        .list()
                                        .ofMaxSize(3))
                        .as(Contents::new);
        Arbitrary<Long> due = time.injectNull(0.5);
        Arbitrary<Incident.Deadlines> deadlines =
                Combinators.combine(due, due, due, due).as(Incident.Deadlines::new).injectNull(0.3);
        return Combinators.combine(
                        what, time, where, why, contents, deadlines, codes().injectNull(0.3), ids())
                .as(
                        (id, at, place, score, lists, answers, site, notified) ->
                                new Incident(
                                        id.incidentId(),
                                        at,
                                        id.kind(),
                                        id.type(),
                                        id.eidoType(),
                                        id.status(),
                                        at,
                                        at,
                                        score.priority() % 2 == 0 ? at : null,
                                        place.place(),
                                        place.route(),
                                        site,
                                        site,
                                        place.assignment(),
                                        place.assignment() == null
                                                ? List.of()
                                                : List.of(place.assignment()),
                                        score.priority(),
                                        score.parts(),
                                        score.headline(),
                                        lists.events(),
                                        lists.links(),
                                        lists.candidates(),
                                        lists.notes(),
                                        answers,
                                        at % 3 == 1
                                                ? null
                                                : new Incident.Warning(
                                                        List.of(PublicWarning.Category.MET),
                                                        PublicWarning.Urgency.IMMEDIATE,
                                                        PublicWarning.Severity.EXTREME,
                                                        true,
                                                        false,
                                                        List.of(notified)),
                                        at % 2 == 0,
                                        List.of(notified)));
    }
}
