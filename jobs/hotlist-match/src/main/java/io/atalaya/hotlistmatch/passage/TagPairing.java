package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.score.Misread;

import it.unimi.dsi.fastutil.longs.Long2LongLinkedOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongCollection;
import it.unimi.dsi.fastutil.longs.LongIterator;
import it.unimi.dsi.fastutil.longs.LongLinkedOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Assigns each tag to its vehicle: a plate read within a window of the tag's time.
 *
 * <p>A plate near the registered one is paired at once, in the neighbouring lane too, because an
 * antenna hears beyond its own. Otherwise the tag waits until its plate would have arrived. Then
 * the tags and plates of its lane that name none of the others are assigned to each other as well
 * as times and texts allow ({@link LocalAssignment}). Where another assignment is nearly as likely
 * the tag stays alone, because a wrong pair is worse than a missing one. A plate that arrives later
 * still takes its tag.
 *
 * <p>Decisions depend on arrival times only, so that plates and tags may be read in any order
 * between their topics.
 */
public final class TagPairing {
    private static final long NONE = ReadRing.NONE;

    /**
     * Number of windows within which a plate or a tag can affect another tag: its plates, their
     * tags, and the plates of those.
     */
    private static final int REACH = 3;

    /** Standard deviation of the time between a vehicle's plate and its tag, in windows. */
    private static final double DEVIATION = 0.3;

    /** Share of vehicles whose tag names another plate: swapped, cloned or re-issued. Guess. */
    public static final double DIFFERS = 0.003;

    /** Expected plates near a tag. */
    private static final int FEW = 4;

    /** Typical delay of a device. */
    private static final Duration TYPICAL_LAG = Duration.ofSeconds(1);

    private final long windowMillis;
    private final long waitMillis;

    /**
     * @param window the greatest distance in device time of a tag and its plate
     */
    TagPairing(Duration window) {
        this.windowMillis = window.toMillis();
        this.waitMillis = waitFor(window).toMillis();
    }

    /** How long after its arrival a tag waits for its plate. */
    public static Duration waitFor(Duration window) {
        return window.plus(TYPICAL_LAG);
    }

    /**
     * How long after a plate's arrival the tag of its vehicle is known: a tag read with it may
     * arrive that much later and then waits as long.
     */
    public static Duration knownAfter(Duration window) {
        return waitFor(window).multipliedBy(2);
    }

    /** How long after its arrival a tag without plate is known to be alone, in ms. */
    long waitMs() {
        return waitMillis;
    }

    /** Adds a tag; false if it was a second delivery. */
    boolean onTagRead(EnrichedTagRead arrived, DeviceReads device, PassageLogic.PassageOutput out)
            throws Exception {
        if (device.tags().find(arrived.read().readId()) != NONE) {
            return false;
        }
        long tag = device.addTag(arrived, arrived.arrivalTime() + waitMillis);
        move(tag, arrived, Long.MIN_VALUE, device, out);
        // The tag may claim a plate that another tag was assigned to.
        int lane = device.tags().lane(tag);
        decideAgain(arrived.read().deviceTime(), 0, lane, arrived.arrivalTime(), device);
        return true;
    }

    /** Assigns the waiting tags that name a new plate read. */
    void plateCame(long plate, DeviceReads device, PassageLogic.PassageOutput out)
            throws Exception {
        PlateRing plates = device.plates();
        TagRing tags = device.tags();
        Timeline byTime = tags.byTime();
        long time = plates.deviceTime(plate);
        for (int at = byTime.from(time - windowMillis);
                byTime.isUpTo(at, time + windowMillis);
                at++) {
            long tag = byTime.number(at);
            if (!tags.isAssigned(tag) && names(tag, plate, device)) {
                move(tag, null, Long.MIN_VALUE, device, out);
            }
        }
        if (plates.isRevision(plate)) {
            emitTagsOf(plate, device, out);
        }
        // The other tags are decided when due, because a tag that names the plate may still arrive.
        long arrival = plates.arrivalTime(plate);
        decideAgain(time, windowMillis, plates.lane(plate), arrival, device);
    }

    /**
     * Makes the tags of a retracted plate read due again.
     *
     * @param retractedAt arrival time of the retraction, epoch ms
     */
    void onPlateRetracted(long plate, long retractedAt, DeviceReads device) {
        PlateRing plates = device.plates();
        decideAgain(plates.deviceTime(plate), 0, plates.lane(plate), retractedAt, device);
    }

    /**
     * Makes all affected tags due. A tag is decided when its wait ends and when a later plate in
     * its window arrives, by what had arrived until then.
     *
     * @param decides within how many ms of {@code time} the change is such a plate
     */
    private void decideAgain(long time, long decides, int lane, long arrival, DeviceReads device) {
        TagRing tags = device.tags();
        Timeline byTime = tags.byTime();
        int near = device.hasUnknownLane() ? ReadRing.ANY_LANE : lane;
        long reach = REACH * windowMillis;
        for (int at = byTime.from(time - reach); byTime.isUpTo(at, time + reach); at++) {
            long tag = byTime.number(at);
            long due = Math.max(arrival, due(tag, tags));
            if (due < tags.releaseAt(tag)
                    && isNearLane(tags.lane(tag), near)
                    && (arrival <= due(tag, tags)
                            || Math.abs(tags.deviceTime(tag) - time) <= decides
                            || isDecidedAfter(arrival, tag, device))) {
                tags.setReleaseAt(tag, due);
            }
        }
    }

    /** Arrival time at which the tag's wait for its plate ends. */
    private long due(long tag, TagRing tags) {
        return tags.arrivalTime(tag) + waitMillis;
    }

    private boolean isDecidedAfter(long arrival, long tag, DeviceReads device) {
        PlateRing plates = device.plates();
        Timeline byTime = plates.byTime();
        long time = device.tags().deviceTime(tag);
        int lane = device.tags().lane(tag);
        for (int at = byTime.from(time - windowMillis);
                byTime.isUpTo(at, time + windowMillis);
                at++) {
            long plate = byTime.number(at);
            if (plates.arrivalTime(plate) >= arrival && isNearLane(lane, plates.lane(plate))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Emits the passage's tags under the revised plate texts, because those keys have not received
     * them.
     */
    private void emitTagsOf(long revision, DeviceReads device, PassageLogic.PassageOutput out)
            throws Exception {
        PlateRing plates = device.plates();
        TagRing tags = device.tags();
        Timeline byTime = tags.byTime();
        String root = plates.firstReadId(revision);
        LongSet found = new LongLinkedOpenHashSet();
        for (long read : plates.chain(root)) {
            long time = plates.deviceTime(read);
            for (int at = byTime.from(time - windowMillis);
                    byTime.isUpTo(at, time + windowMillis);
                    at++) {
                Assignment last = last(tags.assignments(byTime.number(at)));
                if (last != null && root.equals(last.firstReadId())) {
                    found.add(byTime.number(at));
                }
            }
        }
        for (long tag : found) {
            List<Assignment> assignments = tags.assignments(tag);
            out.emit(
                    assignment(
                            tags.arrived(tag),
                            last(assignments),
                            assignedSince(assignments),
                            tags.emitted(tag),
                            device),
                    plates.allTexts(revision));
        }
    }

    /** The last assignment, or null. */
    private static Assignment last(List<Assignment> assignments) {
        return assignments.isEmpty() ? null : assignments.get(assignments.size() - 1);
    }

    /**
     * Decides a tag that is due.
     *
     * @param now watermark: everything that arrived before it has been processed
     */
    void settle(long tag, DeviceReads device, long now, PassageLogic.PassageOutput out)
            throws Exception {
        move(tag, null, now, device, out);
        long next = TagRing.DECIDED;
        PlateRing plates = device.plates();
        LongList near = platesNear(tag, device);
        for (int i = 0; i < near.size() && next == TagRing.DECIDED; i++) {
            long arrival = plates.arrivalTime(near.getLong(i));
            next = arrival > now ? arrival : next;
        }
        device.tags().setReleaseAt(tag, next);
    }

    /**
     * Emits the assignments that hold at {@code now}. If they contradict earlier ones, all are
     * emitted again, so that a receiver that keeps the latest per passage ends in the correct
     * state.
     *
     * @param read the tag read; null: it is looked up if something is emitted
     */
    private void move(
            long tag,
            EnrichedTagRead read,
            long now,
            DeviceReads device,
            PassageLogic.PassageOutput out)
            throws Exception {
        TagRing tags = device.tags();
        List<Assignment> emitted = tags.assignments(tag);
        List<Assignment> assignments =
                assignments(
                        tag,
                        emitted.isEmpty() ? now : Math.max(now, last(emitted).assignedAt()),
                        device);
        if (assignments.isEmpty() || assignments.equals(emitted)) {
            return;
        }
        AssignmentEmitter emitter =
                new AssignmentEmitter(tag, read == null ? tags.arrived(tag) : read, device, out);
        int known = emitted.size();
        if (known >= assignments.size() || !assignments.subList(0, known).equals(emitted)) {
            known = 0;
            for (int i = 0; i < emitted.size(); i++) {
                if (assignments.stream().noneMatch(emitted.get(i)::isIn)) {
                    // An assignment that the facts no longer support was wrong from its start.
                    emitter.retract(emitted.get(i), assignedSince(emitted.subList(0, i + 1)));
                }
            }
        }
        long since = 0;
        for (int i = 0; i < assignments.size(); i++) {
            Assignment assignment = assignments.get(i);
            boolean comes = i == 0 || !assignment.isIn(assignments.get(i - 1));
            since = comes ? assignment.assignedAt() : since;
            if (i >= known && i > 0 && comes) {
                emitter.retract(assignments.get(i - 1), since);
            }
            if (i >= known) {
                emitter.assign(assignment, since);
            }
        }
        tags.assign(tag, assignments, emitter.count);
    }

    /** Emits assignments and retractions of one tag with consecutive assignmentSequences. */
    private static final class AssignmentEmitter {
        private final long tag;
        private final EnrichedTagRead arrived;
        private final DeviceReads device;
        private final PassageLogic.PassageOutput out;
        private int count;

        AssignmentEmitter(
                long tag,
                EnrichedTagRead arrived,
                DeviceReads device,
                PassageLogic.PassageOutput out) {
            this.tag = tag;
            this.arrived = arrived;
            this.device = device;
            this.out = out;
            this.count = device.tags().emitted(tag);
        }

        void assign(Assignment assignment, long since) throws Exception {
            count++;
            out.emit(
                    assignment(arrived, assignment, since, count, device),
                    keys(tag, assignment, device));
        }

        void retract(Assignment assignment, long at) throws Exception {
            count++;
            out.emit(
                    new Retraction(
                            arrived.deviceId(),
                            passageId(arrived, assignment),
                            key(arrived),
                            at,
                            true,
                            count,
                            arrived.position()),
                    keys(tag, assignment, device));
        }
    }

    /** The assignments of the tag by {@code now} according to the facts; empty: not known yet. */
    private List<Assignment> assignments(long tag, long now, DeviceReads device) {
        PlateRing plates = device.plates();
        long arrival = device.tags().arrivalTime(tag);
        long due = arrival + waitMillis;
        LongList near = platesNear(tag, device);
        long assigned = namedAtOnce(tag, due, near, device);
        List<Assignment> assignments = new ArrayList<>();
        if (assigned != NONE) {
            assignments.add(
                    assignmentTo(
                            assigned, Math.max(plates.arrivalTime(assigned), arrival), plates));
        }
        int next = 0;
        for (;
                next < near.size() && plates.arrivalTime(near.getLong(next)) <= Math.min(due, now);
                next++) {
            long plate = near.getLong(next);
            if (isRevised(assigned, plate, plates)) {
                assigned = plate;
                assignments.add(
                        assignmentTo(plate, Math.max(plates.arrivalTime(plate), arrival), plates));
            }
        }
        if (now < due) {
            return assignments;
        }
        if (assigned == NONE || device.isRetracted(assigned, due)) {
            assigned = assign(tag, due, device);
            assignments.add(assignmentTo(assigned, due, plates));
        }
        for (; next < near.size() && plates.arrivalTime(near.getLong(next)) <= now; next++) {
            long plate = near.getLong(next);
            long at = plates.arrivalTime(plate);
            long then = assigned;
            if (isRevised(assigned, plate, plates)) {
                then = plate;
            } else if (assigned == NONE
                    || !names(tag, assigned, device)
                    || device.isRetracted(assigned, at)) {
                then = assign(tag, at, device);
            }
            if (then != assigned) {
                assigned = then;
                assignments.add(assignmentTo(assigned, at, plates));
            }
        }
        return assignments;
    }

    /** The first plate that the tag names, which needs no waiting; or {@link ReadRing#NONE}. */
    private static long namedAtOnce(long tag, long due, LongList near, DeviceReads device) {
        PlateRing plates = device.plates();
        for (int i = 0; i < near.size(); i++) {
            long plate = near.getLong(i);
            long at = Math.max(plates.arrivalTime(plate), device.tags().arrivalTime(tag));
            if (plates.arrivalTime(plate) <= due
                    && names(tag, plate, device)
                    && !device.isRetracted(plate, at)) {
                return plate;
            }
        }
        return NONE;
    }

    private static boolean isRevised(long assigned, long plate, PlateRing plates) {
        return assigned != NONE
                && plates.root(plate) == plates.root(assigned)
                && plates.arrivalTime(plate) > plates.arrivalTime(assigned);
    }

    private static Assignment assignmentTo(long plate, long at, PlateRing plates) {
        if (plate == NONE) {
            return new Assignment(null, null, at);
        }
        String readId = plates.readId(plate);
        return new Assignment(
                plates.isRevision(plate) ? plates.firstReadId(plate) : readId, readId, at);
    }

    /** The plates in the tag's window, in its lane or beside it, by arrival. */
    private LongList platesNear(long tag, DeviceReads device) {
        PlateRing plates = device.plates();
        Timeline byTime = plates.byTime();
        long time = device.tags().deviceTime(tag);
        int lane = device.tags().lane(tag);
        LongArrayList near = new LongArrayList();
        for (int at = byTime.from(time - windowMillis);
                byTime.isUpTo(at, time + windowMillis);
                at++) {
            long plate = byTime.number(at);
            if (isNearLane(lane, plates.lane(plate))) {
                near.add(plate);
            }
        }
        if (near.size() > 1) {
            near.sort((one, other) -> byArrival(one, other, plates));
        }
        return near;
    }

    private static int byArrival(long one, long other, PlateRing plates) {
        int order = Long.compare(plates.arrivalTime(one), plates.arrivalTime(other));
        return order != 0 ? order : plates.readId(one).compareTo(plates.readId(other));
    }

    /**
     * The plate of a tag according to what had arrived at {@code asOf}; {@link ReadRing#NONE}: no
     * plate, or several may be.
     */
    private long assign(long tag, long asOf, DeviceReads device) {
        PlateRing plates = device.plates();
        TagRing tags = device.tags();
        Long2LongMap free = candidates(tag, asOf, device);
        long named = namedBy(tag, free.values(), device);
        if (named != NONE) {
            return named;
        }
        LongList rivals = LongArrayList.of(tag);
        LongSet namedByOthers = new LongOpenHashSet(FEW);
        Timeline byTime = tags.byTime();
        long time = tags.deviceTime(tag);
        for (int at = byTime.from(time - 2 * windowMillis);
                byTime.isUpTo(at, time + 2 * windowMillis);
                at++) {
            long other = byTime.number(at);
            if (!isOther(other, tag, asOf, tags)) {
                continue;
            }
            Long2LongMap theirs = candidates(other, asOf, device);
            if (namedBy(other, theirs.values(), device) != NONE) {
                theirs.values().removeIf(plate -> !names(other, plate, device));
                namedByOthers.addAll(theirs.keySet());
            } else if (isSameLane(tags.lane(other), tags.lane(tag))) {
                rivals.add(other);
                free.putAll(theirs);
            }
        }
        free.keySet().removeAll(namedByOthers);
        free.values().removeIf(plate -> !isSameLane(plates.lane(plate), tags.lane(tag)));
        long[] pairable = free.values().toLongArray();
        int assigned =
                LocalAssignment.ofFirst(
                        weights(rivals, pairable, device), alone(rivals, asOf, tags));
        return assigned < 0 ? NONE : pairable[assigned];
    }

    private double[] alone(LongList rivals, long asOf, TagRing tags) {
        return rivals.longStream()
                .mapToDouble(
                        tag ->
                                tags.plate(tag) != 0 && asOf < due(tag, tags)
                                        ? LocalAssignment.WAITING
                                        : LocalAssignment.ALONE)
                .toArray();
    }

    private double[][] weights(LongList rivals, long[] pairable, DeviceReads device) {
        double[][] weights = new double[rivals.size()][pairable.length];
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < pairable.length; j++) {
                weights[i][j] = weight(rivals.getLong(i), pairable[j], device);
            }
        }
        return weights;
    }

    /** The log-likelihood of a pair, by its distance in time and by what was read of the plate. */
    private double weight(long tag, long plate, DeviceReads device) {
        PlateRing plates = device.plates();
        TagRing tags = device.tags();
        double windows =
                Math.abs(tags.deviceTime(tag) - plates.deviceTime(plate)) / (double) windowMillis;
        if (windows > 1 || !isSameLane(tags.lane(tag), plates.lane(plate))) {
            return Double.NEGATIVE_INFINITY;
        }
        double off = windows / DEVIATION;
        return Math.log(text(tags.plate(tag), plates.text(plate, 0))) - off * off / 2;
    }

    /** How much likelier a text is of the vehicle of a tag than of another vehicle. */
    private static double text(long registered, long shown) {
        return registered == 0
                ? 1
                : DIFFERS + Misread.probability(shown, registered) / Misread.ANY_PLATE;
    }

    /** The last read of each passage in the tag's window, by root. */
    private Long2LongMap candidates(long tag, long asOf, DeviceReads device) {
        PlateRing plates = device.plates();
        Long2LongMap candidates = new Long2LongLinkedOpenHashMap(FEW);
        LongList near = platesNear(tag, device);
        for (int i = 0; i < near.size(); i++) {
            long plate = near.getLong(i);
            if (plates.arrivalTime(plate) <= asOf && !device.isRetracted(plate, asOf)) {
                candidates.put(plates.root(plate), plate);
            }
        }
        return candidates;
    }

    private static long namedBy(long tag, LongCollection candidates, DeviceReads device) {
        long first = NONE;
        for (LongIterator each = candidates.iterator(); each.hasNext(); ) {
            long plate = each.nextLong();
            if (names(tag, plate, device)
                    && (first == NONE || byArrival(plate, first, device.plates()) < 0)) {
                first = plate;
            }
        }
        return first;
    }

    /** Two ids of 63 equal bits of their hashes would have to pass an arch within seconds. */
    private static boolean isOther(long other, long tag, long asOf, TagRing tags) {
        return other != tag
                && tags.key(other) != tags.key(tag)
                && tags.arrivalTime(other) <= asOf
                && isNearLane(tags.lane(other), tags.lane(tag));
    }

    private static boolean names(long tag, long plate, DeviceReads device) {
        long registered = device.tags().plate(tag);
        if (registered == 0) {
            return false;
        }
        PlateRing plates = device.plates();
        for (int i = 0; i < plates.texts(plate); i++) {
            if (PlateComparison.kind(plates.text(plate, i), registered) != MatchKind.NONE) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNearLane(int one, int other) {
        return Math.abs(one - other) <= 1 || isSameLane(one, other);
    }

    private static boolean isSameLane(int one, int other) {
        return one == other || one == ReadRing.ANY_LANE || other == ReadRing.ANY_LANE;
    }

    /**
     * Arrival time since which the tag has been in its last passage, through all revisions of the
     * plate.
     */
    private static long assignedSince(List<Assignment> assignments) {
        int first = assignments.size() - 1;
        while (first > 0 && assignments.get(first).isIn(assignments.get(first - 1))) {
            first--;
        }
        return assignments.get(first).assignedAt();
    }

    private static TagAssignment assignment(
            EnrichedTagRead arrived,
            Assignment assignment,
            long since,
            int emitted,
            DeviceReads device) {
        PlateRing plates = device.plates();
        long plate = assignment.readId() == null ? NONE : plates.find(assignment.readId());
        return new TagAssignment(
                passageId(arrived, assignment),
                arrived.arrivalTime(),
                since,
                arrived.isClockSuspect(),
                arrived.read(),
                assignment.readId(),
                plate == NONE ? 0 : plates.text(plate, 0),
                emitted,
                arrived.position());
    }

    private static String passageId(EnrichedTagRead arrived, Assignment assignment) {
        return assignment.firstReadId() == null
                ? key(arrived)
                : PassageEvent.key(arrived.deviceId(), assignment.firstReadId());
    }

    private static String key(EnrichedTagRead arrived) {
        return PassageEvent.tagKey(arrived.deviceId(), arrived.read().readId());
    }

    /**
     * Keys of an assignment: the texts of all reads of the passage, because an entry matched by any
     * of them needs the tag; the plate that the tag is registered for; and the tag's own key.
     */
    private static long[] keys(long tag, Assignment assignment, DeviceReads device) {
        PlateRing plates = device.plates();
        LongList keys = new LongArrayList();
        if (assignment.firstReadId() != null) {
            LongList chain = plates.chain(assignment.firstReadId());
            for (int i = 0; i < chain.size(); i++) {
                long read = chain.getLong(i);
                for (int t = 0; t < plates.texts(read); t++) {
                    addIfNew(plates.text(read, t), keys);
                }
            }
        }
        long registered = device.tags().plate(tag);
        if (registered != 0) {
            addIfNew(registered, keys);
        }
        keys.add(device.tags().key(tag));
        return keys.toLongArray();
    }

    /** Searches the list, because there are only a few. */
    private static void addIfNew(long key, LongList keys) {
        if (!keys.contains(key)) {
            keys.add(key);
        }
    }
}
