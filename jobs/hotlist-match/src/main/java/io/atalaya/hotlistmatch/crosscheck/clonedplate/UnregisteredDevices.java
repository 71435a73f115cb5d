package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.flink.bulkhead.Bulkhead.Work;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongMaps;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

    /** Reads that are in no state yet. */
    private final List<WaitingRead> unsaved = new ArrayList<>();

    /**
     * A read that waits for the registration of its device.
     *
     * @param key folded plate
     */
    record WaitingRead(String deviceId, long key, long arrivalTime) {}

    /**
     * @param undo receives the inverse of {@link #add}
     */
    UnregisteredDevices(Consumer<Work> undo) {
        this.undo = undo;
    }

    /** Adds a read that is in no state yet. */
    void add(WaitingRead read) {
        if (restore(read)) {
            unsaved.add(read);
            undo.accept(() -> unsaved.remove(read));
        }
    }

    /** Adds a read that is in state. Returns false if there are too many. */
    boolean restore(WaitingRead read) {
        if (waiting.size() >= MAX_DEVICES && !waiting.containsKey(read.deviceId())) {
            return false;
        }
        Long2LongOpenHashMap plates =
                waiting.computeIfAbsent(read.deviceId(), id -> new Long2LongOpenHashMap());
        boolean isNew = !plates.containsKey(read.key());
        if (isNew && plates.size() >= MAX_PLATES) {
            return false;
        }
        long old = plates.get(read.key());
        plates.merge(read.key(), read.arrivalTime(), Math::max);
        undo.accept(
                () -> {
                    if (isNew) {
                        plates.remove(read.key());
                    } else {
                        plates.put(read.key(), old);
                    }
                });
        return true;
    }

    /** Returns the reads that are in no state yet, and regards them as saved. */
    List<WaitingRead> drainUnsaved() {
        List<WaitingRead> drained = List.copyOf(unsaved);
        unsaved.clear();
        return drained;
    }

    /** Removes and returns the folded plates read at a device, with their last arrival time. */
    Long2LongMap remove(String deviceId) {
        Long2LongOpenHashMap plates = waiting.remove(deviceId);
        return plates == null ? Long2LongMaps.EMPTY_MAP : plates;
    }
}
