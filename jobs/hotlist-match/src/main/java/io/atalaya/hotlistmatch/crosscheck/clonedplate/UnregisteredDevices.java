package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.flink.bulkhead.Bulkhead.Work;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongMaps;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Plates read at devices that are not registered yet; they are evaluated after the registration.
 * Holds at most 1,000 devices with 1,000 plates each.
 */
final class UnregisteredDevices {
    private static final int MAX_DEVICES = 1_000;
    private static final int MAX_PLATES = 1_000;

    private final Consumer<Work> undo;
    private final Map<String, Long2LongOpenHashMap> waiting = new HashMap<>();

    /**
     * @param undo receives the inverse of {@link #saw}
     */
    UnregisteredDevices(Consumer<Work> undo) {
        this.undo = undo;
    }

    /** Notes a read. */
    void saw(String deviceId, long key, long arrival) {
        if (waiting.size() < MAX_DEVICES || waiting.containsKey(deviceId)) {
            Long2LongOpenHashMap plates =
                    waiting.computeIfAbsent(deviceId, id -> new Long2LongOpenHashMap());
            if (plates.size() < MAX_PLATES) {
                boolean isNew = !plates.containsKey(key);
                long old = plates.get(key);
                plates.merge(key, arrival, Math::max);
                undo.accept(
                        () -> {
                            if (isNew) {
                                plates.remove(key);
                            } else {
                                plates.put(key, old);
                            }
                        });
            }
        }
    }

    /** Removes and returns the folded plates read at a device, with their last arrival time. */
    Long2LongMap remove(String deviceId) {
        Long2LongOpenHashMap plates = waiting.remove(deviceId);
        return plates == null ? Long2LongMaps.EMPTY_MAP : plates;
    }
}
