package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.alert.CloneEvidence;
import io.atalaya.hotlistmatch.crosscheck.Anomaly;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Clones that one faulty device makes, with a wrong place or a clock that is behind, are held back:
 * where it is in impossible pairs of more plates within an hour than cloned cars can explain, what
 * rests on it alone is taken back and no more is sent on until an hour has passed.
 */
final class DeviceGuard {
    private static final long WINDOW_MS = Duration.ofHours(1).toMillis();

    /** A storm is held back long before: this bounds what many faulty devices can cost. */
    private static final int MAX_HELD = 10_000;

    private final int maxPlates;
    private TreeMap<String, Anomaly> recent = new TreeMap<>();

    DeviceGuard(int maxPlates) {
        this.maxPlates = maxPlates;
    }

    /** Takes up what {@link #recent} gave. */
    void restore(Anomaly sent) {
        recent.put(sent.alertId(), sent);
    }

    /** What was sent on in the last hour. */
    Iterable<Anomaly> recent() {
        return recent.values();
    }

    /**
     * Judges what was found next, in order of (arrival, id); returns what is to be sent on, with
     * what is now taken back. If it throws, nothing has changed.
     */
    List<Anomaly> judge(Anomaly found) {
        TreeMap<String, Anomaly> before = new TreeMap<>(recent);
        try {
            return judgeNext(found);
        } catch (RuntimeException e) {
            recent = before;
            throw e;
        }
    }

    private List<Anomaly> judgeNext(Anomaly found) {
        long at = found.draft().at();
        recent.values().removeIf(old -> old.draft().at() <= at - WINDOW_MS);
        Anomaly before = recent.get(found.alertId());
        Anomaly now = numbered(found);
        recent.put(found.alertId(), now);
        if (recent.size() > MAX_HELD) {
            recent.values().remove(oldest());
        }
        Set<String> faulty = faulty();
        List<Anomaly> out = new ArrayList<>();
        for (Anomaly each : List.copyOf(recent.values())) {
            boolean held = restsOn(each, faulty);
            if (each == now) {
                if (!held || before != null) {
                    out.add(held ? hold(each, at) : each);
                } else {
                    hold(each, at);
                }
            } else if (held && !each.isTakenBack()) {
                out.add(hold(each, at));
            }
        }
        return out;
    }

    private Anomaly hold(Anomaly anomaly, long at) {
        Anomaly held =
                anomaly.isTakenBack()
                        ? anomaly
                        : anomaly.takenBack(anomaly.draft().revision() + 1, at);
        // It counts from when it was found: being held does not prolong the device's hour.
        recent.put(held.alertId(), held.takenBack(held.draft().revision(), anomaly.draft().at()));
        return held;
    }

    /** Room for one revision of ours after each of the finder's. */
    private static Anomaly numbered(Anomaly found) {
        return found.revised(2 * found.draft().revision() - 1);
    }

    private Anomaly oldest() {
        return recent.values().stream()
                .min(Comparator.comparingLong((Anomaly each) -> each.draft().at()))
                .orElseThrow();
    }

    private Set<String> faulty() {
        Map<String, Set<String>> plates = new TreeMap<>();
        for (Anomaly each : recent.values()) {
            for (String device : devices(each)) {
                plates.computeIfAbsent(device, d -> new HashSet<>())
                        .add(each.draft().subject().plate());
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

    private static Set<String> devices(Anomaly anomaly) {
        Set<String> devices = new HashSet<>();
        for (CloneEvidence.Pair pair : pairs(anomaly)) {
            devices.add(pair.first().device());
            devices.add(pair.second().device());
        }
        return devices;
    }

    /** Whether a faulty device is in every pair. */
    private static boolean restsOn(Anomaly anomaly, Set<String> faulty) {
        return !faulty.isEmpty()
                && pairs(anomaly).stream()
                        .allMatch(
                                pair ->
                                        faulty.contains(pair.first().device())
                                                || faulty.contains(pair.second().device()));
    }

    private static List<CloneEvidence.Pair> pairs(Anomaly anomaly) {
        return ((CloneEvidence) anomaly.draft().evidence()).pairs();
    }
}
