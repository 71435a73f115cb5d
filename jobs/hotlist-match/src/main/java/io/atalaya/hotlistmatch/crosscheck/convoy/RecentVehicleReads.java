package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.event.VehicleRead;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The cars that passed a subtask's devices lately, by device and minute of their own time. They
 * gather on the heap and are appended to keyed state many at a time, without a look at what is
 * there: the common read costs an append to an array, and RocksDB a merge for a dozen or so reads.
 *
 * <p>About 40 bytes a read in state and 50 a tag, for as long as they are kept: the 115 reads a
 * second of a state make 17 MB an hour, the 18,500 of the largest network 2.7 GB over all subtasks.
 */
final class RecentVehicleReads {
    static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

    /** Cars of one device on the heap. */
    private static final int MAX_OPEN = 32;

    /** Cars of all devices on the heap: some 4 MB. */
    private static final int MAX_OPEN_IN_ALL = 20_000;

    private static final ListStateDescriptor<VehicleReadChunk> CHUNKS =
            new ListStateDescriptor<>("cars", VehicleReadChunkSerializer.INSTANCE.typeInfo());

    /** Told that something was written under the current key. */
    @FunctionalInterface
    interface Written {
        /**
         * @param lastAt arrival of the last of what was written
         */
        void until(long minute, long lastAt);
    }

    private final KeyedStateBackend<String> backend;
    private final Written written;
    private final Map<String, List<VehicleRead>> open = new HashMap<>();
    private int openInAll;

    RecentVehicleReads(KeyedStateBackend<String> backend, Written written) {
        this.backend = backend;
        this.written = written;
    }

    static long minute(long time) {
        return Math.floorDiv(time, MINUTE_MS);
    }

    /** Writes what has gathered, if it is enough, so that {@link #add} has room. */
    void makeRoom(String deviceId) throws Exception {
        List<VehicleRead> cars = open.get(deviceId);
        if (cars != null && cars.size() >= MAX_OPEN) {
            write(deviceId, cars);
            open.remove(deviceId);
        }
        if (openInAll >= MAX_OPEN_IN_ALL) {
            flush();
        }
    }

    void add(String deviceId, VehicleRead car) {
        List<VehicleRead> cars = open.get(deviceId);
        if (cars == null) {
            cars = new ArrayList<>();
            open.put(deviceId, cars);
        }
        cars.add(car);
        openInAll++;
    }

    /** Takes back what was added last of a device. */
    void removeLast(String deviceId) {
        List<VehicleRead> cars = open.get(deviceId);
        cars.remove(cars.size() - 1);
        openInAll--;
        if (cars.isEmpty()) {
            open.remove(deviceId);
        }
    }

    /** Drops what a device has on the heap. */
    void forget(String deviceId) {
        List<VehicleRead> cars = open.remove(deviceId);
        openInAll -= cars == null ? 0 : cars.size();
    }

    /** Everything a device sent of cars whose time is in a span; the device is the current key. */
    void forEach(String deviceId, long from, long to, Consumer<VehicleRead> consumer)
            throws Exception {
        backend.setCurrentKey(deviceId);
        for (long minute = minute(from); minute <= minute(to); minute++) {
            for (VehicleReadChunk chunk : stored(minute)) {
                forEach(chunk.cars(), from, to, consumer);
            }
        }
        forEach(open.getOrDefault(deviceId, List.of()), from, to, consumer);
    }

    private static void forEach(
            List<VehicleRead> cars, long from, long to, Consumer<VehicleRead> consumer) {
        for (VehicleRead car : cars) {
            if (car.time() >= from && car.time() <= to) {
                consumer.accept(car);
            }
        }
    }

    /** Drops what the current key has of a minute, unless something arrived at the horizon. */
    void prune(long minute, long horizon) throws Exception {
        for (VehicleReadChunk chunk : stored(minute)) {
            for (VehicleRead car : chunk.cars()) {
                if (car.at() >= horizon) {
                    return;
                }
            }
        }
        state(minute).clear();
    }

    /** Writes everything to state. */
    void flush() throws Exception {
        for (Map.Entry<String, List<VehicleRead>> device : open.entrySet()) {
            write(device.getKey(), device.getValue());
        }
        open.clear();
    }

    private void write(String deviceId, List<VehicleRead> cars) throws Exception {
        openInAll -= cars.size();
        Map<Long, List<VehicleRead>> byMinute = new TreeMap<>();
        for (VehicleRead car : cars) {
            byMinute.computeIfAbsent(minute(car.time()), minute -> new ArrayList<>()).add(car);
        }
        backend.setCurrentKey(deviceId);
        for (Map.Entry<Long, List<VehicleRead>> chunk : byMinute.entrySet()) {
            long lastAt = Long.MIN_VALUE;
            for (VehicleRead car : chunk.getValue()) {
                lastAt = Math.max(lastAt, car.at());
            }
            state(chunk.getKey()).add(new VehicleReadChunk(chunk.getValue()));
            written.until(chunk.getKey(), lastAt);
        }
    }

    private Iterable<VehicleReadChunk> stored(long minute) throws Exception {
        Iterable<VehicleReadChunk> chunks = state(minute).get();
        return chunks == null ? List.of() : chunks;
    }

    private ListState<VehicleReadChunk> state(long minute) throws Exception {
        return backend.getPartitionedState(minute, LongSerializer.INSTANCE, CHUNKS);
    }
}
