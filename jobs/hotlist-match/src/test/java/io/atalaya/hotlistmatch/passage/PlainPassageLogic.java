package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.score.ConfidenceRank;
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
import java.util.function.Predicate;

/**
 * {@link PassageLogic} and {@link TagPairing} over plain objects and lists, all of which are looked
 * through each time: the slow version that the rings are compared with.
 */
final class PlainPassageLogic {
    private static final long[] NO_TEXTS = {};
    private static final int REACH = 3;
    private static final double DEVIATION = 0.3;
    private static final double DIFFERS = TagPairing.DIFFERS;
    private static final Comparator<ForwardedRead> BY_ARRIVAL =
            Comparator.comparingLong(ForwardedRead::arrivalTime)
                    .thenComparing(ForwardedRead::readId);

    record ForwardedRead(
            String readId,
            String firstReadId,
            long arrivalTime,
            int lane,
            long deviceTime,
            long[] plates) {
        boolean isRevision() {
            return !firstReadId.equals(readId);
        }
    }

    record Tag(
            RfidRead read,
            long arrivalTime,
            boolean isClockSuspect,
            RecordPosition position,
            long plate,
            List<Assignment> assignments,
            int emitted,
            long releaseAt) {
        static Tag of(EnrichedTagRead arrived, long due) {
            String registered = arrived.read().registeredPlate();
            return new Tag(
                    arrived.read(),
                    arrived.arrivalTime(),
                    arrived.isClockSuspect(),
                    arrived.position(),
                    registered == null ? 0 : CanonicalPlate.pack(registered),
                    List.of(),
                    0,
                    due);
        }

        int lane() {
            return ReadRing.laneOf(read.lane());
        }

        Assignment assignedPassage() {
            return assignments.isEmpty() ? null : assignments.get(assignments.size() - 1);
        }

        Tag at(List<Assignment> newHomes, int nowEmitted) {
            return new Tag(
                    read,
                    arrivalTime,
                    isClockSuspect,
                    position,
                    plate,
                    List.copyOf(newHomes),
                    nowEmitted,
                    releaseAt);
        }

        Tag dueAt(long at) {
            return new Tag(
                    read, arrivalTime, isClockSuspect, position, plate, assignments, emitted, at);
        }
    }

    /** What is remembered of a device. */
    static final class Memory {
        private final Map<String, ForwardedRead> sent = new LinkedHashMap<>();
        private final Map<String, Long> retracted = new LinkedHashMap<>();
        private final Map<String, Tag> tags = new LinkedHashMap<>();
        private final ConfidenceHistogram confidences = new ConfidenceHistogram();

        ForwardedRead sent(String readId) {
            return sent.get(readId);
        }

        Map<String, Tag> tags() {
            return tags;
        }

        ConfidenceHistogram confidences() {
            return confidences;
        }

        void addConfidence(double confidence) {
            confidences.add(confidence);
        }

        boolean hasUnknownLane() {
            return sent.values().stream().anyMatch(read -> read.lane() == ReadRing.ANY_LANE)
                    || tags.values().stream().anyMatch(tag -> tag.lane() == ReadRing.ANY_LANE);
        }

        List<ForwardedRead> chain(String root) {
            List<ForwardedRead> chain = new ArrayList<>();
            if (sent.containsKey(root)) {
                chain.add(sent.get(root));
            }
            sent.values().stream()
                    .filter(read -> read.isRevision() && read.firstReadId().equals(root))
                    .forEach(chain::add);
            return chain;
        }

        List<ForwardedRead> sentNear(long time, long window, Predicate<ForwardedRead> condition) {
            List<ForwardedRead> near = new ArrayList<>(sent.values());
            near.removeIf(read -> Math.abs(read.deviceTime() - time) > window);
            near.removeIf(condition.negate());
            near.sort(
                    Comparator.comparingLong(ForwardedRead::deviceTime)
                            .thenComparing(ForwardedRead::readId));
            return near;
        }

        List<Tag> tagsNear(long time, long window, Predicate<Tag> condition) {
            List<Tag> near = new ArrayList<>(tags.values());
            near.removeIf(tag -> Math.abs(tag.read().deviceTime() - time) > window);
            near.removeIf(condition.negate());
            near.sort(
                    Comparator.<Tag>comparingLong(tag -> tag.read().deviceTime())
                            .thenComparing(tag -> tag.read().readId()));
            return near;
        }

        List<Tag> tagsDueBy(long now) {
            List<Tag> due = new ArrayList<>(tags.values());
            due.removeIf(tag -> tag.releaseAt() > now || tag.releaseAt() == TagRing.DECIDED);
            due.sort(
                    Comparator.comparingLong(Tag::releaseAt)
                            .thenComparing(tag -> tag.read().readId()));
            return due;
        }

        boolean isRetracted(String readId) {
            return retracted.containsKey(readId);
        }

        boolean isRetracted(String readId, long by) {
            return retracted.containsKey(readId) && retracted.get(readId) <= by;
        }

        void markRetracted(String readId, long at) {
            retracted.putIfAbsent(readId, at);
        }

        String rootOf(String readId) {
            return sent.containsKey(readId) ? sent.get(readId).firstReadId() : readId;
        }

        void remember(ForwardedRead read) {
            sent.put(read.readId(), read);
        }

        void remember(Tag tag) {
            tags.put(tag.read().readId(), tag);
        }

        void prune(long horizon, int max) {
            prune(sent, max, read -> read.arrivalTime() < horizon);
            prune(retracted, max, at -> at < horizon);
            prune(tags, max, tag -> tag.arrivalTime() < horizon);
        }

        private static <V> void prune(Map<String, V> map, int max, Predicate<V> isOld) {
            while (!map.isEmpty()) {
                Map.Entry<String, V> oldest = map.entrySet().iterator().next();
                if (map.size() <= max && !isOld.test(oldest.getValue())) {
                    return;
                }
                map.remove(oldest.getKey());
            }
        }
    }

    private final long memoryMillis;
    private final int maxReads;
    private final long windowMillis;
    private final long waitMillis;

    PlainPassageLogic(Duration memory, int maxReads, Duration window) {
        this.memoryMillis = memory.toMillis();
        this.maxReads = maxReads;
        this.windowMillis = window.toMillis();
        this.waitMillis = TagPairing.waitFor(window).toMillis();
    }

    boolean process(EnrichedRead message, long clock, Memory device, PassageLogic.PassageOutput out)
            throws Exception {
        PlateRead read = message.read();
        long arrival = message.arrivalTime();
        device.prune(horizon(arrival, clock), maxReads);
        if (read.isWithdrawn()) {
            return withdraw(message, device, out);
        }
        if (device.sent(read.readId()) != null) {
            return false;
        }
        String revised = read.revises();
        String root = revised == null ? read.readId() : device.rootOf(revised);
        long[] plates = texts(read);
        ConfidenceRank confidenceRank = device.confidences().confidenceRank(read.confidence());
        ForwardedRead sent =
                new ForwardedRead(
                        read.readId(),
                        root,
                        arrival,
                        ReadRing.laneOf(read.lane()),
                        read.deviceTime(),
                        plates);
        device.remember(sent);
        if (revised != null) {
            end(revised, message, device, NO_TEXTS, out);
            // The last revision of a read counts, because cameras that send several of them name
            // the vehicle's first read, not the previous revision.
            for (ForwardedRead other : device.chain(root)) {
                if (!other.readId().equals(read.readId())) {
                    end(other.readId(), message, device, NO_TEXTS, out);
                }
            }
        }
        if (!device.isRetracted(read.readId())) {
            device.addConfidence(read.confidence());
            out.emit(message.in(PassageEvent.key(read.deviceId(), root), confidenceRank), plates);
        }
        plateCame(sent, device, out);
        return true;
    }

    private long horizon(long arrival, long clock) {
        return Math.min(arrival, Math.max(clock, 0)) - memoryMillis;
    }

    boolean process(
            EnrichedTagRead arrived, long clock, Memory device, PassageLogic.PassageOutput out)
            throws Exception {
        device.prune(horizon(arrived.arrivalTime(), clock), maxReads);
        return onTagRead(arrived, device, out);
    }

    private boolean withdraw(EnrichedRead withdrawal, Memory device, PassageLogic.PassageOutput out)
            throws Exception {
        PlateRead read = withdrawal.read();
        String target = read.revises();
        if (device.isRetracted(target)) {
            return false;
        }
        // The withdrawal of a read that is no longer stored may still carry its plate.
        long[] named = read.plate() == null ? NO_TEXTS : texts(read);
        end(target, withdrawal, device, named, out);
        return true;
    }

    private void end(
            String readId,
            EnrichedRead cause,
            Memory device,
            long[] named,
            PassageLogic.PassageOutput out)
            throws Exception {
        if (device.isRetracted(readId)) {
            return;
        }
        String deviceId = cause.deviceId();
        long at = cause.arrivalTime();
        device.markRetracted(readId, at);
        ForwardedRead sent = device.sent(readId);
        if (sent != null) {
            onPlateRetracted(sent, at, device);
        }
        long[] plates = sent == null ? named : sent.plates();
        if (plates.length > 0) {
            String passageId = PassageEvent.key(deviceId, device.rootOf(readId));
            out.emit(
                    new Retraction(
                            deviceId,
                            passageId,
                            PassageEvent.key(deviceId, readId),
                            at,
                            !cause.read().isWithdrawn(),
                            0,
                            cause.position()),
                    plates);
        }
    }

    private static long[] texts(PlateRead read) {
        List<String> texts = read.texts();
        long[] packed = new long[texts.size()];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = CanonicalPlate.pack(texts.get(i));
        }
        return packed;
    }

    boolean onTagRead(EnrichedTagRead arrived, Memory device, PassageLogic.PassageOutput out)
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

    void plateCame(ForwardedRead plate, Memory device, PassageLogic.PassageOutput out)
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

    void onPlateRetracted(ForwardedRead plate, long retractedAt, Memory device) {
        decideAgain(plate.deviceTime(), 0, plate.lane(), retractedAt, device);
    }

    private void decideAgain(long time, long decides, int lane, long arrival, Memory device) {
        int near = device.hasUnknownLane() ? ReadRing.ANY_LANE : lane;
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

    private long due(Tag tag) {
        return tag.arrivalTime() + waitMillis;
    }

    private boolean isDecidedAfter(long arrival, Tag tag, Memory device) {
        return !device.sentNear(
                        tag.read().deviceTime(),
                        windowMillis,
                        plate ->
                                plate.arrivalTime() >= arrival
                                        && isNearLane(tag.lane(), plate.lane()))
                .isEmpty();
    }

    private void emitTagsOf(ForwardedRead revision, Memory device, PassageLogic.PassageOutput out)
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

    void settle(Tag tag, Memory device, long now, PassageLogic.PassageOutput out) throws Exception {
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

    private Tag moved(Tag tag, long now, Memory device, PassageLogic.PassageOutput out)
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

    private static final class AssignmentEmitter {
        private final Tag tag;
        private final Memory device;
        private final PassageLogic.PassageOutput out;
        private int count;

        AssignmentEmitter(Tag tag, Memory device, PassageLogic.PassageOutput out) {
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

    private List<Assignment> assignments(Tag tag, long now, Memory device) {
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

    private static ForwardedRead namedAtOnce(
            Tag tag, long due, List<ForwardedRead> plates, Memory device) {
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

    private List<ForwardedRead> platesNear(Tag tag, Memory device) {
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

    private ForwardedRead assign(Tag tag, long asOf, Memory device) {
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

    private double weight(Tag tag, ForwardedRead plate) {
        double windows =
                Math.abs(tag.read().deviceTime() - plate.deviceTime()) / (double) windowMillis;
        if (windows > 1 || !isSameLane(tag.lane(), plate.lane())) {
            return Double.NEGATIVE_INFINITY;
        }
        double off = windows / DEVIATION;
        return Math.log(text(tag.plate(), plate.plates()[0])) - off * off / 2;
    }

    private static double text(long registered, long shown) {
        return registered == 0
                ? 1
                : DIFFERS + Misread.probability(shown, registered) / Misread.ANY_PLATE;
    }

    private Map<String, ForwardedRead> candidates(Tag tag, long asOf, Memory device) {
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
        return one == other || one == ReadRing.ANY_LANE || other == ReadRing.ANY_LANE;
    }

    private static long assignedSince(List<Assignment> assignments) {
        int first = assignments.size() - 1;
        while (first > 0 && assignments.get(first).isIn(assignments.get(first - 1))) {
            first--;
        }
        return assignments.get(first).assignedAt();
    }

    private static TagAssignment assignment(
            Tag tag, Assignment assignment, long since, int emitted, Memory device) {
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

    private static long[] keys(Tag tag, Assignment assignment, Memory device) {
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

    private static void addIfNew(long key, LongList keys) {
        if (!keys.contains(key)) {
            keys.add(key);
        }
    }
}
