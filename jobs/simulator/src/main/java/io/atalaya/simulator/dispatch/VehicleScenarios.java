package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Call;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.simulator.dispatch.SourceRecords.Occurrence;
import io.atalaya.simulator.dispatch.Towns.Spot;
import io.atalaya.simulator.dispatch.TrueIncident.Outcome;
import io.atalaya.simulator.random.SeededRandom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Wanted vehicles that drive from arch to arch, some of them on two lists. */
final class VehicleScenarios {
    private static final double METRES_PER_SECOND = 14;
    private static final double MISREAD = 0.1;
    private static final double ON_TWO_LISTS = 0.05;
    private static final double SEEN_AGAIN = 0.2;
    private static final double RETROSPECTIVE_PER_DAY = 20;

    /** Share of the vehicles that are noticed where and when a robbery is reported. */
    private static final double AT_ROBBERY = 0.3;

    private static final double METRES_FROM_ROBBERY = 60;

    /** Share of what is open that a covert vehicle passes at the same moment. */
    private static final double BESIDE_COVERT = 0.05;

    private static final double METRES_BESIDE = 30;
    private static final String LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";

    /** Reasons of the hot list; vehicles a day in the reference installation. */
    private enum Reason {
        STOLEN_VEHICLE("stolen-vehicle", 70, 40),
        WANTED_PERSON("wanted-person", 85, 5),
        MISSING_PERSON("missing-person", 85, 3),
        KIDNAPPING("kidnapping", 95, 4),
        INTEREST("listed-vehicle", 55, 10);

        private final String kind;
        private final int priority;
        private final double perDay;

        Reason(String kind, int priority, double perDay) {
            this.kind = kind;
            this.priority = priority;
            this.perDay = perDay;
        }
    }

    private final DispatchOptions options;
    private final Towns towns;
    private final SourceRecords records;
    private final SeededRandom random;
    private final SeededRandom covertRandom;
    private final SeededRandom robberyRandom;
    private final List<OpenAlert> openAlerts = new ArrayList<>();
    private int entryNumber;
    private int callNumber;

    /** A passage of an arch. */
    private record Passage(Device arch, long time) {}

    /** An alert that all may see. */
    private record OpenAlert(String plate, Passage passage, long arrives) {}

    VehicleScenarios(
            DispatchOptions options,
            Towns towns,
            SourceRecords records,
            SeededRandom random,
            SeededRandom covertRandom,
            SeededRandom robberyRandom) {
        this.options = options;
        this.towns = towns;
        this.records = records;
        this.random = random;
        this.covertRandom = covertRandom;
        this.robberyRandom = robberyRandom;
    }

    void add() {
        for (Reason reason : Reason.values()) {
            for (long time : times(random, atLeastOne(reason.perDay))) {
                open(reason, time);
            }
        }
        for (long time : times(random, RETROSPECTIVE_PER_DAY * options.load())) {
            retrospective(time);
        }
    }

    /** So that also an hour has one of each; the gravest incidents are what matters most. */
    private double atLeastOne(double perDay) {
        return Math.max(perDay * options.load(), 2_880.0 / options.minutes());
    }

    /** Vehicles that only those may know of whom their entry names. */
    void addCovert() {
        List<Long> times = times(covertRandom, atLeastOne(8));
        for (int i = 0; i < times.size(); i++) {
            boolean isKidnapping = i % 2 == 0;
            HotlistEntry entry =
                    entry(
                            covertRandom,
                            "X" + i,
                            isKidnapping ? Reason.KIDNAPPING : Reason.INTEREST,
                            plate(covertRandom),
                            true);
            drive(entry, route(covertRandom, times.get(i)), covertRandom, Outcome.REAL);
        }
        addBesideOpen();
    }

    /** In the milliseconds in which something open arrives: the same vehicle, or the same place. */
    private void addBesideOpen() {
        int number = 0;
        for (OpenAlert open : List.copyOf(openAlerts)) {
            if (covertRandom.happens(BESIDE_COVERT)) {
                beside("Y" + number++, open.plate, open.passage, open.arrives);
            }
        }
        for (Occurrence open : records.occurrences()) {
            if (open.isAtPlace() && covertRandom.happens(BESIDE_COVERT)) {
                Device arch =
                        Towns.device(
                                "ARC-Y" + number,
                                Device.Kind.ARCH,
                                open.spot().near(covertRandom, METRES_BESIDE));
                Passage passage = new Passage(arch, open.arrival());
                beside("Y" + number++, plate(covertRandom), passage, open.arrival());
            }
        }
    }

    private void beside(String entryId, String plate, Passage passage, long arrives) {
        HotlistEntry entry = entry(covertRandom, entryId, Reason.INTEREST, plate, true);
        records.vehicle(
                        Spot.of(passage.arch),
                        Reason.INTEREST.kind,
                        Reason.INTEREST.priority,
                        Outcome.REAL,
                        passage.time,
                        true)
                .alert(
                        Alerts.match(entry, passage.arch, passage.time, 0.9, false),
                        arrives + covertRandom.below(5) - 2);
    }

    private List<Long> times(SeededRandom chance, double perDay) {
        return SourceRecords.times(chance, options, perDay, CallScenarios.HOURS);
    }

    private void open(Reason reason, long time) {
        HotlistEntry entry = entry(random, "E" + ++entryNumber, reason, plate(random), false);
        List<Passage> route = route(random, time);
        boolean isMisread = reason != Reason.KIDNAPPING && random.happens(MISREAD);
        if (isMisread) {
            misread(reason, entry, route.get(0));
            return;
        }
        Occurrence vehicle = drive(entry, route, random, Outcome.REAL);
        robbery(route.get(0).arch, time);
        if (random.happens(ON_TWO_LISTS)) {
            HotlistEntry other =
                    entry(random, "E" + ++entryNumber, Reason.INTEREST, entry.plate(), false);
            for (Passage passage : route) {
                raise(vehicle, other, passage, random);
            }
        }
    }

    private Occurrence drive(
            HotlistEntry entry, List<Passage> route, SeededRandom chance, Outcome outcome) {
        Reason reason = Reason.valueOf(entry.reason());
        Passage first = route.get(0);
        Occurrence vehicle =
                records.vehicle(
                        Spot.of(first.arch),
                        reason.kind,
                        reason.priority,
                        outcome,
                        first.time,
                        entry.covert());
        for (Passage passage : route) {
            raise(vehicle, entry, passage, chance);
        }
        return vehicle;
    }

    private void raise(
            Occurrence vehicle, HotlistEntry entry, Passage passage, SeededRandom chance) {
        Alert alert =
                Alerts.match(entry, passage.arch, passage.time, chance.between(0.75, 0.99), false);
        long arrives = passage.time + (long) chance.between(200, 1_500);
        vehicle.alert(alert, arrives);
        if (!entry.covert()) {
            openAlerts.add(new OpenAlert(entry.plate(), passage, arrives));
        }
        if (chance.happens(SEEN_AGAIN)) {
            long later = arrives + (long) chance.between(2_000, 60_000);
            vehicle.alert(Alerts.next(alert, Alert.Status.UPDATED, later), later);
        }
    }

    /** Another vehicle whose plate looks like the listed one; some are corrected soon. */
    private void misread(Reason reason, HotlistEntry entry, Passage passage) {
        Occurrence none =
                records.vehicle(
                        Spot.of(passage.arch),
                        reason.kind,
                        reason.priority,
                        Outcome.FALSE_ALARM,
                        passage.time,
                        false);
        Alert alert =
                Alerts.match(entry, passage.arch, passage.time, random.between(0.5, 0.8), false);
        long arrives = passage.time + (long) random.between(200, 1_500);
        none.alert(alert, arrives);
        if (random.happens(0.5)) {
            long later = arrives + (long) random.between(5_000, 300_000);
            none.alert(Alerts.next(alert, Alert.Status.CANCELLED, later), later);
        }
    }

    /** A new entry whose vehicle passed hours ago, at a place where now something else happens. */
    private void retrospective(long time) {
        HotlistEntry entry =
                entry(random, "E" + ++entryNumber, Reason.STOLEN_VEHICLE, plate(random), false);
        long passed = time - (long) random.between(2 * 3_600_000, 20 * 3_600_000);
        Passage passage = new Passage(random.oneOf(towns.arches()), passed);
        records.vehicle(
                        Spot.of(passage.arch),
                        "stolen-vehicle",
                        70,
                        Outcome.FALSE_ALARM,
                        passed,
                        false)
                .alert(Alerts.match(entry, passage.arch, passed, 0.9, true), time);
        robbery(passage.arch, time);
    }

    /** Now and then people call about something else that happens there: an incident of its own. */
    private void robbery(Device arch, long time) {
        if (!robberyRandom.happens(AT_ROBBERY)) {
            return;
        }
        Spot spot = Spot.of(arch).near(robberyRandom, METRES_FROM_ROBBERY);
        Occurrence robbery = records.at(spot, "security", 65, Outcome.REAL, time);
        int calls = 1 + robberyRandom.below(3);
        for (int i = 0; i < calls; i++) {
            long called = time + (long) robberyRandom.between(-30_000, 60_000);
            Call call =
                    new Call.Emergency(
                            "R%05d".formatted(++callNumber),
                            called,
                            "30101",
                            spot.near(robberyRandom, 20).place(50),
                            null,
                            "Asaltan a alguien",
                            "es-MX",
                            null,
                            null,
                            false,
                            false,
                            null);
            robbery.call(call, called + (long) robberyRandom.between(5_000, 20_000));
        }
    }

    /** From an arch to the nearest one that was not passed yet, and so on. */
    private List<Passage> route(SeededRandom chance, long time) {
        List<Passage> route = new ArrayList<>();
        Set<Device> passed = new HashSet<>();
        Device arch = chance.oneOf(towns.arches());
        long at = time;
        int length = 1 + (int) chance.exponential(3);
        while (route.size() < length && at < options.end()) {
            route.add(new Passage(arch, at));
            passed.add(arch);
            Spot here = Spot.of(arch);
            arch =
                    towns.arches().stream()
                            .filter(each -> !passed.contains(each))
                            .min(
                                    Comparator.comparingDouble(
                                            (Device each) -> here.metresTo(Spot.of(each))))
                            .orElseThrow();
            at +=
                    (long)
                            (here.metresTo(Spot.of(arch))
                                    / METRES_PER_SECOND
                                    * 1_000
                                    * chance.between(0.8, 1.5));
        }
        return route;
    }

    private static HotlistEntry entry(
            SeededRandom chance, String entryId, Reason reason, String plate, boolean isCovert) {
        return new HotlistEntry(
                entryId,
                plate,
                null,
                null,
                "MX",
                "MEX",
                reason.name(),
                "FGJ/" + chance.below(100_000),
                "FGJEM",
                "fgjem",
                reason.priority,
                null,
                null,
                null,
                null,
                MatchMode.FUZZY,
                isCovert,
                isCovert ? List.of("unidad-" + (1 + chance.below(3))) : List.of());
    }

    /** An open entry for a kidnapping. */
    static HotlistEntry kidnapping(SeededRandom chance, String entryId, String plate) {
        return entry(chance, entryId, Reason.KIDNAPPING, plate, false);
    }

    /** In the form of the state's series. */
    static String plate(SeededRandom chance) {
        StringBuilder plate = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            plate.append(LETTERS.charAt(chance.below(LETTERS.length())));
        }
        return plate.append("%04d".formatted(chance.below(10_000))).toString();
    }
}
