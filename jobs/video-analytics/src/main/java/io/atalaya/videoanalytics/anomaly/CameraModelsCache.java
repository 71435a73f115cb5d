package io.atalaya.videoanalytics.anomaly;

import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Heap cache of cameras in front of keyed state, so that a state of about 40 KB is decoded and
 * encoded once per checkpoint and not once per observation. A camera is written back before every
 * barrier and when it is evicted; only changed learned states are written.
 */
final class CameraModelsCache {
    private static final long LOOKED_AT_BY_COMPACTION = 1_000;

    private final int capacity;
    private final KeyedStateBackend<String> backend;
    private final Bulkhead bulkhead;
    private final Map<ModelKind, ValueState<LearnedStates>> calibrations =
            new EnumMap<>(ModelKind.class);
    private final ValueState<ActivityEpisode> episodes;
    private final LinkedHashMap<String, CameraModels> cached = new LinkedHashMap<>();
    private final int[] known = new int[ModelKind.values().length];
    private long loads;

    /**
     * @param capacity cameras on the heap between batches; beyond it, cameras that were not used
     *     recently are evicted
     * @param forgetAfter state expires after this processing time without an observation; it only
     *     frees space
     * @param bulkhead isolates the failure of writing back one camera from the others
     */
    CameraModelsCache(
            int capacity,
            Duration forgetAfter,
            KeyedStateBackend<String> backend,
            KeyedStateStore store,
            Bulkhead bulkhead) {
        this.capacity = capacity;
        this.backend = backend;
        this.bulkhead = bulkhead;
        StateTtlConfig ttl =
                StateTtlConfig.newBuilder(forgetAfter)
                        .cleanupInRocksdbCompactFilter(LOOKED_AT_BY_COMPACTION)
                        .build();
        for (ModelKind kind : ModelKind.values()) {
            ValueStateDescriptor<LearnedStates> descriptor =
                    new ValueStateDescriptor<>(
                            kind.model(), BinaryTypeInfo.of(LearnedStates.class));
            descriptor.enableTimeToLive(ttl);
            calibrations.put(kind, store.getState(descriptor));
        }
        ValueStateDescriptor<ActivityEpisode> descriptor =
                new ValueStateDescriptor<>(
                        "activity-incident", BinaryTypeInfo.of(ActivityEpisode.class));
        descriptor.enableTimeToLive(ttl);
        episodes = store.getState(descriptor);
    }

    /** Returns a camera, new if it has no state. It stays cached until {@link #trim}. */
    CameraModels of(String deviceId) throws Exception {
        CameraModels camera = cached.get(deviceId);
        if (camera == null) {
            camera = load(deviceId);
            cached.put(deviceId, camera);
        }
        return camera;
    }

    /** Replaces the camera with its last written state. */
    CameraModels reload(String deviceId) throws Exception {
        CameraModels camera = load(deviceId);
        cached.put(deviceId, camera);
        return camera;
    }

    /** Deletes everything learned at the camera, which is the current key. */
    void renew(String deviceId) throws Exception {
        calibrations.values().forEach(ValueState::clear);
        episodes.clear();
        reload(deviceId);
    }

    private CameraModels load(String deviceId) throws Exception {
        backend.setCurrentKey(deviceId);
        Map<ModelKind, LearnedStates> kept = new EnumMap<>(ModelKind.class);
        for (Map.Entry<ModelKind, ValueState<LearnedStates>> each : calibrations.entrySet()) {
            LearnedStates one = each.getValue().value();
            if (one != null) {
                kept.put(each.getKey(), one);
            }
        }
        loads += kept.isEmpty() ? 0 : 1;
        return new CameraModels(kept, episodes.value());
    }

    /** Evicts cameras beyond the capacity by the second-chance algorithm. */
    void trim() throws Exception {
        while (cached.size() > capacity) {
            String deviceId = cached.keySet().iterator().next();
            CameraModels camera = cached.remove(deviceId);
            if (camera.wasTouched() || !writeAlone(deviceId, camera)) {
                cached.putIfAbsent(deviceId, camera);
            }
        }
    }

    /** Writes back all changed cameras. */
    void flush() throws Exception {
        int[] now = new int[known.length];
        for (Map.Entry<String, CameraModels> each : cached.entrySet()) {
            writeAlone(each.getKey(), each.getValue());
            for (ModelKind kind : ModelKind.values()) {
                now[kind.ordinal()] += each.getValue().isKnown(kind) ? 1 : 0;
            }
        }
        System.arraycopy(now, 0, known, 0, known.length);
    }

    private boolean writeAlone(String deviceId, CameraModels camera) throws Exception {
        return bulkhead.runTimer(deviceId, () -> write(deviceId, camera));
    }

    private void write(String deviceId, CameraModels camera) throws Exception {
        backend.setCurrentKey(deviceId);
        Map<ModelKind, LearnedStates> changed = new EnumMap<>(ModelKind.class);
        for (ModelKind kind : ModelKind.values()) {
            if (camera.isChanged(kind)) {
                changed.put(kind, camera.calibrations(kind));
            }
        }
        for (Map.Entry<ModelKind, LearnedStates> each : changed.entrySet()) {
            calibrations.get(each.getKey()).update(each.getValue());
        }
        writeEpisode(deviceId, camera);
        camera.written();
    }

    /** Writes back the episode, but not what was learned. */
    void writeEpisode(String deviceId, CameraModels camera) throws Exception {
        backend.setCurrentKey(deviceId);
        if (camera.isEpisodeChanged()) {
            if (camera.episode() == null) {
                episodes.clear();
            } else {
                episodes.update(camera.episode());
            }
        }
    }

    int size() {
        return cached.size();
    }

    /** Cameras read from state since the start. */
    long loads() {
        return loads;
    }

    /** Cached cameras known well enough to alert, as of the last {@link #flush}. */
    int known(ModelKind kind) {
        return known[kind.ordinal()];
    }
}
