package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.Distance;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.OpenClones.CloneKey;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.event.VehicleTag;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Derives clones as a pure function of a plate's stored events. Events are replayed in order of
 * arrival and each read is placed between its neighbours in device time, so the first pair, and
 * with it the clone's identity, does not depend on the order in which the job received them.
 */
final class CloneLogic {
    /** The locations of devices. */
    @FunctionalInterface
    interface DeviceLocations {
        /**
         * The device as registered when its message arrived; null if it was unknown or had no
         * location.
         */
        Device at(String deviceId, long arrival);
    }

    /** A confident read at a known location, ordered by (time, readKey). */
    record LocatedRead(EnrichedRead enrichedRead, double latitude, double longitude)
            implements Comparable<LocatedRead> {
        private static final Comparator<LocatedRead> ORDER =
                Comparator.comparingLong(LocatedRead::deviceTime)
                        .thenComparing(LocatedRead::readKey);

        long deviceTime() {
            return enrichedRead.read().deviceTime();
        }

        String readKey() {
            return enrichedRead.readKey();
        }

        String device() {
            return enrichedRead.read().deviceId();
        }

        @Override
        public int compareTo(LocatedRead other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Two consecutive reads of a plate that one vehicle cannot have made.
     *
     * @param distanceKm distance of the two devices
     * @param neededKmh the least speed that it would take
     */
    record ImpossibleTravel(
            LocatedRead first, LocatedRead second, double distanceKm, double neededKmh)
            implements Comparable<ImpossibleTravel> {
        ImpossibleTravel {
            distanceKm = Field.finite("distanceKm", distanceKm);
            neededKmh = Field.finite("neededKmh", neededKmh);
        }

        private static final Comparator<ImpossibleTravel> ORDER =
                Comparator.comparing(ImpossibleTravel::first)
                        .thenComparing(ImpossibleTravel::second);

        @Override
        public int compareTo(ImpossibleTravel other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * One clone as derived from the reads of its plate.
     *
     * @param pairs that prove it, in order of time; if no pair is left, the last ones that did
     * @param tags that vehicles of its pairs carried, including pairs that no longer prove it
     * @param isCancelled whether no pair is left: reads were retracted, or a late one lies between
     * @param changedAt arrival time of the last change of its pairs, epoch ms
     */
    record ClonedPlate(
            CloneKey identityKey,
            List<ImpossibleTravel> pairs,
            List<VehicleTag> tags,
            boolean isCancelled,
            long changedAt) {}

    private final double maxSpeedKmh;
    private final long tagWaitMillis;
    private final DeviceLocations locations;

    /**
     * @param tagWaitMillis how long after a read a tag may become known and still count with it, ms
     */
    CloneLogic(double maxSpeedKmh, long tagWaitMillis, DeviceLocations locations) {
        this.maxSpeedKmh = maxSpeedKmh;
        this.tagWaitMillis = tagWaitMillis;
        this.locations = locations;
    }

    /**
     * Whether a read may be used: confident, from a correct clock, long enough, and stored under
     * its top text.
     */
    static boolean isConfident(long plate, EnrichedRead enrichedRead) {
        return !enrichedRead.isClockSuspect()
                && enrichedRead.read().confidence() >= CloneSettings.MIN_CONFIDENCE
                && CanonicalPlate.length(plate) >= CloneSettings.MIN_LENGTH
                && CanonicalPlate.pack(enrichedRead.read().plate()) == plate;
    }

    /**
     * The arrival time as of which an event is evaluated; for a tag, that of the reads that wait
     * for it.
     */
    long releaseAt(PassageEvent event) {
        return event.isOfTag() ? event.causedAt() - tagWaitMillis : event.causedAt();
    }

    /**
     * The clones of a plate.
     *
     * @param plate packed canonical plate
     * @param events stored under it, in any order
     * @param until events that are due later do not count
     * @param known clones emitted before. One whose first pair is still stored must be derived
     *     again or is retracted, because it was emitted too early; any other keeps its identity and
     *     tags
     */
    List<ClonedPlate> derive(
            long plate, List<PassageEvent> events, long until, List<OpenClones.Open> known) {
        Map<String, LocatedRead> seen = locatedReads(plate, events, until);
        TreeMap<Long, List<Step>> steps = steps(seen, events, until);
        Line line = new Line();
        List<CloneBuilder> cases = new ArrayList<>();
        List<CloneKey> mistaken = new ArrayList<>();
        for (OpenClones.Open open : known) {
            CloneKey anchor = open.identityKey();
            if (seen.containsKey(anchor.first()) && seen.containsKey(anchor.second())) {
                mistaken.add(anchor);
            } else {
                cases.add(new CloneBuilder(anchor, open.tags()));
            }
        }
        Map<ImpossibleTravel, CloneBuilder> owners = new HashMap<>();
        for (Map.Entry<Long, List<Step>> at : steps.entrySet()) {
            line.clearChanges();
            at.getValue().forEach(line::apply);
            fold(plate, at.getKey(), line, owners, cases);
        }
        if (cases.isEmpty() && mistaken.isEmpty()) {
            return List.of();
        }
        CarriedTags tags =
                new CarriedTags(
                        events.stream().filter(event -> releaseAt(event) <= until).toList());
        List<ClonedPlate> emitted = new ArrayList<>();
        cases.stream()
                .filter(CloneBuilder::isEmitted)
                .map(each -> each.emitted(tags))
                .forEach(emitted::add);
        mistaken.removeIf(
                anchor -> emitted.stream().anyMatch(one -> one.identityKey().isSame(anchor)));
        for (CloneKey anchor : mistaken) {
            ImpossibleTravel pair = pair(seen.get(anchor.first()), seen.get(anchor.second()));
            if (pair != null) {
                CloneBuilder building = new CloneBuilder(anchor, List.of());
                building.add(pair);
                building.changed(anchor.arrivalTime());
                building.pairs.clear();
                emitted.add(building.emitted(tags));
            }
        }
        return emitted;
    }

    /** A read that arrived, or its retraction. */
    private record Step(LocatedRead read, boolean isRetraction) {}

    private Map<String, LocatedRead> locatedReads(
            long plate, List<PassageEvent> events, long until) {
        Map<String, LocatedRead> seen = new TreeMap<>();
        for (PassageEvent event : events) {
            if (event instanceof EnrichedRead enrichedRead
                    && enrichedRead.arrivalTime() <= until
                    && isConfident(plate, enrichedRead)) {
                Device device =
                        locations.at(enrichedRead.read().deviceId(), enrichedRead.arrivalTime());
                if (device != null) {
                    seen.put(
                            enrichedRead.readKey(),
                            new LocatedRead(enrichedRead, device.latitude(), device.longitude()));
                }
            }
        }
        return seen;
    }

    private static TreeMap<Long, List<Step>> steps(
            Map<String, LocatedRead> seen, List<PassageEvent> events, long until) {
        Map<String, Long> retracted = new HashMap<>();
        for (PassageEvent event : events) {
            if (event instanceof Retraction end && end.causedAt() <= until) {
                retracted.merge(end.readKey(), end.causedAt(), Math::min);
            }
        }
        TreeMap<Long, List<Step>> steps = new TreeMap<>();
        seen.forEach(
                (readKey, enrichedRead) -> {
                    long arrival = enrichedRead.enrichedRead().arrivalTime();
                    Long end = retracted.get(readKey);
                    // A read that was retracted before it arrived never counts.
                    if (end == null || end > arrival) {
                        add(steps, arrival, new Step(enrichedRead, false));
                        if (end != null) {
                            add(steps, end, new Step(enrichedRead, true));
                        }
                    }
                });
        return steps;
    }

    private static void add(TreeMap<Long, List<Step>> steps, long at, Step step) {
        steps.computeIfAbsent(at, a -> new ArrayList<>()).add(step);
    }

    private static void fold(
            long plate,
            long at,
            Line line,
            Map<ImpossibleTravel, CloneBuilder> owners,
            List<CloneBuilder> cases) {
        Set<CloneBuilder> touched = new LinkedHashSet<>();
        for (ImpossibleTravel pair : line.lost()) {
            CloneBuilder owner = owners.remove(pair);
            owner.pairs.remove(pair);
            touched.add(owner);
        }
        for (ImpossibleTravel pair : line.won()) {
            CloneBuilder owner = ownerOf(pair, cases);
            if (owner == null) {
                owner =
                        new CloneBuilder(
                                new CloneKey(
                                        plate,
                                        pair.first().readKey(),
                                        pair.second().readKey(),
                                        pair.second().deviceTime(),
                                        at),
                                List.of());
                cases.add(owner);
            }
            owners.put(pair, owner);
            owner.add(pair);
            touched.add(owner);
        }
        touched.forEach(owner -> owner.changed(at));
    }

    private static CloneBuilder ownerOf(ImpossibleTravel pair, List<CloneBuilder> cases) {
        for (CloneBuilder building : cases) {
            if (Math.abs(pair.second().deviceTime() - building.identityKey.deviceTime())
                    <= CrossCheckFinding.OPEN_MS) {
                return building;
            }
        }
        return null;
    }

    private static final class CloneBuilder {
        private final CloneKey identityKey;
        private final List<VehicleTag> emittedTags;
        private final TreeSet<ImpossibleTravel> pairs = new TreeSet<>();
        private final Set<String> passageIds = new HashSet<>();
        private List<ImpossibleTravel> shown = List.of();
        private long changedAt;

        /**
         * @param emittedTags tags of reads that are no longer stored
         */
        CloneBuilder(CloneKey anchor, List<VehicleTag> emittedTags) {
            this.identityKey = anchor;
            this.emittedTags = emittedTags;
        }

        void add(ImpossibleTravel pair) {
            pairs.add(pair);
            passageIds.add(pair.first().enrichedRead().passageId());
            passageIds.add(pair.second().enrichedRead().passageId());
        }

        void changed(long when) {
            changedAt = when;
            if (!pairs.isEmpty()) {
                shown = List.copyOf(pairs);
            }
        }

        /** Whether there was any pair: a known identity may have no evidence left. */
        boolean isEmitted() {
            return !shown.isEmpty();
        }

        ClonedPlate emitted(CarriedTags carried) {
            Set<VehicleTag> tags = carried.of(passageIds);
            tags.addAll(emittedTags);
            return new ClonedPlate(
                    identityKey, shown, List.copyOf(tags), pairs.isEmpty(), changedAt);
        }
    }

    /** The reads in order of device time, and the impossible pairs among neighbours. */
    private final class Line {
        private final TreeSet<LocatedRead> reads = new TreeSet<>();
        private final Map<ImpossibleTravel, Boolean> before = new HashMap<>();
        private final Set<ImpossibleTravel> impossible = new TreeSet<>();

        void clearChanges() {
            before.clear();
        }

        void apply(Step step) {
            if (step.isRetraction()) {
                reads.remove(step.read());
            }
            LocatedRead earlier = reads.lower(step.read());
            LocatedRead later = reads.higher(step.read());
            check(earlier, later, step.isRetraction());
            check(earlier, step.read(), !step.isRetraction());
            check(step.read(), later, !step.isRetraction());
            if (!step.isRetraction()) {
                reads.add(step.read());
            }
        }

        /** Pairs that were added by the changes, in order of time. */
        List<ImpossibleTravel> won() {
            return changed(false);
        }

        /** Pairs that were removed by the changes. */
        List<ImpossibleTravel> lost() {
            return changed(true);
        }

        private List<ImpossibleTravel> changed(boolean was) {
            List<ImpossibleTravel> pairs = new ArrayList<>();
            before.forEach(
                    (pair, there) -> {
                        if (there == was && impossible.contains(pair) != was) {
                            pairs.add(pair);
                        }
                    });
            Collections.sort(pairs);
            return pairs;
        }

        private void check(LocatedRead first, LocatedRead second, boolean neighbours) {
            ImpossibleTravel pair = first == null || second == null ? null : pair(first, second);
            if (pair != null) {
                before.putIfAbsent(pair, impossible.contains(pair));
                if (neighbours) {
                    impossible.add(pair);
                } else {
                    impossible.remove(pair);
                }
            }
        }
    }

    /** The pair, or null if one vehicle could have made both reads. */
    private ImpossibleTravel pair(LocatedRead first, LocatedRead second) {
        long ms = second.deviceTime() - first.deviceTime();
        double atMost =
                Distance.upperBoundKm(
                        first.latitude(), first.longitude(), second.latitude(), second.longitude());
        if (first.device().equals(second.device())
                || CloneSettings.neededKmh(atMost, ms) <= maxSpeedKmh) {
            return null;
        }
        double km =
                Distance.km(
                        first.latitude(), first.longitude(), second.latitude(), second.longitude());
        double neededKmh = CloneSettings.neededKmh(km, ms);
        return neededKmh > maxSpeedKmh ? new ImpossibleTravel(first, second, km, neededKmh) : null;
    }

    /**
     * The tags that the vehicles of some passages were found to carry, by the last assignment of
     * each. A tag that was reassigned to another passage still counts, because it may have been the
     * vehicle's. A tag retracted no later than its assignment never counts.
     */
    static final class CarriedTags {
        private record AssignedRead(String passageId, String readKey) {}

        private final Map<AssignedRead, TagAssignment> stays = new HashMap<>();

        CarriedTags(List<PassageEvent> events) {
            for (PassageEvent event : events) {
                if (event instanceof TagAssignment assignment) {
                    stays.merge(
                            stay(assignment),
                            assignment,
                            (a, b) -> b.assignmentSequence() > a.assignmentSequence() ? b : a);
                }
            }
            for (PassageEvent event : events) {
                if (event instanceof Retraction retraction) {
                    stays.computeIfPresent(
                            stay(retraction),
                            (stay, assignment) ->
                                    retraction.ends(assignment)
                                                    && retraction.causedAt()
                                                            <= assignment.causedAt()
                                            ? null
                                            : assignment);
                }
            }
        }

        private static AssignedRead stay(PassageEvent event) {
            return new AssignedRead(event.passageId(), event.readKey());
        }

        /** The tags of these passages' vehicles. */
        Set<VehicleTag> of(Set<String> passageIds) {
            Set<VehicleTag> tags = new TreeSet<>();
            for (TagAssignment assignment : stays.values()) {
                if (passageIds.contains(assignment.passageId())) {
                    tags.add(
                            new VehicleTag(
                                    assignment.tag().tagId(), assignment.tag().registeredPlate()));
                }
            }
            return tags;
        }
    }
}
