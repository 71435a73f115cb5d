package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.event.VehicleRead;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The recent vehicle reads of a subtask's devices, by device and minute of device time. They gather
 * on the heap and are appended to keyed state in batches without reading it: a common read costs
 * one append to an array, and RocksDB one merge for about two dozen reads.
 *
 * <p>State takes about 40 bytes a read and 50 a tag while they are kept: a state with 115 reads a
 * second makes 17 MB an hour, the largest network with 18,500 makes 2.7 GB over all subtasks.
 */
final class RecentVehicleReads {
    static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

    /** Maximum of one device on the heap, bytes; about 32 reads. */
    private static final int MAX_OPEN = 2 << 10;

    /** Maximum of all devices on the heap, bytes in use; they take up to twice as much. */
    private static final int MAX_OPEN_IN_ALL = 1 << 20;

    /** Maximum of stored reads on the heap, bytes; two minutes of 2,500 arches. */
    private static final int MAX_CACHED = 32 << 20;

    /** What a minute and a batch take there without the reads, bytes. */
    private static final int MINUTE_BYTES = 200;

    private static final int BATCH_BYTES = 24;

    private static final ListStateDescriptor<byte[]> CHUNKS =
            new ListStateDescriptor<>(
                    "vehicle-reads", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

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

    private final Map<String, VehicleReadRows> open = new HashMap<>();

    private int openInAll;

    /**
     * What state holds of the minutes that were searched last, because each second near a listed
     * passage searches the same minutes again.
     */
    private final LinkedHashMap<DeviceMinute, List<byte[]>> cached =
            new LinkedHashMap<>(16, 0.75f, true);

    private int cachedInAll;

    private record DeviceMinute(String deviceId, long minute) {}

    RecentVehicleReads(KeyedStateBackend<String> backend, WriteListener written) {
        this.backend = backend;
        this.written = written;
    }

    static long minute(long time) {
        return Math.floorDiv(time, MINUTE_MS);
    }

    /** Writes the gathered reads if a limit is reached, so that {@link #add} has room. */
    void makeRoom(String deviceId) throws Exception {
        VehicleReadRows rows = open.get(deviceId);
        if (rows != null && rows.length() >= MAX_OPEN) {
            write(deviceId, rows);
            open.remove(deviceId);
        }
        if (openInAll >= MAX_OPEN_IN_ALL) {
            flush();
        }
    }

    /** Returns what undoes it, as long as nothing else was added for the device. */
    Runnable add(String deviceId, VehicleRead vehicleRead) throws IOException {
        VehicleReadRows rows = open.computeIfAbsent(deviceId, id -> new VehicleReadRows());
        int before = rows.length();
        rows.add(vehicleRead);
        int added = rows.length() - before;
        openInAll += added;
        return () -> {
            rows.truncate(before);
            openInAll -= added;
        };
    }

    /** Drops a device's reads on the heap. */
    void evict(String deviceId) {
        VehicleReadRows rows = open.remove(deviceId);
        openInAll -= rows == null ? 0 : rows.length();
        List<DeviceMinute> its =
                cached.keySet().stream().filter(each -> each.deviceId().equals(deviceId)).toList();
        its.forEach(this::evict);
    }

    /**
     * A device's reads, retractions and tags, at least those with a device time in the range. Sets
     * the device as the current key.
     */
    Found find(String deviceId, long from, long to) throws Exception {
        backend.setCurrentKey(deviceId);
        List<byte[]> stored = new ArrayList<>();
        for (long minute = minute(from); minute <= minute(to); minute++) {
            stored.addAll(stored(new DeviceMinute(deviceId, minute)));
        }
        while (cachedInAll > MAX_CACHED) {
            evict(cached.keySet().iterator().next());
        }
        VehicleReadRows rest = open.get(deviceId);
        return reader -> {
            for (byte[] rows : stored) {
                VehicleReadRows.forEach(rows, reader);
            }
            if (rest != null) {
                rest.forEach(reader);
            }
        };
    }

    /** What was found, until the next change. */
    @FunctionalInterface
    interface Found {
        void forEach(VehicleReadRows.Reader reader) throws IOException;
    }

    /**
     * Drops a device's reads of a minute, unless one of them arrived at or after the horizon. The
     * device is the current key.
     */
    void prune(String deviceId, long minute, long horizon) throws Exception {
        for (byte[] rows : inState(minute)) {
            if (lastAt(rows) >= horizon) {
                return;
            }
        }
        state(minute).clear();
        evict(new DeviceMinute(deviceId, minute));
    }

    private static long lastAt(byte[] rows) throws IOException {
        long[] last = {Long.MIN_VALUE};
        VehicleReadRows.forEach(rows, row -> last[0] = Math.max(last[0], row.causedAt()));
        return last[0];
    }

    /** Writes everything to state. */
    void flush() throws Exception {
        for (Map.Entry<String, VehicleReadRows> device : open.entrySet()) {
            write(device.getKey(), device.getValue());
        }
        open.clear();
    }

    private void write(String deviceId, VehicleReadRows rows) throws Exception {
        openInAll -= rows.length();
        Map<Long, VehicleReadRows> byMinute = new TreeMap<>();
        rows.forEach(
                row ->
                        byMinute.computeIfAbsent(
                                        minute(row.deviceTime()), minute -> new VehicleReadRows())
                                .add(row));
        backend.setCurrentKey(deviceId);
        for (Map.Entry<Long, VehicleReadRows> each : byMinute.entrySet()) {
            byte[] chunk = each.getValue().copy();
            state(each.getKey()).add(chunk);
            List<byte[]> others = cached.get(new DeviceMinute(deviceId, each.getKey()));
            if (others != null) {
                others.add(chunk);
                cachedInAll += BATCH_BYTES + chunk.length;
            }
            written.until(each.getKey(), lastAt(chunk));
        }
    }

    /** What state holds of a minute; its device is the current key. */
    private List<byte[]> stored(DeviceMinute which) throws Exception {
        List<byte[]> chunks = cached.get(which);
        if (chunks == null) {
            chunks = new ArrayList<>();
            inState(which.minute()).forEach(chunks::add);
            cached.put(which, chunks);
            cachedInAll += size(chunks);
        }
        return chunks;
    }

    private void evict(DeviceMinute which) {
        List<byte[]> chunks = cached.remove(which);
        cachedInAll -= chunks == null ? 0 : size(chunks);
    }

    /** Bytes on the heap. */
    private static int size(List<byte[]> chunks) {
        return MINUTE_BYTES + chunks.stream().mapToInt(chunk -> BATCH_BYTES + chunk.length).sum();
    }

    private Iterable<byte[]> inState(long minute) throws Exception {
        Iterable<byte[]> chunks = state(minute).get();
        return chunks == null ? List.of() : chunks;
    }

    private ListState<byte[]> state(long minute) throws Exception {
        return backend.getPartitionedState(minute, LongSerializer.INSTANCE, CHUNKS);
    }
}
