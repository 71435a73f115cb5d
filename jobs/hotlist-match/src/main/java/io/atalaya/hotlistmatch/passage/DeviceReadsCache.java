package io.atalaya.hotlistmatch.passage;

import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.flink.state.KeyedCache;

import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The reads of devices, which are few and touched by every read: a get and a put in RocksDB per
 * read would halve the throughput of the job. Changes are appended to state as a chunk, because a
 * busy device has thousands of reads and a checkpoint must not wait for all of them. A chunk is
 * dropped when all of it is too old.
 */
final class DeviceReadsCache extends KeyedCache<DeviceReadsCache.CachedReads> {
    private static final int MAX_CACHED = 4096;

    private static final String CHUNKS = "device-reads-chunks";

    /** Records that the chunks may hold beyond twice the cached ones before they are merged. */
    private static final int SPARE = 1_000;

    /**
     * Summary of one stored chunk.
     *
     * @param newest last arrival time in it, epoch ms
     * @param size reads, tags and retractions in it
     */
    private record Chunk(long newest, int size) {
        static Chunk of(DeviceReadsDelta delta) {
            return new Chunk(delta.lastArrival(), delta.size());
        }
    }

    /** The reads of a device, and what state holds of them. */
    static final class CachedReads {
        private DeviceReads reads;
        private boolean isUsed;

        /** By chunk number, which grows. */
        private final TreeMap<Long, Chunk> chunks = new TreeMap<>();

        /** Records in all chunks. */
        private int stored;

        private CachedReads(DeviceReads reads) {
            this.reads = reads;
        }

        private long next() {
            return chunks.isEmpty() ? 0 : chunks.lastKey() + 1;
        }

        private void addChunk(long number, DeviceReadsDelta delta) {
            chunks.put(number, Chunk.of(delta));
            stored += delta.size();
        }

        /** Removes the oldest chunk and returns its number. */
        private long removeOldest() {
            Map.Entry<Long, Chunk> oldest = chunks.pollFirstEntry();
            stored -= oldest.getValue().size();
            return oldest.getKey();
        }

        private void clearChunks() {
            chunks.clear();
            stored = 0;
        }
    }

    private final KeyedStateBackend<String> backend;
    private final Consumer<Work> undo;
    private final MapState<Long, DeviceReadsDelta> chunks;

    /**
     * @param undo see {@link DeviceReads}
     */
    DeviceReadsCache(KeyedStateBackend<String> backend, Consumer<Work> undo) throws Exception {
        super(MAX_CACHED, backend::setCurrentKey);
        this.backend = backend;
        this.undo = undo;
        this.chunks =
                backend.getPartitionedState(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        new MapStateDescriptor<>(
                                CHUNKS, Types.LONG, BinaryTypeInfo.of(DeviceReadsDelta.class)));
    }

    /** Passes on every device with stored chunks. */
    void forEachDevice(Consumer<String> consumer) {
        try (Stream<String> devices = backend.getKeys(CHUNKS, VoidNamespace.INSTANCE)) {
            devices.forEach(consumer);
        }
    }

    /**
     * The reads of a device; the caller may change them until {@link #trim}. What was changed
     * before can no longer be undone.
     */
    DeviceReads reads(String deviceId) throws Exception {
        CachedReads cached = of(deviceId);
        cached.isUsed = true;
        cached.reads.begin();
        return cached.reads;
    }

    @Override
    protected CachedReads load() throws Exception {
        CachedReads cached = new CachedReads(new DeviceReads(undo));
        Map<Long, DeviceReadsDelta> stored = new TreeMap<>();
        for (Map.Entry<Long, DeviceReadsDelta> chunk : chunks.entries()) {
            stored.put(chunk.getKey(), chunk.getValue());
        }
        stored.forEach(cached::addChunk);
        cached.reads.restore(stored.values());
        return cached;
    }

    /** Removes a device from cache and state. */
    void evict(String deviceId) {
        drop(deviceId);
        select(deviceId);
        chunks.clear();
    }

    @Override
    protected boolean isUsed(CachedReads cached) {
        boolean was = cached.isUsed;
        cached.isUsed = false;
        return was;
    }

    @Override
    protected boolean write(String deviceId, CachedReads cached) throws Exception {
        if (!cached.reads.hasChanges()) {
            return true;
        }
        select(deviceId);
        long horizon = cached.reads.prunedBefore();
        while (!cached.chunks.isEmpty()
                && cached.chunks.firstEntry().getValue().newest() < horizon) {
            chunks.remove(cached.removeOldest());
        }
        DeviceReadsDelta delta = cached.reads.drainChanges();
        long number = cached.next();
        if (cached.stored > 2 * cached.reads.size() + SPARE) {
            delta = cached.reads.copy();
            chunks.clear();
            cached.clearChunks();
        }
        chunks.put(number, delta);
        cached.addChunk(number, delta);
        if (cached.reads.isOversized()) {
            DeviceReads smaller = new DeviceReads(undo);
            smaller.restore(List.of(cached.reads.copy()));
            cached.reads = smaller;
        }
        return true;
    }
}
