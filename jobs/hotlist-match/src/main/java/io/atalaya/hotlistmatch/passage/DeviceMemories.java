package io.atalaya.hotlistmatch.passage;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A heap cache of device memories in front of keyed state: devices are few and touched at every
 * read, so a get and a put in RocksDB for each would cost half the job's throughput. Written back
 * before every barrier and when a device falls out of the cache.
 */
final class DeviceMemories {
    private static final int MAX_CACHED = 4096;
    private static final float LOAD = 0.75f;

    private static final class Cached {
        private final DeviceMemory memory;
        private boolean dirty;

        private Cached(DeviceMemory memory) {
            this.memory = memory;
        }
    }

    private final KeyedStateBackend<String> backend;
    private final ValueState<DeviceMemory> state;
    private final LinkedHashMap<String, Cached> cache = new LinkedHashMap<>(256, LOAD, true);

    DeviceMemories(KeyedStateBackend<String> backend, ValueState<DeviceMemory> state) {
        this.backend = backend;
        this.state = state;
    }

    /** The memory of a device, to be changed by the caller. */
    DeviceMemory of(String deviceId) throws Exception {
        Cached cached = cache.get(deviceId);
        if (cached == null) {
            backend.setCurrentKey(deviceId);
            DeviceMemory stored = state.value();
            cached = new Cached(stored == null ? new DeviceMemory() : stored.copy());
            evict();
            cache.put(deviceId, cached);
        }
        cached.dirty = true;
        return cached.memory;
    }

    /** What is stored of a device, to be looked at only; not for one that is cached. */
    DeviceMemory peek(String deviceId) throws Exception {
        backend.setCurrentKey(deviceId);
        return state.value();
    }

    /** Drops a device's memory. */
    void forget(String deviceId) {
        cache.remove(deviceId);
        backend.setCurrentKey(deviceId);
        state.clear();
    }

    /** Writes back what has changed. */
    void flush() throws Exception {
        for (Map.Entry<String, Cached> entry : cache.entrySet()) {
            write(entry.getKey(), entry.getValue());
        }
    }

    private void evict() throws Exception {
        if (cache.size() >= MAX_CACHED) {
            Map.Entry<String, Cached> eldest = cache.entrySet().iterator().next();
            write(eldest.getKey(), eldest.getValue());
            cache.remove(eldest.getKey());
        }
    }

    private void write(String deviceId, Cached cached) throws Exception {
        if (cached.dirty) {
            backend.setCurrentKey(deviceId);
            state.update(cached.memory.copy());
            cached.dirty = false;
        }
    }
}
