package io.atalaya.hotlistmatch.clones;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongMaps;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

import java.util.HashMap;
import java.util.Map;

/**
 * Plates seen at devices that are not registered yet: they are looked at when they are. Bounded.
 */
final class UnregisteredDevices {
    private static final int MAX_DEVICES = 1_000;
    private static final int MAX_PLATES = 1_000;

    private final Map<String, Long2LongOpenHashMap> waiting = new HashMap<>();

    /** Notes a sighting. */
    void saw(String deviceId, long key, long arrival) {
        if (waiting.size() < MAX_DEVICES || waiting.containsKey(deviceId)) {
            Long2LongOpenHashMap plates =
                    waiting.computeIfAbsent(deviceId, id -> new Long2LongOpenHashMap());
            if (plates.size() < MAX_PLATES) {
                plates.merge(key, arrival, Math::max);
            }
        }
    }

    /** The folded plates seen at a device, and when they last arrived; they wait no longer. */
    Long2LongMap remove(String deviceId) {
        Long2LongOpenHashMap plates = waiting.remove(deviceId);
        return plates == null ? Long2LongMaps.EMPTY_MAP : plates;
    }
}
