package io.atalaya.simulator.condition;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.simulator.random.SeededRandom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes one camera's detector and tracker worse. */
final class CameraDegradation {
    private static final List<String> TYPES = List.of("Car", "Truck", "Human", "Bag");

    /** Time in ms after which the sway is independent of before. */
    private static final double SWAY_MILLIS = 2_000;

    /** Distance within which two objects are neighbours, in widths of a box. */
    private static final double NEIGHBOURS = 3;

    /** Objects unseen for longer, ms, are forgotten. */
    private static final long FORGET_MILLIS = 60_000;

    private static final class Tracked {
        private String id;
        private long lostUntil;
        private long losesAt;
        private long seenAt;
    }

    private final Conditions conditions;
    private final SeededRandom random;
    private final Map<String, Tracked> tracked = new HashMap<>();
    private final Map<String, Set<String>> otherIds = new HashMap<>();
    private List<DetectedObject> before = List.of();
    private List<DetectedObject> sent = List.of();
    private long time;
    private long burstAt;
    private long burstUntil;
    private long swapAt;
    private double swayX;
    private double swayY;
    private int ids;

    CameraDegradation(Conditions conditions, SeededRandom random) {
        this.conditions = conditions;
        this.random = random;
    }

    /** The frame as a worse detector and tracker give it. A repeated frame stays repeated. */
    CameraFrame degrade(CameraFrame frame) {
        boolean repeats = !before.isEmpty() && frame.objects().equals(before);
        before = frame.objects();
        if (!repeats) {
            long step = Math.min(10_000, Math.max(0, frame.deviceTime() - time));
            time = Math.max(time, frame.deviceTime());
            sent = detect(frame.objects(), step, conditions.at(time));
        }
        return new CameraFrame(
                frame.deviceId(),
                frame.deviceTime(),
                frame.frameId(),
                sent,
                frame.isPartial(),
                frame.removedTrackIds());
    }

    private List<DetectedObject> detect(List<DetectedObject> objects, long step, Quality quality) {
        if (quality.equals(Quality.UNCHANGED)) {
            return renamed(objects);
        }
        sway(step, quality.sway());
        double missed = isBurst(quality) ? Quality.IN_BURST : quality.missed();
        List<DetectedObject> detected = new ArrayList<>();
        swap(objects, quality);
        for (DetectedObject object : objects) {
            Tracked track = track(object.trackId());
            if (!isLost(track, object.trackId(), quality) && !random.happens(missed)) {
                add(detected, seen(object, track.id, quality));
            }
        }
        for (double expected = quality.ghostsPerMinute() * step / 60_000;
                expected > 0;
                expected -= 1) {
            if (random.happens(expected)) {
                add(detected, ghost(objects));
            }
        }
        tracked.values().removeIf(each -> each.seenAt < time - FORGET_MILLIS);
        return detected;
    }

    private List<DetectedObject> renamed(List<DetectedObject> objects) {
        return tracked.isEmpty()
                ? objects
                : objects.stream()
                        .map(each -> box(each, track(each.trackId()).id, 0, 0, 1, 1, each.type()))
                        .toList();
    }

    private Tracked track(String id) {
        Tracked track =
                tracked.computeIfAbsent(
                        id,
                        name -> {
                            Tracked created = new Tracked();
                            created.id = name;
                            created.losesAt = -1;
                            return created;
                        });
        track.seenAt = time;
        return track;
    }

    private boolean isBurst(Quality quality) {
        if (quality.burstEverySeconds() > 0 && time >= burstAt) {
            burstUntil = burstAt == 0 ? 0 : time + (long) random.between(2_000, 6_000);
            burstAt = due(quality.burstEverySeconds());
        }
        return time < burstUntil;
    }

    private long due(double everySeconds) {
        return time + (long) random.exponential(everySeconds * 1000);
    }

    private boolean isLost(Tracked track, String sourceId, Quality quality) {
        if (quality.loseEverySeconds() == 0) {
            track.losesAt = -1;
        } else if (track.losesAt < 0) {
            track.losesAt = due(quality.loseEverySeconds());
        } else if (time >= track.losesAt) {
            track.lostUntil = time + (long) random.between(1_000, 4_000);
            track.losesAt = track.lostUntil - time + due(quality.loseEverySeconds());
            if (random.happens(Quality.RENAMED)) {
                rename(track, sourceId, "x" + ++ids);
            }
        }
        return time < track.lostUntil;
    }

    private void rename(Tracked track, String sourceId, String id) {
        track.id = id;
        otherIds.computeIfAbsent(sourceId, name -> new LinkedHashSet<>()).add(id);
    }

    /** Swaps the ids of two neighbours once a swap is due. */
    private void swap(List<DetectedObject> objects, Quality quality) {
        if (quality.swapEverySeconds() == 0 || time < swapAt) {
            return;
        }
        if (swapAt == 0) {
            swapAt = due(quality.swapEverySeconds());
            return;
        }
        List<DetectedObject[]> pairs = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            for (int j = 0; j < i; j++) {
                DetectedObject one = objects.get(i);
                DetectedObject other = objects.get(j);
                if (one.type().equals(other.type()) && apart(one, other) < NEIGHBOURS) {
                    pairs.add(new DetectedObject[] {one, other});
                }
            }
        }
        if (!pairs.isEmpty()) {
            DetectedObject[] pair = random.oneOf(pairs);
            Tracked first = track(pair[0].trackId());
            Tracked second = track(pair[1].trackId());
            String id = first.id;
            rename(first, pair[0].trackId(), second.id);
            rename(second, pair[1].trackId(), id);
            swapAt = due(quality.swapEverySeconds());
        }
    }

    private static double apart(DetectedObject a, DetectedObject b) {
        double dx = a.x() + a.width() / 2 - b.x() - b.width() / 2;
        double dy = a.y() + a.height() - b.y() - b.height();
        return StrictMath.hypot(
                dx / Math.max(a.width(), b.width()), dy / Math.max(a.height(), b.height()));
    }

    private void sway(long step, double amount) {
        double kept = StrictMath.exp(-step / SWAY_MILLIS);
        double added = amount * StrictMath.sqrt(1 - kept * kept);
        swayX = kept * swayX + added * random.gaussian();
        swayY = kept * swayY + added * random.gaussian();
    }

    private DetectedObject seen(DetectedObject object, String id, Quality quality) {
        double tremble = quality.tremble();
        String type =
                random.happens(quality.flipped())
                        ? random.oneOf(
                                TYPES.stream().filter(each -> !each.equals(object.type())).toList())
                        : object.type();
        return box(
                object,
                id,
                swayX + tremble * object.width() * random.gaussian(),
                swayY + tremble * object.height() * random.gaussian(),
                1 + tremble * random.gaussian(),
                0.9,
                type);
    }

    /** A box as large as one of the objects in view, anywhere in the frame. */
    private DetectedObject ghost(List<DetectedObject> objects) {
        double width = objects.isEmpty() ? 0.05 : random.oneOf(objects).width();
        double height = objects.isEmpty() ? 0.08 : random.oneOf(objects).height();
        return new DetectedObject(
                "x" + ++ids,
                random.oneOf(TYPES),
                rounded(random.between(0.3, 0.7), 1e2),
                rounded(random.between(0, 1 - Math.min(1, width)), 1e4),
                rounded(random.between(0, 1 - Math.min(1, height)), 1e4),
                rounded(width, 1e4),
                rounded(height, 1e4));
    }

    private static void add(List<DetectedObject> detected, DetectedObject object) {
        if (object.width() > 0.002 && object.height() > 0.002) {
            detected.add(object);
        }
    }

    /** The box moved and scaled, as far as it is in the frame. */
    private static DetectedObject box(
            DetectedObject object,
            String id,
            double dx,
            double dy,
            double scale,
            double confidence,
            String type) {
        double left = object.x() + dx;
        double top = object.y() + dy;
        double right = left + object.width() * scale;
        double bottom = top + object.height() * scale;
        if (dx != 0 || dy != 0) {
            left = Math.max(0, left);
            top = Math.max(0, top);
            right = Math.min(1, right);
            bottom = Math.min(1, bottom);
        }
        return new DetectedObject(
                id,
                type,
                rounded(object.confidence() * confidence, 1e2),
                rounded(left, 1e4),
                rounded(top, 1e4),
                rounded(Math.max(0, right - left), 1e4),
                rounded(Math.max(0, bottom - top), 1e4),
                object.isIdle());
    }

    private static double rounded(double value, double steps) {
        return Math.rint(value * steps) / steps;
    }

    /** The ids that an object of the source has had instead of its own. */
    Set<String> otherIds(String sourceId) {
        return otherIds.getOrDefault(sourceId, Set.of());
    }
}
