package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.alert.CloneEvidence;
import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Filters clones that are caused by a faulty device, with a wrong location or a clock that is
 * behind. A device is faulty if it is in impossible pairs of more than {@code maxPlates} plates
 * within an hour, more than cloned vehicles can explain. Findings whose pairs all involve a faulty
 * device are retracted, and further ones are held until an hour has passed.
 */
final class FaultyDeviceFilter {
    private static final long WINDOW_MS = Duration.ofHours(1).toMillis();

    /** Bounds the cost of many faulty devices; the storm of a single one is held long before. */
    private static final int MAX_HELD = 10_000;

    private final int maxPlates;
    private final Consumer<Work> undo;
    private final Map<String, CrossCheckFinding> recent = new TreeMap<>();

    /** For each device, the plates of its findings and how many there are of each. */
    private final Map<String, Map<String, Integer>> plates = new HashMap<>();

    private final Set<String> faulty = new HashSet<>();

    /**
     * @param maxPlates greatest number of plates with impossible pairs at one device in an hour
     * @param undo receives the inverse of every change by {@link #evaluate}
     */
    FaultyDeviceFilter(int maxPlates, Consumer<Work> undo) {
        this.maxPlates = maxPlates;
        this.undo = undo;
    }

    /** Restores a finding that {@link #recent} returned. */
    void restore(CrossCheckFinding sent) {
        replace(sent.alertId(), sent);
    }

    /** The findings of the last hour. */
    Iterable<CrossCheckFinding> recent() {
        return recent.values();
    }

    /**
     * Evaluates the next finding; findings must come in order of (revision, alertId). Returns the
     * findings to emit, including retractions.
     */
    List<CrossCheckFinding> evaluate(CrossCheckFinding found) {
        long at = found.derivedAlert().causedAt();
        List<CrossCheckFinding> expired =
                recent.values().stream()
                        .filter(old -> old.derivedAlert().causedAt() <= at - WINDOW_MS)
                        .toList();
        expired.forEach(old -> set(old.alertId(), null));
        CrossCheckFinding before = recent.get(found.alertId());
        CrossCheckFinding now =
                before == null ? found : found.after(before.derivedAlert().revision());
        if (before == null && recent.size() >= MAX_HELD) {
            set(oldest().alertId(), null);
        }
        set(now.alertId(), now);
        if (faulty.isEmpty()) {
            return List.of(now);
        }
        List<CrossCheckFinding> out = new ArrayList<>();
        for (CrossCheckFinding each : List.copyOf(recent.values())) {
            boolean held = restsOnFaulty(each);
            if (each == now) {
                if (!held || before != null) {
                    out.add(held ? hold(each, at) : each);
                } else {
                    hold(each, at);
                }
            } else if (held && !each.isCancelled()) {
                out.add(hold(each, at));
            }
        }
        return out;
    }

    private CrossCheckFinding hold(CrossCheckFinding crossCheckFinding, long at) {
        CrossCheckFinding held =
                crossCheckFinding.isCancelled()
                        ? crossCheckFinding
                        : crossCheckFinding.cancelled(at);
        // Keeps the arrival time of the finding, because holding it must not prolong the device's
        // hour.
        set(held.alertId(), held.withCausedAt(crossCheckFinding.derivedAlert().causedAt()));
        return held;
    }

    private CrossCheckFinding oldest() {
        return recent.values().stream()
                .min(
                        Comparator.comparingLong(
                                (CrossCheckFinding each) -> each.derivedAlert().causedAt()))
                .orElseThrow();
    }

    /** Replaces a finding; null: there is none any more. */
    private void set(String alertId, CrossCheckFinding finding) {
        CrossCheckFinding before = replace(alertId, finding);
        undo.accept(() -> replace(alertId, before));
    }

    private CrossCheckFinding replace(String alertId, CrossCheckFinding finding) {
        if (finding != null) {
            count(finding, 1);
        }
        CrossCheckFinding before =
                finding == null ? recent.remove(alertId) : recent.put(alertId, finding);
        if (before != null) {
            count(before, -1);
        }
        return before;
    }

    private void count(CrossCheckFinding finding, int more) {
        String plate = finding.derivedAlert().subject().plate();
        for (String device : devices(finding)) {
            Map<String, Integer> implicated =
                    plates.computeIfAbsent(device, first -> new HashMap<>());
            implicated.merge(plate, more, (one, other) -> one + other == 0 ? null : one + other);
            if (implicated.isEmpty()) {
                plates.remove(device);
            }
            if (implicated.size() > maxPlates) {
                faulty.add(device);
            } else {
                faulty.remove(device);
            }
        }
    }

    private static Set<String> devices(CrossCheckFinding crossCheckFinding) {
        Set<String> devices = new HashSet<>();
        for (CloneEvidence.Pair pair : pairs(crossCheckFinding)) {
            devices.add(pair.first().device());
            devices.add(pair.second().device());
        }
        return devices;
    }

    /** Whether every pair of the finding involves a faulty device. */
    private boolean restsOnFaulty(CrossCheckFinding crossCheckFinding) {
        return pairs(crossCheckFinding).stream()
                .allMatch(
                        pair ->
                                faulty.contains(pair.first().device())
                                        || faulty.contains(pair.second().device()));
    }

    private static List<CloneEvidence.Pair> pairs(CrossCheckFinding crossCheckFinding) {
        return ((CloneEvidence) crossCheckFinding.derivedAlert().evidence()).pairs();
    }
}
