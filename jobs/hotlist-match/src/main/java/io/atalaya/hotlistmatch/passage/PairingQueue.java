package io.atalaya.hotlistmatch.passage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Devices whose tags wait for their plates, by when the first of them is due on the arrival clock.
 * On the heap: a keyed timer for each tag would cost more than the pairing. Derived from the
 * devices' memories, not stored.
 */
final class PairingQueue {
    private final TreeMap<Long, Set<String>> due = new TreeMap<>();
    private final Map<String, Long> dueOf = new HashMap<>();

    /** Notes when a device is due; {@link Long#MAX_VALUE} takes it off. */
    void set(String deviceId, long at) {
        Long old = at == Long.MAX_VALUE ? dueOf.remove(deviceId) : dueOf.put(deviceId, at);
        if (old != null) {
            if (old == at) {
                return;
            }
            Set<String> devices = due.get(old);
            devices.remove(deviceId);
            if (devices.isEmpty()) {
                due.remove(old);
            }
        }
        if (at != Long.MAX_VALUE) {
            due.computeIfAbsent(at, time -> new HashSet<>()).add(deviceId);
        }
    }

    boolean isEmpty() {
        return due.isEmpty();
    }

    /** The devices that are due by {@code now}. */
    List<String> dueBy(long now) {
        List<String> devices = new ArrayList<>();
        due.headMap(now, true).values().forEach(devices::addAll);
        return devices;
    }
}
