package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.flink.bulkhead.Bulkhead.Work;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

import java.util.function.Consumer;

/**
 * Time and device of each folded plate's last read, on the heap, so that a common read, whose
 * vehicle could have travelled from the last device, needs no state access. About 30 bytes a plate.
 */
final class LastReads {
    /** Maximum number of devices: the device number has the 20 bits that the time leaves. */
    static final int MAX_DEVICES = 1 << 20;

    private static final int DEVICE_BITS = 20;

    /** Marks a plate whose last read is unknown: its next read loads the stored ones. */
    private static final long UNSURE = Long.MAX_VALUE;

    /** No entry; a read at time 0 from device 0 would be in 1970. */
    private static final long NONE = 0;

    private final Consumer<Work> undo;
    private final Long2LongOpenHashMap last = new Long2LongOpenHashMap();
    private final RegisteredDeviceLocations locations;
    private final double maxSpeedKmh;

    /**
     * @param undo receives the inverse of every change
     */
    LastReads(RegisteredDeviceLocations locations, double maxSpeedKmh, Consumer<Work> undo) {
        this.undo = undo;
        this.locations = locations;
        this.maxSpeedKmh = maxSpeedKmh;
    }

    /**
     * Notes a read. Returns whether the plate's stored reads must be evaluated, because the read is
     * late or may be too fast for one vehicle.
     */
    boolean isSuspicious(long key, long time, int device) {
        long old = last.get(key);
        if (old == NONE) {
            put(key, pack(time, device));
            return false;
        }
        if (old == UNSURE) {
            return true;
        }
        if (time <= deviceTime(old)) {
            if (time == deviceTime(old)) {
                // Only the stored reads show which of the two is the neighbour of the next one.
                put(key, UNSURE);
            }
            return true;
        }
        put(key, pack(time, device));
        int lastDevice = (int) (old & (MAX_DEVICES - 1));
        return lastDevice != device
                && CloneSettings.neededKmh(
                                locations.atMostKm(lastDevice, device), time - deviceTime(old))
                        > maxSpeedKmh;
    }

    boolean hasPlate(long key) {
        return last.containsKey(key);
    }

    /** Marks the last read as unknown: the next read loads the stored ones. */
    void unsure(long key) {
        put(key, UNSURE);
    }

    /** Sets the last read, as found among the stored ones. */
    void set(long key, long time, int device) {
        put(key, pack(time, device));
    }

    void evict(long key) {
        noteOld(key);
        last.remove(key);
    }

    private void put(long key, long value) {
        noteOld(key);
        last.put(key, value);
    }

    private void noteOld(long key) {
        long old = last.get(key);
        undo.accept(
                () -> {
                    if (old == NONE) {
                        last.remove(key);
                    } else {
                        last.put(key, old);
                    }
                });
    }

    private static long pack(long time, int device) {
        return time << DEVICE_BITS | device;
    }

    private static long deviceTime(long packed) {
        return packed >>> DEVICE_BITS;
    }
}
