package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.passage.DeviceReads.Assignment;
import io.atalaya.hotlistmatch.passage.DeviceReads.ForwardedRead;
import io.atalaya.hotlistmatch.passage.DeviceReads.Tag;
import io.atalaya.hotlistmatch.score.Misread;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongList;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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
    private static final Comparator<ForwardedRead> BY_ARRIVAL =
            Comparator.comparingLong(ForwardedRead::arrivalTime)
                    .thenComparing(ForwardedRead::readId);

    /**
     * Number of windows within which a plate or a tag can affect another tag: its plates, their
     * tags, and the plates of those.
     */
    private static final int REACH = 3;

    /** Standard deviation of the time between a vehicle's plate and its tag, in windows. */
    private static final double DEVIATION = 0.3;

    /** Share of vehicles whose tag names another plate: swapped, cloned or re-issued. Guess. */
    public static final double DIFFERS = 0.003;

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
        if (device.tags().containsKey(arrived.read().readId())) {
            return false;
        }
        Tag tag = Tag.of(arrived, arrived.arrivalTime() + waitMillis);
        device.remember(moved(tag, Long.MIN_VALUE, device, out));
        // The tag may claim a plate that another tag was assigned to.
        decideAgain(arrived.read().deviceTime(), 0, tag.lane(), tag.arrivalTime(), device);
        return true;
    }

    /** Assigns the waiting tags that name a new plate read. */
    void plateCame(ForwardedRead plate, DeviceReads device, PassageLogic.PassageOutput out)
            throws Exception {
        for (Tag tag :
                device.tagsNear(
                        plate.deviceTime(),
                        windowMillis,
                        near -> near.assignments().isEmpty() && names(near, plate))) {
            device.remember(moved(tag, Long.MIN_VALUE, device, out));
        }
        if (plate.isRevision()) {
            emitTagsOf(plate, device, out);
        }
        // The other tags are decided when due, because a tag that names the plate may still arrive.
        decideAgain(plate.deviceTime(), windowMillis, plate.lane(), plate.arrivalTime(), device);
    }

    /**
     * Makes the tags of a retracted plate read due again.
     *
     * @param retractedAt arrival time of the retraction, epoch ms
     */
    void onPlateRetracted(ForwardedRead plate, long retractedAt, DeviceReads device) {
        decideAgain(plate.deviceTime(), 0, plate.lane(), retractedAt, device);
    }

    /**
     * Makes all affected tags due. A tag is decided when its wait ends and when a later plate in
     * its window arrives, by what had arrived until then.
     *
     * @param decides within how many ms of {@code time} the change is such a plate
     */
    private void decideAgain(long time, long decides, int lane, long arrival, DeviceReads device) {
        int near = device.hasUnknownLane() ? DeviceReads.ANY_LANE : lane;
        List<Tag> affected =
                device.tagsNear(
                        time,
                        REACH * windowMillis,
                        tag ->
                                dueAfter(arrival, tag) < tag.releaseAt()
                                        && isNearLane(tag.lane(), near)
                                        && (arrival <= due(tag)
                                                || Math.abs(tag.read().deviceTime() - time)
                                                        <= decides
                                                || isDecidedAfter(arrival, tag, device)));
        for (Tag tag : affected) {
            device.remember(tag.dueAt(dueAfter(arrival, tag)));
        }
    }

    private long dueAfter(long arrival, Tag tag) {
        return Math.max(arrival, due(tag));
    }

    /** Arrival time at which the tag's wait for its plate ends. */
    private long due(Tag tag) {
        return tag.arrivalTime() + waitMillis;
    }

    private boolean isDecidedAfter(long arrival, Tag tag, DeviceReads device) {
        return !device.sentNear(
                        tag.read().deviceTime(),
                        windowMillis,
                        plate ->
                                plate.arrivalTime() >= arrival
                                        && isNearLane(tag.lane(), plate.lane()))
                .isEmpty();
    }

    /**
     * Emits the passage's tags under the revised plate texts, because those keys have not received
     * them.
     */
    private void emitTagsOf(
            ForwardedRead revision, DeviceReads device, PassageLogic.PassageOutput out)
            throws Exception {
        String root = revision.firstReadId();
        Set<Tag> tags = new LinkedHashSet<>();
        for (ForwardedRead read : device.chain(root)) {
            tags.addAll(
                    device.tagsNear(
                            read.deviceTime(),
                            windowMillis,
                            tag ->
                                    tag.assignedPassage() != null
                                            && root.equals(tag.assignedPassage().firstReadId())));
        }
        for (Tag tag : tags) {
            out.emit(
                    assignment(
                            tag,
                            tag.assignedPassage(),
                            assignedSince(tag.assignments()),
                            tag.emitted(),
                            device),
                    revision.plates());
        }
    }

    /**
     * Decides a tag that is due.
     *
     * @param now watermark: everything that arrived before it has been processed
     */
    void settle(Tag tag, DeviceReads device, long now, PassageLogic.PassageOutput out)
            throws Exception {
        Tag moved = moved(tag, now, device, out);
        long next = Long.MAX_VALUE;
        for (ForwardedRead plate : platesNear(tag, device)) {
            if (plate.arrivalTime() > now) {
                next = plate.arrivalTime();
                break;
            }
        }
        device.remember(moved.dueAt(next));
    }

    /**
     * Emits the assignments that hold at {@code now}. If they contradict earlier ones, all are
     * emitted again, so that a receiver that keeps the latest per passage ends in the correct
     * state.
     *
     * @return the tag with them
     */
    private Tag moved(Tag tag, long now, DeviceReads device, PassageLogic.PassageOutput out)
            throws Exception {
        List<Assignment> emitted = tag.assignments();
        List<Assignment> assignments =
                assignments(
                        tag,
                        emitted.isEmpty() ? now : Math.max(now, tag.assignedPassage().assignedAt()),
                        device);
        if (assignments.isEmpty() || assignments.equals(emitted)) {
            return tag;
        }
        AssignmentEmitter emitter = new AssignmentEmitter(tag, device, out);
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
        return tag.at(assignments, emitter.count);
    }

    /** Emits assignments and retractions of one tag with consecutive assignmentSequences. */
    private static final class AssignmentEmitter {
        private final Tag tag;
        private final DeviceReads device;
        private final PassageLogic.PassageOutput out;
        private int count;

        AssignmentEmitter(Tag tag, DeviceReads device, PassageLogic.PassageOutput out) {
            this.tag = tag;
            this.device = device;
            this.out = out;
            this.count = tag.emitted();
        }

        void assign(Assignment assignment, long since) throws Exception {
            count++;
            out.emit(
                    assignment(tag, assignment, since, count, device),
                    keys(tag, assignment, device));
        }

        void retract(Assignment assignment, long at) throws Exception {
            count++;
            out.emit(
                    new Retraction(
                            tag.read().deviceId(),
                            passageId(tag, assignment),
                            key(tag),
                            at,
                            true,
                            count,
                            tag.position()),
                    keys(tag, assignment, device));
        }
    }

    /** The assignments of the tag by {@code now} according to the facts; empty: not known yet. */
    private List<Assignment> assignments(Tag tag, long now, DeviceReads device) {
        long due = due(tag);
        List<ForwardedRead> plates = platesNear(tag, device);
        ForwardedRead assigned = namedAtOnce(tag, due, plates, device);
        List<Assignment> assignments = new ArrayList<>();
        if (assigned != null) {
            assignments.add(
                    assignmentTo(assigned, Math.max(assigned.arrivalTime(), tag.arrivalTime())));
        }
        int next = 0;
        for (;
                next < plates.size() && plates.get(next).arrivalTime() <= Math.min(due, now);
                next++) {
            ForwardedRead plate = plates.get(next);
            if (isRevised(assigned, plate)) {
                assigned = plate;
                assignments.add(
                        assignmentTo(assigned, Math.max(plate.arrivalTime(), tag.arrivalTime())));
            }
        }
        if (now < due) {
            return assignments;
        }
        if (assigned == null || device.isRetracted(assigned.readId(), due)) {
            assigned = assign(tag, due, device);
            assignments.add(assignmentTo(assigned, due));
        }
        for (; next < plates.size() && plates.get(next).arrivalTime() <= now; next++) {
            ForwardedRead plate = plates.get(next);
            ForwardedRead then = assigned;
            if (isRevised(assigned, plate)) {
                then = plate;
            } else if (assigned == null
                    || !names(tag, assigned)
                    || device.isRetracted(assigned.readId(), plate.arrivalTime())) {
                then = assign(tag, plate.arrivalTime(), device);
            }
            if (!Objects.equals(readId(then), readId(assigned))) {
                assigned = then;
                assignments.add(assignmentTo(assigned, plate.arrivalTime()));
            }
        }
        return assignments;
    }

    /** The first plate that the tag names, which needs no waiting; or null. */
    private static ForwardedRead namedAtOnce(
            Tag tag, long due, List<ForwardedRead> plates, DeviceReads device) {
        for (ForwardedRead plate : plates) {
            long at = Math.max(plate.arrivalTime(), tag.arrivalTime());
            if (plate.arrivalTime() <= due
                    && names(tag, plate)
                    && !device.isRetracted(plate.readId(), at)) {
                return plate;
            }
        }
        return null;
    }

    private static boolean isRevised(ForwardedRead assigned, ForwardedRead plate) {
        return assigned != null
                && plate.firstReadId().equals(assigned.firstReadId())
                && plate.arrivalTime() > assigned.arrivalTime();
    }

    private static Assignment assignmentTo(ForwardedRead plate, long at) {
        return plate == null
                ? new Assignment(null, null, at)
                : new Assignment(plate.firstReadId(), plate.readId(), at);
    }

    /** The plates in the tag's window, in its lane or beside it, by arrival. */
    private List<ForwardedRead> platesNear(Tag tag, DeviceReads device) {
        List<ForwardedRead> plates =
                device.sentNear(
                        tag.read().deviceTime(),
                        windowMillis,
                        plate -> isNearLane(tag.lane(), plate.lane()));
        if (plates.size() > 1) {
            plates.sort(BY_ARRIVAL);
        }
        return plates;
    }

    private static String readId(ForwardedRead plate) {
        return plate == null ? null : plate.readId();
    }

    /**
     * The plate of a tag according to what had arrived at {@code asOf}; null: no plate, or several
     * may be.
     */
    private ForwardedRead assign(Tag tag, long asOf, DeviceReads device) {
        Map<String, ForwardedRead> candidates = candidates(tag, asOf, device);
        ForwardedRead named = namedBy(tag, candidates.values());
        if (named != null) {
            return named;
        }
        List<Tag> tags = new ArrayList<>(List.of(tag));
        Map<String, ForwardedRead> plates = new LinkedHashMap<>(candidates);
        Set<String> namedByOthers = new HashSet<>();
        for (Tag other :
                device.tagsNear(
                        tag.read().deviceTime(),
                        2 * windowMillis,
                        near -> isOther(near, tag, asOf))) {
            Map<String, ForwardedRead> theirs = candidates(other, asOf, device);
            if (namedBy(other, theirs.values()) != null) {
                theirs.values().removeIf(plate -> !names(other, plate));
                namedByOthers.addAll(theirs.keySet());
            } else if (isSameLane(other.lane(), tag.lane())) {
                tags.add(other);
                plates.putAll(theirs);
            }
        }
        plates.keySet().removeAll(namedByOthers);
        plates.values().removeIf(plate -> !isSameLane(plate.lane(), tag.lane()));
        List<ForwardedRead> free = List.copyOf(plates.values());
        int assigned = LocalAssignment.ofFirst(weights(tags, free), alone(tags, asOf));
        return assigned < 0 ? null : free.get(assigned);
    }

    private double[] alone(List<Tag> tags, long asOf) {
        return tags.stream()
                .mapToDouble(
                        tag ->
                                tag.plate() != 0 && asOf < due(tag)
                                        ? LocalAssignment.WAITING
                                        : LocalAssignment.ALONE)
                .toArray();
    }

    private double[][] weights(List<Tag> tags, List<ForwardedRead> plates) {
        return tags.stream()
                .map(tag -> plates.stream().mapToDouble(plate -> weight(tag, plate)).toArray())
                .toArray(double[][]::new);
    }

    /** The log-likelihood of a pair, by its distance in time and by what was read of the plate. */
    private double weight(Tag tag, ForwardedRead plate) {
        double windows =
                Math.abs(tag.read().deviceTime() - plate.deviceTime()) / (double) windowMillis;
        if (windows > 1 || !isSameLane(tag.lane(), plate.lane())) {
            return Double.NEGATIVE_INFINITY;
        }
        double off = windows / DEVIATION;
        return Math.log(text(tag.plate(), plate.plates()[0])) - off * off / 2;
    }

    /** How much likelier a text is of the vehicle of a tag than of another vehicle. */
    private static double text(long registered, long shown) {
        return registered == 0
                ? 1
                : DIFFERS + Misread.probability(shown, registered) / Misread.ANY_PLATE;
    }

    /** The last read of each passage in the tag's window, by root. */
    private Map<String, ForwardedRead> candidates(Tag tag, long asOf, DeviceReads device) {
        Map<String, ForwardedRead> candidates = new LinkedHashMap<>();
        for (ForwardedRead plate : platesNear(tag, device)) {
            if (plate.arrivalTime() <= asOf && !device.isRetracted(plate.readId(), asOf)) {
                candidates.put(plate.firstReadId(), plate);
            }
        }
        return candidates;
    }

    private static ForwardedRead namedBy(Tag tag, Iterable<ForwardedRead> plates) {
        ForwardedRead first = null;
        for (ForwardedRead plate : plates) {
            if (names(tag, plate) && (first == null || BY_ARRIVAL.compare(plate, first) < 0)) {
                first = plate;
            }
        }
        return first;
    }

    private static boolean isOther(Tag other, Tag tag, long asOf) {
        return !other.read().readId().equals(tag.read().readId())
                && !TagKey.isSame(other.read().tagId(), tag.read().tagId())
                && other.arrivalTime() <= asOf
                && isNearLane(other.lane(), tag.lane());
    }

    private static boolean names(Tag tag, ForwardedRead plate) {
        if (tag.plate() == 0) {
            return false;
        }
        for (long text : plate.plates()) {
            if (PlateComparison.kind(text, tag.plate()) != MatchKind.NONE) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNearLane(int one, int other) {
        return Math.abs(one - other) <= 1 || isSameLane(one, other);
    }

    private static boolean isSameLane(int one, int other) {
        return one == other || one == DeviceReads.ANY_LANE || other == DeviceReads.ANY_LANE;
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
            Tag tag, Assignment assignment, long since, int emitted, DeviceReads device) {
        ForwardedRead plate = assignment.readId() == null ? null : device.sent(assignment.readId());
        return new TagAssignment(
                passageId(tag, assignment),
                tag.arrivalTime(),
                since,
                tag.isClockSuspect(),
                tag.read(),
                assignment.readId(),
                plate == null ? 0 : plate.plates()[0],
                emitted,
                tag.position());
    }

    private static String passageId(Tag tag, Assignment assignment) {
        return assignment.firstReadId() == null
                ? key(tag)
                : PassageEvent.key(tag.read().deviceId(), assignment.firstReadId());
    }

    private static String key(Tag tag) {
        return PassageEvent.tagKey(tag.read().deviceId(), tag.read().readId());
    }

    /**
     * Keys of an assignment: the texts of all reads of the passage, because an entry matched by any
     * of them needs the tag; the plate that the tag is registered for; and the tag's own key.
     */
    private static long[] keys(Tag tag, Assignment assignment, DeviceReads device) {
        LongList keys = new LongArrayList();
        if (assignment.firstReadId() != null) {
            for (ForwardedRead read : device.chain(assignment.firstReadId())) {
                for (long plate : read.plates()) {
                    addIfNew(plate, keys);
                }
            }
        }
        if (tag.plate() != 0) {
            addIfNew(tag.plate(), keys);
        }
        keys.add(TagKey.of(tag.read().tagId()));
        return keys.toLongArray();
    }

    /** Searches the list, because there are only a few. */
    private static void addIfNew(long key, LongList keys) {
        if (!keys.contains(key)) {
            keys.add(key);
        }
    }
}
