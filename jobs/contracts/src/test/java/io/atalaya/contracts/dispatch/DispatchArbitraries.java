package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.plate.PlateArbitraries;

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
                                                hangUp));
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
}
