package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.alert.CloneEvidence;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
    private TreeMap<String, CrossCheckFinding> recent = new TreeMap<>();

    FaultyDeviceFilter(int maxPlates) {
        this.maxPlates = maxPlates;
    }

    /** Restores a finding that {@link #recent} returned. */
    void restore(CrossCheckFinding sent) {
        recent.put(sent.alertId(), sent);
    }

    /** The findings of the last hour. */
    Iterable<CrossCheckFinding> recent() {
        return recent.values();
    }

    /**
     * Evaluates the next finding; findings must come in order of (revision, alertId). Returns the
     * findings to emit, including retractions. If it throws, nothing has changed.
     */
    List<CrossCheckFinding> evaluate(CrossCheckFinding found) {
        TreeMap<String, CrossCheckFinding> before = new TreeMap<>(recent);
        try {
            return evaluateNext(found);
        } catch (RuntimeException e) {
            recent = before;
            throw e;
        }
    }

    private List<CrossCheckFinding> evaluateNext(CrossCheckFinding found) {
        long at = found.derivedAlert().causedAt();
        recent.values().removeIf(old -> old.derivedAlert().causedAt() <= at - WINDOW_MS);
        CrossCheckFinding before = recent.get(found.alertId());
        CrossCheckFinding now =
                before == null ? found : found.after(before.derivedAlert().revision());
        recent.put(found.alertId(), now);
        if (recent.size() > MAX_HELD) {
            recent.values().remove(oldest());
        }
        Set<String> faulty = faulty();
        List<CrossCheckFinding> out = new ArrayList<>();
        for (CrossCheckFinding each : List.copyOf(recent.values())) {
            boolean held = restsOn(each, faulty);
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
        recent.put(held.alertId(), held.withCausedAt(crossCheckFinding.derivedAlert().causedAt()));
        return held;
    }

    private CrossCheckFinding oldest() {
        return recent.values().stream()
                .min(
                        Comparator.comparingLong(
                                (CrossCheckFinding each) -> each.derivedAlert().causedAt()))
                .orElseThrow();
    }

    private Set<String> faulty() {
        Map<String, Set<String>> plates = new TreeMap<>();
        for (CrossCheckFinding each : recent.values()) {
            for (String device : devices(each)) {
                plates.computeIfAbsent(device, d -> new HashSet<>())
                        .add(each.derivedAlert().subject().plate());
            }
        }
        Set<String> faulty = new HashSet<>();
        plates.forEach(
                (device, implicated) -> {
                    if (implicated.size() > maxPlates) {
                        faulty.add(device);
                    }
                });
        return faulty;
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
    private static boolean restsOn(CrossCheckFinding crossCheckFinding, Set<String> faulty) {
        return !faulty.isEmpty()
                && pairs(crossCheckFinding).stream()
                        .allMatch(
                                pair ->
                                        faulty.contains(pair.first().device())
                                                || faulty.contains(pair.second().device()));
    }

    private static List<CloneEvidence.Pair> pairs(CrossCheckFinding crossCheckFinding) {
        return ((CloneEvidence) crossCheckFinding.derivedAlert().evidence()).pairs();
    }
}
