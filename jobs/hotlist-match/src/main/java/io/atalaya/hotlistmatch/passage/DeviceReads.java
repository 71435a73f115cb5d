package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.score.ScoreBound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The recent reads of one device, bounded in age and in number. They serve to drop a second
 * delivery, to find the passage of a read that is revised or withdrawn, to pair plates with tags,
 * and to rank the confidence of a read.
 */
public final class DeviceReads {
    /** Lane of a read without one: it may be any lane. */
    static final int ANY_LANE = -1;

    /**
     * A plate read that was emitted.
     *
     * @param firstReadId first readId of its chain of revisions
     * @param arrivalTime arrival time, epoch ms
     * @param lane or {@link #ANY_LANE}
     * @param deviceTime device time of the read, epoch ms
     * @param plates the packed canonical texts under which it was emitted, the top one first
     * @param scoreBound upper bound of its score; null: unknown, because it is not stored
     */
    record ForwardedRead(
            String readId,
            String firstReadId,
            long arrivalTime,
            int lane,
            long deviceTime,
            long[] plates,
            ScoreBound scoreBound) {
        boolean isRevision() {
            return !firstReadId.equals(readId);
        }
    }

    /**
     * A tag read.
     *
     * @param plate packed canonical form of the plate it is registered for, or 0
     * @param assignments the passages that it was assigned to, in order; empty: not emitted yet
     * @param emitted number of assignments and retractions emitted for it
     * @param releaseAt watermark at which its passage is decided, or {@link Long#MAX_VALUE}
     */
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
            return laneOf(read.lane());
        }

        EnrichedTagRead arrived() {
            return new EnrichedTagRead(arrivalTime, isClockSuspect, read, position);
        }

        /** The last of its assignments, or null. */
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

    /**
     * Assignment of a tag to a passage.
     *
     * @param firstReadId of the plate read's chain of revisions; null: the tag is alone
     * @param readId of the plate read, or null
     * @param assignedAt arrival time from which it holds, epoch ms
     */
    record Assignment(String firstReadId, String readId, long assignedAt) {
        boolean isIn(Assignment other) {
            return Objects.equals(firstReadId, other.firstReadId());
        }
    }

    private final Consumer<Work> undo;
    private final Map<String, ForwardedRead> sent = new LinkedHashMap<>();
    private final Map<String, Long> retracted = new LinkedHashMap<>();
    private final Map<String, Tag> tags = new LinkedHashMap<>();
    private ConfidenceHistogram confidences = new ConfidenceHistogram();

    /** Index of the same reads and tags by device time; derived, not stored. */
    private final Timeline<ForwardedRead> sentByTime = new Timeline<>(ForwardedRead::readId);

    private final Timeline<Tag> tagsByTime = new Timeline<>(tag -> tag.read().readId());

    /** The undecided tags by the watermark at which they are due. */
    private final Timeline<Tag> tagsByDue = new Timeline<>(tag -> tag.read().readId());

    /** The reads that revise another one, by the root of their chain. */
    private final Map<String, List<ForwardedRead>> revisions = new HashMap<>();

    /** Whether some plate or tag has no lane. */
    private boolean hasUnknownLane;

    private long prunedBefore = Long.MIN_VALUE;

    /** Changes since {@link #drainChanges}, which are not stored yet. */
    private final ArrayDeque<ForwardedRead> newSent = new ArrayDeque<>();

    private Map<String, Long> newGone = new LinkedHashMap<>();
    private final Map<String, Tag> newTags = new LinkedHashMap<>();

    /**
     * @param undo receives the inverse of every change but those of {@link #restore} and {@link
     *     #drainChanges}
     */
    DeviceReads(Consumer<Work> undo) {
        this.undo = undo;
    }

    static int laneOf(Integer lane) {
        return lane == null ? ANY_LANE : lane;
    }

    Map<String, ForwardedRead> sent() {
        return sent;
    }

    /** ReadIds that were withdrawn or revised, with the arrival time of the cause. */
    Map<String, Long> retracted() {
        return retracted;
    }

    Map<String, Tag> tags() {
        return tags;
    }

    ConfidenceHistogram confidences() {
        return confidences;
    }

    /** The read of that id, or null if it is unknown or evicted. */
    ForwardedRead sent(String readId) {
        return sent.get(readId);
    }

    /** The known reads of a passage: the first one and its revisions. */
    List<ForwardedRead> chain(String root) {
        ForwardedRead first = sent.get(root);
        List<ForwardedRead> later = revisions.getOrDefault(root, List.of());
        if (later.isEmpty()) {
            return first == null ? List.of() : List.of(first);
        }
        List<ForwardedRead> chain = new ArrayList<>(later);
        if (first != null) {
            chain.add(0, first);
        }
        return chain;
    }

    /** Whether some plate or tag may be of any lane. */
    boolean hasUnknownLane() {
        return hasUnknownLane;
    }

    /** The plate reads whose time lies within {@code window} ms of a time, on a condition. */
    List<ForwardedRead> sentNear(long time, long window, Predicate<ForwardedRead> condition) {
        return sentByTime.near(time, window, condition);
    }

    /** The tags whose time lies within {@code window} ms of a time, on a condition. */
    List<Tag> tagsNear(long time, long window, Predicate<Tag> condition) {
        return tagsByTime.near(time, window, condition);
    }

    boolean isRetracted(String readId) {
        return retracted.containsKey(readId);
    }

    /** Whether a read had been withdrawn or revised by that arrival time. */
    boolean isRetracted(String readId, long by) {
        Long at = retracted.get(readId);
        return at != null && at <= by;
    }

    boolean isEmpty() {
        return sent.isEmpty() && retracted.isEmpty() && tags.isEmpty();
    }

    /** Arrival time of the last stored message, epoch ms. */
    long lastArrival() {
        return new DeviceReadsDelta(sent.values(), retracted, tags.values(), confidences)
                .lastArrival();
    }

    /** Horizon of the last pruning: earlier arrivals are evicted, epoch ms. */
    long prunedBefore() {
        return prunedBefore;
    }

    /** Number of stored reads, tags and retractions. */
    int size() {
        return sent.size() + retracted.size() + tags.size();
    }

    /** Adds a read that is not known. */
    void remember(ForwardedRead read) {
        boolean lackedLanes = hasUnknownLane;
        newSent.add(read);
        put(read);
        undo.accept(
                () -> {
                    newSent.removeLast();
                    sent.remove(read.readId());
                    unindex(read);
                    hasUnknownLane = lackedLanes;
                });
    }

    /** Adds the confidence of a read to the histogram. */
    void addConfidence(double confidence) {
        undo.accept(confidences.add(confidence));
    }

    private void put(ForwardedRead read) {
        sent.put(read.readId(), read);
        index(read);
    }

    private void index(ForwardedRead read) {
        sentByTime.put(read.deviceTime(), read);
        if (read.isRevision()) {
            revisions.computeIfAbsent(read.firstReadId(), root -> new ArrayList<>()).add(read);
        }
        hasUnknownLane |= read.lane() == ANY_LANE;
    }

    private void evict(ForwardedRead read) {
        // Reads are evicted oldest first, so one that is not stored yet is the first of these.
        boolean isNew = newSent.peek() == read;
        if (isNew) {
            newSent.poll();
        }
        unindex(read);
        undo.accept(
                () -> {
                    if (isNew) {
                        newSent.addFirst(read);
                    }
                    sentByTime.put(read.deviceTime(), read);
                    if (read.isRevision()) {
                        revisions
                                .computeIfAbsent(read.firstReadId(), root -> new ArrayList<>())
                                .add(0, read);
                    }
                });
    }

    private void unindex(ForwardedRead read) {
        sentByTime.remove(read.deviceTime(), read.readId());
        if (read.isRevision()) {
            List<ForwardedRead> chain = revisions.get(read.firstReadId());
            chain.remove(read);
            if (chain.isEmpty()) {
                revisions.remove(read.firstReadId());
            }
        }
    }

    /** Adds a tag or replaces its state. */
    void remember(Tag tag) {
        String readId = tag.read().readId();
        boolean lackedLanes = hasUnknownLane;
        Tag oldNewTag = newTags.put(readId, tag);
        Tag old = put(tag);
        undo.accept(
                () -> {
                    if (old == null) {
                        unindex(tags.remove(readId));
                    } else {
                        put(old);
                    }
                    putOrRemove(newTags, readId, oldNewTag);
                    hasUnknownLane = lackedLanes;
                });
    }

    private static <V> void putOrRemove(Map<String, V> map, String key, V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    /** Replaces the state of a tag; an index entry moves only if its time changed. */
    private Tag put(Tag tag) {
        String readId = tag.read().readId();
        Tag old = tags.put(readId, tag);
        if (old != null && old.releaseAt() != tag.releaseAt()) {
            tagsByDue.remove(old.releaseAt(), readId);
        }
        if (old != null && old.read().deviceTime() != tag.read().deviceTime()) {
            tagsByTime.remove(old.read().deviceTime(), readId);
        }
        index(tag);
        return old;
    }

    private void evict(Tag tag) {
        String readId = tag.read().readId();
        // Rarely more than a few steps, because tags are evicted oldest first.
        int place = newTags.containsKey(readId) ? placeOf(readId, newTags) : 0;
        Tag oldNewTag = newTags.remove(readId);
        unindex(tag);
        undo.accept(
                () -> {
                    if (oldNewTag != null) {
                        insert(newTags, place, List.of(Map.entry(readId, oldNewTag)));
                    }
                    index(tag);
                });
    }

    private static int placeOf(String key, Map<String, ?> map) {
        int place = 0;
        for (String each : map.keySet()) {
            if (each.equals(key)) {
                return place;
            }
            place++;
        }
        throw new IllegalArgumentException(key);
    }

    private void unindex(Tag tag) {
        String readId = tag.read().readId();
        tagsByTime.remove(tag.read().deviceTime(), readId);
        tagsByDue.remove(tag.releaseAt(), readId);
    }

    private void index(Tag tag) {
        tagsByTime.put(tag.read().deviceTime(), tag);
        hasUnknownLane |= tag.lane() == ANY_LANE;
        if (tag.releaseAt() != Long.MAX_VALUE) {
            tagsByDue.put(tag.releaseAt(), tag);
        }
    }

    /** The tags that are due at that watermark. */
    List<Tag> tagsDueBy(long now) {
        return tagsByDue.upTo(now);
    }

    /** When the first tag is due, or {@link Long#MAX_VALUE}. */
    long nextDue() {
        return tagsByDue.firstTime();
    }

    void markRetracted(String readId, long at) {
        if (retracted.putIfAbsent(readId, at) == null) {
            newGone.put(readId, at);
            undo.accept(
                    () -> {
                        retracted.remove(readId);
                        newGone.remove(readId);
                    });
        }
    }

    /** The first readId of the chain whose last known read is {@code readId}. */
    String rootOf(String readId) {
        ForwardedRead known = sent.get(readId);
        return known == null ? readId : known.firstReadId();
    }

    /**
     * Evicts what arrived before {@code horizon}, and the oldest above {@code max} of each kind.
     */
    void prune(long horizon, int max) {
        long before = prunedBefore;
        prunedBefore = horizon;
        undo.accept(() -> prunedBefore = before);
        prune(sent, max, horizon, ForwardedRead::arrivalTime, (readId, read) -> evict(read));
        prune(retracted, max, horizon, at -> at, (readId, at) -> evictRetracted(readId));
        prune(tags, max, horizon, Tag::arrivalTime, (readId, tag) -> evict(tag));
    }

    private void evictRetracted(String readId) {
        Long at = newGone.remove(readId);
        if (at != null) {
            undo.accept(() -> insert(newGone, 0, List.of(Map.entry(readId, at))));
        }
    }

    private <V> void prune(
            Map<String, V> map,
            int max,
            long horizon,
            ToLongFunction<V> arrival,
            BiConsumer<String, V> forgotten) {
        List<Map.Entry<String, V>> removed = null;
        var entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, V> entry = entries.next();
            if (map.size() <= max && arrival.applyAsLong(entry.getValue()) >= horizon) {
                return;
            }
            if (removed == null) {
                List<Map.Entry<String, V>> first = new ArrayList<>(1);
                undo.accept(() -> insert(map, 0, first));
                removed = first;
            }
            removed.add(Map.entry(entry.getKey(), entry.getValue()));
            forgotten.accept(entry.getKey(), entry.getValue());
            entries.remove();
        }
    }

    private static <V> void insert(
            Map<String, V> map, int place, List<Map.Entry<String, V>> added) {
        List<Map.Entry<String, V>> all = new ArrayList<>(map.size() + added.size());
        map.forEach((key, value) -> all.add(Map.entry(key, value)));
        all.addAll(place, added);
        map.clear();
        all.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    }

    /** Whether there are changes to store. */
    boolean hasChanges() {
        return !newSent.isEmpty() || !newGone.isEmpty() || !newTags.isEmpty();
    }

    /** The changes since the last call, for {@link #restore}; later changes do not affect them. */
    DeviceReadsDelta drainChanges() {
        var delta =
                new DeviceReadsDelta(
                        List.copyOf(newSent),
                        newGone,
                        List.copyOf(newTags.values()),
                        confidences.copy());
        newSent.clear();
        newGone = new LinkedHashMap<>();
        newTags.clear();
        return delta;
    }

    /** The whole content, for {@link #restore}; later changes do not affect it. */
    DeviceReadsDelta copy() {
        return new DeviceReadsDelta(
                List.copyOf(sent.values()),
                new LinkedHashMap<>(retracted),
                List.copyOf(tags.values()),
                confidences.copy());
    }

    /**
     * Restores a delta on top of all earlier ones. A read that arrived again after its eviction
     * counts as the youngest.
     */
    void restore(DeviceReadsDelta delta) {
        for (ForwardedRead read : delta.sent()) {
            ForwardedRead old = sent.remove(read.readId());
            if (old != null) {
                unindex(old);
            }
            put(read);
        }
        delta.retracted()
                .forEach(
                        (readId, at) -> {
                            retracted.remove(readId);
                            retracted.put(readId, at);
                        });
        for (Tag tag : delta.tags()) {
            Tag old = tags.get(tag.read().readId());
            if (old != null && old.arrivalTime() != tag.arrivalTime()) {
                unindex(tags.remove(tag.read().readId()));
            }
            put(tag);
        }
        confidences = delta.confidences().copy();
    }
}
