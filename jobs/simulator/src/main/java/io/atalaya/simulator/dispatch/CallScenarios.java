package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Call;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.simulator.dispatch.SourceRecords.Occurrence;
import io.atalaya.simulator.dispatch.Towns.Spot;
import io.atalaya.simulator.dispatch.TrueIncident.Outcome;
import io.atalaya.simulator.random.SeededRandom;

import java.util.List;

/**
 * Calls to 9-1-1 and 089, and the cameras that see the same. Most calls are about nothing. Several
 * people call about one event, each with a place of their own.
 */
final class CallScenarios {
    /** Shares of a day's calls by hour, an estimate. */
    static final double[] HOURS = {
        5, 4, 3, 2, 2, 3, 5, 8, 10, 11, 11, 12, 12, 12, 12, 12, 12, 13, 14, 14, 13, 12, 10, 7
    };

    private static final double NUISANCES_PER_DAY = 16_000;
    private static final double SILENT_PER_DAY = 400;
    private static final double ANONYMOUS_PER_DAY = 100;

    /** Registered by the call-taker's system before the call was classified. */
    private static final double EARLY = 0.1;

    private static final double LATER_VERSION = 0.1;
    private static final double RECOGNIZED_AS_SAME = 0.4;
    private static final double OTHER_CODE = 0.02;
    private static final double UNCERTAIN_PLACE = 0.01;

    /** Call-takers resolve a cell's sector to an address by asking. */
    private static final double SECTOR_METRES = 2_000;

    private static final List<String> NUISANCE_CODES = List.of("70101", "70102", "70201");
    private static final List<String> ANONYMOUS_CODES = List.of("30201", "30202", "30301");

    /** What people call about; incidents a day in the reference installation. */
    private enum Topic {
        ASSAULT("security", 65, 350, 0.9, 0.05, List.of("30101", "30102", "30103"), "Asalto"),
        ILLNESS("medical", 70, 250, 0.4, 0, List.of("10201", "10202"), "Persona enferma"),
        CRASH("crash", 75, 100, 2, 0.4, List.of("10104"), "Choque con lesionados"),
        FIRE("civil-protection", 60, 60, 2.5, 0.1, List.of("20101", "20102"), "Incendio"),
        SERVICE("service", 30, 140, 0.1, 0, List.of("40101", "60101"), "Fuga de agua");

        private final String kind;
        private final int priority;
        private final double perDay;

        /** Mean number of further callers. */
        private final double others;

        /** Probability that a camera sees it. */
        private final double seen;

        private final List<String> codes;
        private final String text;

        Topic(
                String kind,
                int priority,
                double perDay,
                double others,
                double seen,
                List<String> codes,
                String text) {
            this.kind = kind;
            this.priority = priority;
            this.perDay = perDay;
            this.others = others;
            this.seen = seen;
            this.codes = codes;
            this.text = text;
        }
    }

    private final DispatchOptions options;
    private final Towns towns;
    private final SourceRecords records;
    private final SeededRandom random;
    private int callNumber;
    private int cadNumber;

    CallScenarios(
            DispatchOptions options, Towns towns, SourceRecords records, SeededRandom random) {
        this.options = options;
        this.towns = towns;
        this.records = records;
        this.random = random;
    }

    void add() {
        for (long time : times(NUISANCES_PER_DAY)) {
            nuisance(time);
        }
        for (long time : times(SILENT_PER_DAY)) {
            silent(time);
        }
        for (long time : times(ANONYMOUS_PER_DAY)) {
            anonymous(time);
        }
        for (Topic topic : Topic.values()) {
            for (long time : times(topic.perDay)) {
                incident(topic, time);
            }
        }
    }

    private List<Long> times(double perDay) {
        return SourceRecords.times(random, options, perDay * options.load(), HOURS);
    }

    private void nuisance(long time) {
        Spot spot = towns.spot(random);
        Occurrence none = records.at(spot, "nuisance", 0, Outcome.NOTHING, time);
        none.call(
                new Call.Emergency(
                        callId(),
                        time,
                        random.oneOf(NUISANCE_CODES),
                        random.happens(0.5) ? spot.place(SECTOR_METRES) : null,
                        null,
                        null,
                        "es-MX",
                        null,
                        null,
                        false,
                        random.happens(0.3),
                        null),
                time + (long) random.between(5_000, 30_000));
    }

    /** Without a code, because the caller is silent. One in ten really needs help. */
    private void silent(long time) {
        boolean isReal = random.happens(0.1);
        Spot spot = towns.spot(random);
        records.at(spot, "hang-up", 50, isReal ? Outcome.REAL : Outcome.FALSE_ALARM, time)
                .call(
                        new Call.Emergency(
                                callId(),
                                time,
                                null,
                                claimed(spot, SECTOR_METRES),
                                null,
                                null,
                                null,
                                null,
                                null,
                                true,
                                random.happens(0.6),
                                null),
                        time + (long) random.between(15_000, 40_000));
    }

    private void anonymous(long time) {
        Spot spot = towns.spot(random);
        records.at(spot, "security", 65, Outcome.REAL, time)
                .call(
                        new Call.AnonymousReport(
                                "089-" + callId(),
                                time,
                                random.oneOf(ANONYMOUS_CODES),
                                claimed(spot, 200),
                                null,
                                "Reporte anónimo",
                                "es-MX"),
                        time + (long) random.between(120_000, 300_000));
    }

    private void incident(Topic topic, long time) {
        Device camera = random.happens(topic.seen) ? random.oneOf(towns.cameras()) : null;
        Spot spot = camera == null ? towns.spot(random) : Spot.of(camera).near(random, 20);
        Occurrence incident = records.at(spot, topic.kind, topic.priority, Outcome.REAL, time);
        String firstCad = "CAD" + ++cadNumber;
        // The first caller's place is always usable: what has none is an incident of its own.
        long first = time + (long) random.exponential(20_000);
        call(incident, topic, first, firstCad, true);
        while (random.happens(topic.others / (1 + topic.others))) {
            long next = first + (long) random.exponential(120_000);
            if (random.happens(RECOGNIZED_AS_SAME)) {
                call(incident, topic, next, firstCad, random.happens(0.5));
            } else {
                boolean isPlaced = !random.happens(UNCERTAIN_PLACE);
                call(incident, topic, next, "CAD" + ++cadNumber, isPlaced);
            }
        }
        if (camera != null) {
            AlertType type =
                    topic == Topic.CRASH ? AlertType.STOPPED_VEHICLE : AlertType.UNUSUAL_ACTIVITY;
            long detected = time + (long) random.between(5_000, 60_000);
            incident.alert(
                    Alerts.camera(type, camera, detected, 0.8),
                    detected + (long) random.between(300, 1_500));
        }
    }

    private void call(Occurrence incident, Topic topic, long time, String cad, boolean isPlaced) {
        String callId = callId();
        String code =
                random.happens(OTHER_CODE)
                        ? random.oneOf(List.of("10201", "60101"))
                        : random.oneOf(topic.codes);
        Place place = claimed(incident.spot(), random.oneOf(List.of(30.0, 60.0, 100.0, 200.0)));
        Place.Unknown noPlace = null;
        if (!isPlaced) {
            if (random.happens(0.5)) {
                place = null;
                noPlace = Place.Unknown.DEFAULT_MARKER;
            } else {
                place = random.happens(0.2) ? new Place(0, 0, 50) : claimed(incident.spot(), 2_000);
            }
        }
        long arrives = time + (long) random.between(20_000, 60_000);
        if (random.happens(EARLY)) {
            incident.call(
                    emergency(callId, time, null, place, noPlace, null, cad),
                    time + (long) random.between(5_000, 15_000));
        }
        Call call = emergency(callId, time, code, place, noPlace, topic.text, cad);
        incident.call(call, arrives);
        if (random.happens(LATER_VERSION)) {
            Call later =
                    emergency(callId, time, code, place, noPlace, topic.text + ", más datos", cad);
            incident.call(later, arrives + (long) random.between(10_000, 120_000));
        }
    }

    private static Call emergency(
            String callId,
            long time,
            String code,
            Place place,
            Place.Unknown noPlace,
            String text,
            String cad) {
        return new Call.Emergency(
                callId, time, code, place, noPlace, text, "es-MX", null, cad, false, false, null);
    }

    /** The place that a caller gives; the radius holds in 19 of 20 calls. */
    private Place claimed(Spot spot, double radius) {
        return spot.near(random, radius / 2.45).place(radius);
    }

    private String callId() {
        return "C%06d".formatted(++callNumber);
    }
}
