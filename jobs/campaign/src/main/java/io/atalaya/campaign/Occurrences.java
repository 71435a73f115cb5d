package io.atalaya.campaign;

import io.atalaya.campaign.Mutator.Mutation;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.HotlistChange;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts the occurrences of each mutation in the worlds, because a mutation whose records are all
 * rejected by the parsers does not test the code after them.
 */
final class Occurrences {
    private static final int MANY_OBJECTS = 500;
    private static final int MILLION = 1_000_000;
    private static final long DAY_MS = 86_400_000;

    /** A track missing for longer counts as another one. */
    private static final long MAX_GAP_MS = 4_000;

    private final Map<Mutation, Count> mutations = new EnumMap<>(Mutation.class);
    private final Map<String, Long> others = new TreeMap<>();
    private final Set<Mutation> ofWorld = EnumSet.noneOf(Mutation.class);
    private final Map<String, Span> tracks = new HashMap<>();
    private final Map<String, String> listed = new HashMap<>();
    private final Map<String, Boolean> changedSinceRead = new HashMap<>();

    private static final class Count {
        private long worlds;
        private long records;
        private long rejected;
    }

    /** Interval in which a track has been detected without a gap. */
    private static final class Span {
        private long first;
        private long last;
    }

    /** Counts a record given to the jobs. */
    void given(String mutationsHeader) {
        for (String name : mutationsHeader.split(",")) {
            Mutation mutation = Mutation.valueOf(name);
            mutations.computeIfAbsent(mutation, key -> new Count()).records++;
            ofWorld.add(mutation);
        }
    }

    /** Counts a record rejected by a job. */
    void rejected(DeadLetter letter) {
        for (RawRecord.RawHeader header : letter.headers()) {
            if (header.name().equals(Mutator.HEADER)) {
                for (String name : new String(header.value(), StandardCharsets.UTF_8).split(",")) {
                    mutations.get(Mutation.valueOf(name)).rejected++;
                }
            }
        }
    }

    /** Counts a record accepted by a parser. */
    void parsed(Object element) {
        if (element instanceof CameraFrame frame) {
            frame(frame);
        } else if (element instanceof EnrichedRead enrichedRead
                && enrichedRead.read().plate() != null) {
            read(enrichedRead.read().plate());
        } else if (element instanceof HotlistChange change) {
            list(change);
        }
    }

    private void frame(CameraFrame frame) {
        int size = frame.objects().size();
        if (size == 0) {
            count("frames without objects");
            return;
        }
        if (size >= MANY_OBJECTS) {
            count("frames of 500 objects and more");
        }
        track(frame, frame.objects().get(0));
        track(frame, frame.objects().get(size - 1));
    }

    private void track(CameraFrame frame, DetectedObject object) {
        Span interval =
                tracks.computeIfAbsent(
                        frame.deviceId() + " " + object.trackId(), key -> new Span());
        if (Math.abs(frame.deviceTime() - interval.last) > MAX_GAP_MS) {
            interval.first = frame.deviceTime();
        }
        boolean isOver = interval.last - interval.first >= DAY_MS;
        interval.last = frame.deviceTime();
        if (!isOver && interval.last - interval.first >= DAY_MS) {
            count("tracks of a day");
        }
    }

    private void read(String plate) {
        String key = key(plate);
        if (key != null) {
            count("plates of %2d characters".formatted(key.length()));
            if (Boolean.TRUE.equals(changedSinceRead.put(key, false))) {
                count("entries changed between two reads of a plate");
            }
        }
    }

    private void list(HotlistChange change) {
        HotlistEntry entry = change.entry();
        String plate = entry == null ? listed.remove(change.entryId()) : key(entry.plate());
        if (plate != null) {
            changedSinceRead.computeIfPresent(plate, (key, changed) -> true);
        }
        if (entry != null && plate != null) {
            listed.put(change.entryId(), plate);
        }
    }

    private static String key(String plate) {
        return plate != null && CanonicalPlate.isPlate(plate)
                ? CanonicalPlate.text(CanonicalPlate.pack(plate))
                : null;
    }

    /** Ends a world. */
    void endWorld(int entries) {
        for (Mutation mutation : ofWorld) {
            mutations.get(mutation).worlds++;
        }
        if (entries == 1) {
            count("lists of one entry");
        } else if (entries >= MILLION) {
            count("lists of a million entries");
        }
        ofWorld.clear();
        tracks.clear();
        listed.clear();
        changedSinceRead.clear();
    }

    /** Counts something that may have occurred. */
    void count(String name) {
        others.merge(name, 1L, Long::sum);
    }

    /** Mutations of which no record passed the parsers of a job. */
    Set<Mutation> missing() {
        Set<Mutation> missing = EnumSet.allOf(Mutation.class);
        mutations.forEach(
                (mutation, count) -> {
                    if (count.records > count.rejected) {
                        missing.remove(mutation);
                    }
                });
        return missing;
    }

    /** One line per count. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("mutations, records (rejected) in worlds:");
        mutations.forEach(
                (mutation, count) ->
                        text.append(
                                "\n  %s %,d (%,d) in %,d"
                                        .formatted(
                                                mutation,
                                                count.records,
                                                count.rejected,
                                                count.worlds)));
        text.append("\noccurred:");
        others.forEach((name, count) -> text.append("\n  %s: %,d".formatted(name, count)));
        return text.toString();
    }
}
