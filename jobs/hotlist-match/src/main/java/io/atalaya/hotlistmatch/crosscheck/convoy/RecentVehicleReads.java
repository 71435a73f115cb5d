package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.hotlistmatch.event.VehicleRead;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The recent vehicle reads of a subtask's devices, by device and minute of device time. They gather
 * on the heap and are appended to keyed state in batches without reading it: a common read costs
 * one append to an array, and RocksDB one merge for about a dozen reads.
 *
 * <p>State takes about 40 bytes a read and 50 a tag while they are kept: a state with 115 reads a
 * second makes 17 MB an hour, the largest network with 18,500 makes 2.7 GB over all subtasks.
 */
final class RecentVehicleReads {
    /** Reads of one device and minute that were written to state together. */
    record VehicleReadChunk(List<VehicleRead> vehicleReads) {}

    static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

    /** Maximum number of reads of one device on the heap. */
    private static final int MAX_OPEN = 32;

    /** Maximum number of reads of all devices on the heap; about 4 MB. */
    private static final int MAX_OPEN_IN_ALL = 20_000;

    private static final ListStateDescriptor<VehicleReadChunk> CHUNKS =
            new ListStateDescriptor<>("vehicle-reads", BinaryTypeInfo.of(VehicleReadChunk.class));

    /** Called after a write under the current key. */
    @FunctionalInterface
    interface WriteListener {
        /**
         * @param lastAt arrival time of the last read that was written
         */
        void until(long minute, long lastAt);
    }

    private final KeyedStateBackend<String> backend;
    private final WriteListener written;

    /** The devices that have been written longest ago come first. */
    private final Map<String, List<VehicleRead>> open = new LinkedHashMap<>();

    private int openInAll;

    /** Devices that {@link #flushNext} has not reached yet. */
    private int leftInRound;

    RecentVehicleReads(KeyedStateBackend<String> backend, WriteListener written) {
        this.backend = backend;
        this.written = written;
    }

    static long minute(long time) {
        return Math.floorDiv(time, MINUTE_MS);
    }

    /** Writes the gathered reads if a limit is reached, so that {@link #add} has room. */
    void makeRoom(String deviceId) throws Exception {
        List<VehicleRead> vehicleReads = open.get(deviceId);
        if (vehicleReads != null && vehicleReads.size() >= MAX_OPEN) {
            write(deviceId, vehicleReads);
            open.remove(deviceId);
        }
        if (openInAll >= MAX_OPEN_IN_ALL) {
            flush();
        }
    }

    void add(String deviceId, VehicleRead vehicleRead) {
        List<VehicleRead> vehicleReads = open.get(deviceId);
        if (vehicleReads == null) {
            vehicleReads = new ArrayList<>();
            open.put(deviceId, vehicleReads);
        }
        vehicleReads.add(vehicleRead);
        openInAll++;
    }

    /** Undoes the last {@link #add} of a device. */
    void removeLast(String deviceId) {
        List<VehicleRead> vehicleReads = open.get(deviceId);
        vehicleReads.remove(vehicleReads.size() - 1);
        openInAll--;
        if (vehicleReads.isEmpty()) {
            open.remove(deviceId);
        }
    }

    /** Drops a device's reads on the heap. */
    void evict(String deviceId) {
        List<VehicleRead> vehicleReads = open.remove(deviceId);
        openInAll -= vehicleReads == null ? 0 : vehicleReads.size();
    }

    /**
     * Calls {@code consumer} for every read, retraction and tag of a device with a device time in
     * the range. Sets the device as the current key.
     */
    void forEach(String deviceId, long from, long to, Consumer<VehicleRead> consumer)
            throws Exception {
        backend.setCurrentKey(deviceId);
        for (long minute = minute(from); minute <= minute(to); minute++) {
            for (VehicleReadChunk chunk : stored(minute)) {
                forEach(chunk.vehicleReads(), from, to, consumer);
            }
        }
        forEach(open.getOrDefault(deviceId, List.of()), from, to, consumer);
    }

    private static void forEach(
            List<VehicleRead> vehicleReads, long from, long to, Consumer<VehicleRead> consumer) {
        for (VehicleRead vehicleRead : vehicleReads) {
            if (vehicleRead.deviceTime() >= from && vehicleRead.deviceTime() <= to) {
                consumer.accept(vehicleRead);
            }
        }
    }

    /**
     * Drops the current key's reads of a minute, unless one of them arrived at or after the
     * horizon.
     */
    void prune(long minute, long horizon) throws Exception {
        for (VehicleReadChunk chunk : stored(minute)) {
            for (VehicleRead vehicleRead : chunk.vehicleReads()) {
                if (vehicleRead.causedAt() >= horizon) {
                    return;
                }
            }
        }
        state(minute).clear();
    }

    /** Writes everything to state. */
    void flush() throws Exception {
        leftInRound = open.size();
        flushNext(open.size());
    }

    /**
     * Writes the reads of the next {@code number} devices to state, in a round over those that had
     * some at its start; true if the round is complete.
     */
    boolean flushNext(int number) throws Exception {
        if (leftInRound == 0) {
            leftInRound = open.size();
        }
        Iterator<Map.Entry<String, List<VehicleRead>>> devices = open.entrySet().iterator();
        for (int i = 0; i < number && leftInRound > 0 && devices.hasNext(); i++) {
            Map.Entry<String, List<VehicleRead>> device = devices.next();
            write(device.getKey(), device.getValue());
            devices.remove();
            leftInRound--;
        }
        leftInRound = Math.min(leftInRound, open.size());
        return leftInRound == 0;
    }

    private void write(String deviceId, List<VehicleRead> vehicleReads) throws Exception {
        openInAll -= vehicleReads.size();
        Map<Long, List<VehicleRead>> byMinute = new TreeMap<>();
        for (VehicleRead vehicleRead : vehicleReads) {
            byMinute.computeIfAbsent(minute(vehicleRead.deviceTime()), minute -> new ArrayList<>())
                    .add(vehicleRead);
        }
        backend.setCurrentKey(deviceId);
        for (Map.Entry<Long, List<VehicleRead>> chunk : byMinute.entrySet()) {
            long lastAt = Long.MIN_VALUE;
            for (VehicleRead vehicleRead : chunk.getValue()) {
                lastAt = Math.max(lastAt, vehicleRead.causedAt());
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
