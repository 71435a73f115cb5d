package io.atalaya.simulator;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.simulator.Roads.Stretch;
import io.atalaya.simulator.ScenarioPassage.Twist;
import io.atalaya.simulator.random.SeededRandom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All scenarios, planned before the first record: routes of vehicles and changes of the list. They
 * start within the first seconds and use the short stretches of the metropolitan area, so that a
 * demonstration of a few minutes contains several passages of each.
 */
final class ScenarioPlan {
    /** Kinds of scenario, used in turn in this order. */
    private enum TrafficScenario {
        STOLEN,
        BENT_PLATE,
        ADDED_LATER,
        MISTAKEN,
        COVERT,
        REMOVED,
        WILDCARD,
        REVISED,
        CONVOY,
        EXPIRING,
        SCOPED,
        WITHDRAWN,
        CLONE,
        FALSE_PLATE,
        NEIGHBOUR,
        LISTED_CLONE
    }

    private static final long FIRST_AFTER_MS = 1_500;
    private static final int MAX_ROUTE = 12;

    /** Before the traffic, so that the job has the list by then. */
    private static final long LISTED_BEFORE_MS = 1_800_000;

    /**
     * Number of shared arches after which a convoy is recognizable, even in the dense traffic of
     * the metropolitan area.
     */
    private static final int ARCHES_OF_COMPANY = 5;

    private static final int ROUTES_TO_CHOOSE_FROM = 200;

    /** Maximum delay of a companion. */
    private static final long LAST_COMPANION_MS = 30_000;

    /** Minimum distance at which two vehicles with one plate prove a clone. */
    private static final double CLONE_KM = 30;

    private static final double FAR_KM = 60;
    private static final double SLOWEST_CLONE_KMH = 500;
    private static final double FASTEST_CLONE_KMH = 1500;

    /** Relative extra travel time of a stranger, and its initial gap. */
    private static final double MIN_DRIFT = 0.1;

    private static final double MAX_DRIFT = 0.2;
    private static final double MIN_STRANGER_GAP_MS = 3_000;
    private static final double MAX_STRANGER_GAP_MS = 20_000;

    /** Two vehicles with the same plate. */
    record Clone(String plate, RegisteredVehicle first, RegisteredVehicle second) {}

    /** A listed vehicle and its companions. */
    record Convoy(RegisteredVehicle listed, List<RegisteredVehicle> companions) {}

    private final Roads roads;
    private final Fleet fleet;
    private final Entries entries;
    private final SeededRandom random;
    private final long start;
    private final long end;
    private long nextVehicle;

    private final List<ScenarioPassage> passages = new ArrayList<>();
    private final List<Listing> listings = new ArrayList<>();
    private final List<Clone> clones = new ArrayList<>();
    private final List<Convoy> convoys = new ArrayList<>();

    /**
     * Plans the scenarios.
     *
     * @param firstVehicle the first unused vehicle number
     */
    ScenarioPlan(
            Roads roads,
            Fleet fleet,
            Entries entries,
            SeededRandom random,
            CityOptions options,
            long firstVehicle) {
        this.roads = roads;
        this.fleet = fleet;
        this.entries = entries;
        this.random = random;
        this.start = options.start();
        this.end = options.end();
        this.nextVehicle = firstVehicle;
        if (options.scenariosPerMinute() > 0) {
            double gap = 60_000 / options.scenariosPerMinute();
            int planned = 0;
            for (double at = start + FIRST_AFTER_MS; at < end; at += gap) {
                TrafficScenario[] all = TrafficScenario.values();
                plan(all[planned++ % all.length], (long) (at + random.between(0, gap / 2)));
            }
        }
        passages.sort(null);
    }

    List<ScenarioPassage> passages() {
        return passages;
    }

    List<Listing> listings() {
        return listings;
    }

    List<Clone> clones() {
        return clones;
    }

    List<Convoy> convoys() {
        return convoys;
    }

    /** The first vehicle number that no scenario uses. */
    long firstFreeVehicle() {
        return nextVehicle;
    }

    private void plan(TrafficScenario scenario, long at) {
        long number = nextVehicle++;
        RegisteredVehicle vehicle = fleet.vehicle(number);
        HotlistEntry entry = entries.about(number);
        List<Leg> route = route(at, null);
        switch (scenario) {
            case STOLEN -> drive(vehicle, route, list(vehicle, entry, early(), null), Twist.NONE);
            case BENT_PLATE ->
                    drive(vehicle, route, list(vehicle, entry, early(), null), Twist.MISREAD);
            case ADDED_LATER -> {
                long added = route.get(0).passedAt() + (long) random.between(5_000, 12_000);
                drive(vehicle, route, list(vehicle, entry, added, null), Twist.NONE);
            }
            case COVERT ->
                    drive(
                            vehicle,
                            route,
                            list(
                                    vehicle,
                                    Entries.covert(entry, List.of("unidad-antisecuestros")),
                                    early(),
                                    null),
                            Twist.NONE);
            case REMOVED -> {
                long removed = route.get(0).passedAt() + (long) random.between(12_000, 25_000);
                drive(vehicle, route, list(vehicle, entry, early(), removed), Twist.NONE);
            }
            case EXPIRING -> {
                long until = route.get(0).passedAt() + (long) random.between(12_000, 25_000);
                HotlistEntry expiring = Entries.validUntil(entry, until);
                drive(vehicle, route, list(vehicle, expiring, early(), null), Twist.NONE);
            }
            case WILDCARD -> {
                HotlistEntry wildcard = Entries.pattern(entry, blurred(vehicle.plate()));
                drive(vehicle, route, list(vehicle, wildcard, early(), null), Twist.NONE);
            }
            case SCOPED -> {
                String site = roads.arch(route.get(0).stretch().to()).site();
                HotlistEntry scoped =
                        Entries.within(entry, new Scope(List.of(site), List.of(), List.of()));
                drive(vehicle, route, list(vehicle, scoped, early(), null), Twist.NONE);
            }
            case REVISED ->
                    drive(vehicle, route, list(vehicle, entry, early(), null), Twist.REVISED);
            case MISTAKEN -> passOnce(number, entry, route, Twist.MISTAKEN);
            case WITHDRAWN -> passOnce(number, entry, route, Twist.WITHDRAWN);
            case CONVOY -> convoy(vehicle, entry, completedLegs(route));
            case CLONE -> cloneOf(vehicle, route, List.of());
            case LISTED_CLONE -> cloneOf(vehicle, route, list(vehicle, entry, early(), null));
            case FALSE_PLATE -> falsePlate(number, vehicle, entry, route);
            case NEIGHBOUR -> {
                list(vehicle, entry, early(), null);
                RegisteredVehicle innocent = neighbour(vehicle);
                drive(innocent, route, List.of(), Twist.NONE);
            }
        }
    }

    /**
     * Chooses, of many routes, the one with most arches before the end and the earliest passages,
     * because a convoy cut off by the end of the recording is not recognizable.
     */
    private List<Leg> completedLegs(List<Leg> route) {
        boolean arrives = roads.isDeadEnd(route.get(route.size() - 1).stretch().to());
        if (arrives || archesInTime(route) == ARCHES_OF_COMPANY) {
            return route;
        }
        Comparator<List<Leg>> worse =
                Comparator.comparingInt(this::archesInTime)
                        .thenComparing(next -> -next.get(archesInTime(next) - 1).passedAt());
        List<Leg> best = route;
        for (int i = 0; i < ROUTES_TO_CHOOSE_FROM; i++) {
            List<Leg> other = route(route.get(0).passedAt(), null);
            best = worse.compare(best, other) < 0 ? other : best;
        }
        return best;
    }

    /** Number of arches in time: at least 1, at most as many as a convoy needs. */
    private int archesInTime(List<Leg> route) {
        long arches =
                route.stream().filter(leg -> leg.passedAt() + LAST_COMPANION_MS < end).count();
        return (int) Math.max(1, Math.min(ARCHES_OF_COMPANY, arches));
    }

    private void convoy(RegisteredVehicle vehicle, HotlistEntry entry, List<Leg> route) {
        drive(vehicle, route, list(vehicle, entry, early(), null), Twist.NONE);
        List<RegisteredVehicle> companions = new ArrayList<>();
        double gap = 0;
        for (int i = 0; i < 2; i++) {
            RegisteredVehicle companion = fleet.vehicle(nextVehicle++);
            gap += random.between(4_000, 12_000);
            for (Leg leg : route) {
                long time = leg.passedAt() + (long) (gap + random.between(-1_500, 1_500));
                passages.add(
                        passage(companion, companion.plate(), leg, time, List.of(), Twist.NONE));
            }
            companions.add(companion);
        }
        convoys.add(new Convoy(vehicle, List.copyOf(companions)));
        stranger(route);
    }

    /** Adds a vehicle that takes the same route by chance but slower, so that the gap grows. */
    private void stranger(List<Leg> route) {
        RegisteredVehicle vehicle = fleet.vehicle(nextVehicle++);
        double pace = random.between(MIN_DRIFT, MAX_DRIFT);
        double gap =
                random.between(MIN_STRANGER_GAP_MS, MAX_STRANGER_GAP_MS)
                        * (random.below(2) == 0 ? 1 : -1);
        for (Leg leg : route) {
            long time =
                    leg.passedAt()
                            + (long) (gap + pace * (leg.passedAt() - route.get(0).passedAt()));
            passages.add(passage(vehicle, vehicle.plate(), leg, time, List.of(), Twist.NONE));
        }
    }

    private void cloneOf(RegisteredVehicle vehicle, List<Leg> route, List<Listing> listed) {
        drive(vehicle, route, listed, Twist.NONE);
        RegisteredVehicle impostor = fleet.vehicle(nextVehicle++);
        int here = route.get(0).stretch().to();
        List<Stretch> far =
                roads.stretches().stream()
                        .filter(s -> roads.straightKm(here, s.to()) > CLONE_KM)
                        .filter(s -> roads.straightKm(here, s.to()) < FAR_KM)
                        .filter(s -> !roads.isDeadEnd(s.to()))
                        .toList();
        Stretch there = random.weighted(far, s -> 1 / s.km());
        double kmh = random.between(SLOWEST_CLONE_KMH, FASTEST_CLONE_KMH);
        double takes = roads.straightKm(here, there.to()) / kmh * 3_600_000;
        long first = route.get(0).passedAt();
        // Limited, so that the second vehicle is read before the recording ends.
        long second = first + (long) Math.min(takes, (end - first) / 2.0);
        for (Leg leg : route(second, there)) {
            passages.add(
                    passage(
                            impostor,
                            vehicle.plate(),
                            leg,
                            leg.passedAt(),
                            listed,
                            Twist.IMPOSTOR));
        }
        clones.add(new Clone(vehicle.plate(), vehicle, impostor));
    }

    /** The wanted vehicle uses the plate of a vehicle that does not drive. */
    private void falsePlate(
            long number, RegisteredVehicle vehicle, HotlistEntry entry, List<Leg> route) {
        RegisteredVehicle tagged = vehicle.withTag(fleet.tag(number));
        String borrowed = fleet.vehicle(nextVehicle++).plate();
        List<Listing> listed = list(new Listing(tagged, entry, early(), null, true));
        for (Leg leg : route) {
            passages.add(passage(tagged, borrowed, leg, leg.passedAt(), listed, Twist.TAGGED));
        }
    }

    /** The listed vehicle does not drive; a neighbour's plate is misread as its own once. */
    private void passOnce(long number, HotlistEntry entry, List<Leg> route, Twist twist) {
        RegisteredVehicle vehicle = fleet.vehicle(number);
        List<Listing> listed = list(vehicle, entry, early(), null);
        Leg leg = route.get(0);
        RegisteredVehicle innocent = neighbour(vehicle);
        passages.add(passage(innocent, innocent.plate(), leg, leg.passedAt(), listed, twist));
    }

    /** An innocent vehicle whose plate is one character away, with the same make and colour. */
    private RegisteredVehicle neighbour(RegisteredVehicle vehicle) {
        RegisteredVehicle other = fleet.vehicle(nextVehicle++);
        StringBuilder plate = new StringBuilder(vehicle.plate());
        for (int at = random.below(plate.length()); ; at = (at + 1) % plate.length()) {
            char c = plate.charAt(at);
            if (Character.isDigit(c)) {
                plate.setCharAt(at, (char) ('0' + (c - '0' + 1 + random.below(8)) % 10));
                return new RegisteredVehicle(
                        other.id(),
                        plate.toString(),
                        vehicle.state(),
                        vehicle.appearance(),
                        other.tagId(),
                        plate.toString());
            }
        }
    }

    private void drive(
            RegisteredVehicle vehicle, List<Leg> route, List<Listing> listed, Twist twist) {
        for (Leg leg : route) {
            passages.add(passage(vehicle, vehicle.plate(), leg, leg.passedAt(), listed, twist));
        }
    }

    private static ScenarioPassage passage(
            RegisteredVehicle vehicle,
            String shown,
            Leg leg,
            long time,
            List<Listing> listed,
            Twist twist) {
        return new ScenarioPassage(time, leg.stretch(), vehicle, shown, listed, twist);
    }

    private List<Listing> list(
            RegisteredVehicle vehicle, HotlistEntry entry, long addedAt, Long removedAt) {
        return list(new Listing(vehicle, entry, addedAt, removedAt, false));
    }

    private List<Listing> list(Listing listing) {
        listings.add(listing);
        return List.of(listing);
    }

    private long early() {
        return start - LISTED_BEFORE_MS + (long) random.between(0, 600_000);
    }

    private record Leg(long passedAt, Stretch stretch) {}

    private List<Leg> route(long at, Stretch first) {
        Stretch next =
                first != null
                        ? first
                        : random.weighted(
                                roads.stretches(),
                                s -> roads.isDeadEnd(s.to()) ? 0 : 1 / (s.km() * s.km()));
        List<Leg> route = new ArrayList<>();
        long time = at;
        while (true) {
            route.add(new Leg(time, next));
            if (route.size() == MAX_ROUTE || roads.isDeadEnd(next.to())) {
                return route;
            }
            next = random.weighted(roads.onward(next), s -> 1 / (s.km() * s.km()));
            time += (long) (next.km() / Traffic.kmh(next, random) * 3_600_000);
            if (time >= end) {
                return route;
            }
        }
    }

    /** The plate as a witness remembers it, with two characters missing. */
    private String blurred(String plate) {
        int at = 1 + random.below(plate.length() - 3);
        return plate.substring(0, at) + "??" + plate.substring(at + 2);
    }
}
