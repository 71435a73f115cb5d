package io.atalaya.hotlistmatch.passage;

import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.score.ScoreBound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The recent reads of one device, bounded in age and in number. They serve to drop a second
 * delivery, to find the passage of a read that is revised or withdrawn, to pair plates with tags,
 * and to rank the confidence of a read.
 */
public final class DeviceReads {
    private final Consumer<Work> undo;
    private final PlateRing plates;
    private final TagRing tags;
    private final Map<String, Long> retracted = new LinkedHashMap<>();
    private ConfidenceHistogram confidences = new ConfidenceHistogram();

    private long prunedBefore = Long.MIN_VALUE;

    /** Number of the first plate read that is not stored yet. */
    private long platesWritten;

    private Map<String, Long> newRetracted = new LinkedHashMap<>();

    /**
     * @param undo receives the inverse of every change but those of {@link #restore} and {@link
     *     #drainChanges}
     */
    DeviceReads(Consumer<Work> undo) {
        this.undo = undo;
        plates = new PlateRing(undo);
        tags = new TagRing(undo);
    }

    PlateRing plates() {
        return plates;
    }

    TagRing tags() {
        return tags;
    }

    ConfidenceHistogram confidences() {
        return confidences;
    }

    /** Whether some plate or tag may be of any lane. */
    boolean hasUnknownLane() {
        return plates.hasUnknownLane() || tags.hasUnknownLane();
    }

    boolean isRetracted(String readId) {
        return retracted.containsKey(readId);
    }

    /** Whether a plate read had been withdrawn or revised by that arrival time. */
    boolean isRetracted(long plate, long by) {
        if (!plates.mayBeRetracted(plate)) {
            return false;
        }
        Long at = retracted.get(plates.readId(plate));
        return at != null && at <= by;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Number of stored reads, tags and retractions. */
    int size() {
        return plates.size() + retracted.size() + tags.size();
    }

    /** Arrival time of the last stored message, epoch ms. */
    long lastArrival() {
        long last = Math.max(plates.lastArrival(), tags.lastArrival());
        for (long at : retracted.values()) {
            last = Math.max(last, at);
        }
        return last;
    }

    /** Horizon of the last pruning: earlier arrivals are evicted, epoch ms. */
    long prunedBefore() {
        return prunedBefore;
    }

    /** Whether the arrays were made for many more reads than there are. */
    boolean isOversized() {
        return plates.isOversized() || tags.isOversized();
    }

    /** Begins a unit of changes, which can be undone; the ones before no longer can. */
    void begin() {
        plates.begin();
        tags.begin();
    }

    /** Adds a plate read, see {@link PlateRing#add}, and returns its number. */
    long addPlate(DeviceReadsDelta.Plate read, ScoreBound scoreBound) {
        long plate = plates.add(read, scoreBound);
        if (retracted.containsKey(read.readId())) {
            plates.markRetracted(plate);
        }
        undo.accept(plates::removeLast);
        return plate;
    }

    /** Adds a tag, which is not assigned yet, and returns its number. */
    long addTag(EnrichedTagRead arrived, long releaseAt) {
        long tag = tags.add(arrived, releaseAt, List.of(), 0);
        undo.accept(tags::removeLast);
        return tag;
    }

    /** Adds the confidence of a read to the histogram. */
    void addConfidence(double confidence) {
        undo.accept(confidences.add(confidence));
    }

    void markRetracted(String readId, long at) {
        if (retracted.putIfAbsent(readId, at) == null) {
            newRetracted.put(readId, at);
            noteRetracted(readId);
            undo.accept(
                    () -> {
                        retracted.remove(readId);
                        newRetracted.remove(readId);
                    });
        }
    }

    private void noteRetracted(String readId) {
        long plate = plates.find(readId);
        if (plate != ReadRing.NONE) {
            plates.markRetracted(plate);
        }
    }

    /** The first readId of the chain whose last known read is {@code readId}. */
    String rootOf(String readId) {
        long known = plates.find(readId);
        return known == ReadRing.NONE ? readId : plates.firstReadId(known);
    }

    /**
     * Evicts what arrived before {@code horizon}, and the oldest above {@code max} of each kind.
     */
    void prune(long horizon, int max) {
        long before = prunedBefore;
        prunedBefore = horizon;
        undo.accept(() -> prunedBefore = before);
        plates.prune(horizon, max);
        tags.prune(horizon, max);
        pruneRetracted(horizon, max);
    }

    private void pruneRetracted(long horizon, int max) {
        if (retracted.isEmpty()) {
            return;
        }
        Map<String, Long> evicted = new LinkedHashMap<>();
        Map<String, Long> evictedNew = new LinkedHashMap<>();
        var oldest = retracted.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<String, Long> each = oldest.next();
            if (retracted.size() <= max && each.getValue() >= horizon) {
                break;
            }
            evicted.put(each.getKey(), each.getValue());
            if (newRetracted.remove(each.getKey()) != null) {
                evictedNew.put(each.getKey(), each.getValue());
            }
            oldest.remove();
        }
        if (!evicted.isEmpty()) {
            undo.accept(
                    () -> {
                        putFirst(evicted, retracted);
                        putFirst(evictedNew, newRetracted);
                    });
        }
    }

    private static void putFirst(Map<String, Long> first, Map<String, Long> map) {
        Map<String, Long> others = new LinkedHashMap<>(map);
        map.clear();
        map.putAll(first);
        map.putAll(others);
    }

    /** Whether there are changes to store. */
    boolean hasChanges() {
        return Math.max(platesWritten, plates.first()) < plates.end()
                || !newRetracted.isEmpty()
                || tags.changedFrom() < tags.end();
    }

    /** The changes since the last call, for {@link #restore}; later changes do not affect them. */
    DeviceReadsDelta drainChanges() {
        List<DeviceReadsDelta.Tag> changed = new ArrayList<>();
        for (long tag = tags.changedFrom(); tag < tags.end(); tag++) {
            if (tags.isChanged(tag)) {
                changed.add(row(tag));
            }
        }
        DeviceReadsDelta delta =
                new DeviceReadsDelta(
                        plateRows(Math.max(platesWritten, plates.first())),
                        newRetracted,
                        changed,
                        confidences.copy());
        platesWritten = plates.end();
        newRetracted = new LinkedHashMap<>();
        tags.allWritten();
        return delta;
    }

    /** The whole content, for {@link #restore}; later changes do not affect it. */
    DeviceReadsDelta copy() {
        List<DeviceReadsDelta.Tag> all = new ArrayList<>(tags.size());
        for (long tag = tags.first(); tag < tags.end(); tag++) {
            all.add(row(tag));
        }
        return new DeviceReadsDelta(
                plateRows(plates.first()), new LinkedHashMap<>(retracted), all, confidences.copy());
    }

    private List<DeviceReadsDelta.Plate> plateRows(long from) {
        List<DeviceReadsDelta.Plate> rows = new ArrayList<>((int) (plates.end() - from));
        for (long plate = from; plate < plates.end(); plate++) {
            rows.add(
                    new DeviceReadsDelta.Plate(
                            plates.readId(plate),
                            plates.firstReadId(plate),
                            plates.arrivalTime(plate),
                            plates.lane(plate),
                            plates.deviceTime(plate),
                            plates.allTexts(plate)));
        }
        return rows;
    }

    private DeviceReadsDelta.Tag row(long tag) {
        return new DeviceReadsDelta.Tag(
                tags.arrived(tag), tags.assignments(tag), tags.emitted(tag), tags.releaseAt(tag));
    }

    /**
     * Restores what was stored, piece by piece. A read that arrived again after its eviction counts
     * as the youngest.
     */
    void restore(Iterable<DeviceReadsDelta> deltas) {
        Map<String, DeviceReadsDelta.Plate> plateRows = new LinkedHashMap<>();
        Map<String, DeviceReadsDelta.Tag> tagRows = new LinkedHashMap<>();
        for (DeviceReadsDelta delta : deltas) {
            for (DeviceReadsDelta.Plate row : delta.plates()) {
                plateRows.remove(row.readId());
                plateRows.put(row.readId(), row);
            }
            delta.retracted()
                    .forEach(
                            (readId, at) -> {
                                retracted.remove(readId);
                                retracted.put(readId, at);
                            });
            for (DeviceReadsDelta.Tag row : delta.tags()) {
                String readId = row.arrived().read().readId();
                DeviceReadsDelta.Tag old = tagRows.get(readId);
                if (old != null && old.arrivalTime() != row.arrivalTime()) {
                    tagRows.remove(readId);
                }
                tagRows.put(readId, row);
            }
            confidences = delta.confidences().copy();
        }
        plateRows.values().forEach(row -> plates.add(row, null));
        tagRows.values()
                .forEach(
                        row ->
                                tags.add(
                                        row.arrived(),
                                        row.releaseAt(),
                                        row.assignments(),
                                        row.emitted()));
        retracted.keySet().forEach(this::noteRetracted);
        platesWritten = plates.end();
        tags.allWritten();
    }
}
