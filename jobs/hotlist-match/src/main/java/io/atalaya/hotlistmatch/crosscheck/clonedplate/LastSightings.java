package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.flink.bulkhead.Bulkhead.Work;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

import java.util.function.Consumer;

/**
 * When and where each folded plate was last seen, on the heap, so that the common read of a plate,
 * a possible drive on from the last place, touches no state. About 30 bytes a plate.
 */
final class LastSightings {
    /** As many devices as the rest of a long can number. */
    static final int MAX_DEVICES = 1 << 20;

    private static final int DEVICE_BITS = 20;

    /** No time and no device: the next read has to look at what is kept. */
    private static final long UNSURE = Long.MAX_VALUE;

    /** No time of a read is 0 with device 0: it would be in 1970. */
    private static final long NONE = 0;

    private final Consumer<Work> undo;
    private final Long2LongOpenHashMap last = new Long2LongOpenHashMap();
    private final RegisteredDeviceLocations places;
    private final double maxSpeedKmh;

    /**
     * @param undo takes the inverse of every change
     */
    LastSightings(RegisteredDeviceLocations places, double maxSpeedKmh, Consumer<Work> undo) {
        this.undo = undo;
        this.places = places;
        this.maxSpeedKmh = maxSpeedKmh;
    }

    /**
     * Notes a sighting; true if what is kept of the plate has to be looked at, since it came late
     * or may have come too fast.
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
        if (time <= time(old)) {
            if (time == time(old)) {
                // Which of the two comes before the next one is for what is kept to say.
                put(key, UNSURE);
            }
            return true;
        }
        put(key, pack(time, device));
        int lastDevice = (int) (old & (MAX_DEVICES - 1));
        return lastDevice != device
                && CloneSettings.neededKmh(places.atMostKm(lastDevice, device), time - time(old))
                        > maxSpeedKmh;
    }

    boolean knows(long key) {
        return last.containsKey(key);
    }

    /** What was last is not known: the next sighting looks at what is kept. */
    void unsure(long key) {
        put(key, UNSURE);
    }

    /** Sets what was found to be the last. */
    void set(long key, long time, int device) {
        put(key, pack(time, device));
    }

    void forget(long key) {
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

    private static long time(long packed) {
        return packed >>> DEVICE_BITS;
    }
}
