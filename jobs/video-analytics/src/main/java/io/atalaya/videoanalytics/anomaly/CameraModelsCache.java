package io.atalaya.videoanalytics.anomaly;

import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.flink.state.KeyedCache;

import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What the models know of each camera; only changed learned states are written. */
final class CameraModelsCache extends KeyedCache<CameraModels> {
    private static final long LOOKED_AT_BY_COMPACTION = 1_000;

    private final Bulkhead bulkhead;
    private final Map<ModelKind, ValueState<LearnedStates>> learnedStates =
            new EnumMap<>(ModelKind.class);
    private final ValueState<ActivityEpisode> episodes;
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
        super(capacity, backend::setCurrentKey);
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
            learnedStates.put(kind, store.getState(descriptor));
        }
        ValueStateDescriptor<ActivityEpisode> descriptor =
                new ValueStateDescriptor<>(
                        "activity-episode", BinaryTypeInfo.of(ActivityEpisode.class));
        descriptor.enableTimeToLive(ttl);
        episodes = store.getState(descriptor);
    }

    /** Deletes everything learned at the camera, which is the current key. */
    void renew(String deviceId) throws Exception {
        learnedStates.values().forEach(ValueState::clear);
        episodes.clear();
        reload(deviceId);
    }

    @Override
    protected CameraModels load() throws Exception {
        Map<ModelKind, LearnedStates> kept = new EnumMap<>(ModelKind.class);
        for (Map.Entry<ModelKind, ValueState<LearnedStates>> each : learnedStates.entrySet()) {
            LearnedStates one = each.getValue().value();
            if (one != null) {
                kept.put(each.getKey(), one);
            }
        }
        loads += kept.isEmpty() ? 0 : 1;
        return new CameraModels(kept, episodes.value());
    }

    @Override
    protected boolean isUsed(CameraModels camera) {
        return camera.wasTouched();
    }

    @Override
    public void flush() throws Exception {
        super.flush();
        for (ModelKind kind : ModelKind.values()) {
            known[kind.ordinal()] =
                    (int) allCached().stream().filter(camera -> camera.isKnown(kind)).count();
        }
    }

    @Override
    protected boolean write(String deviceId, CameraModels camera) throws Exception {
        return bulkhead.runTimer(deviceId, () -> store(deviceId, camera));
    }

    private void store(String deviceId, CameraModels camera) throws Exception {
        select(deviceId);
        Map<ModelKind, LearnedStates> changed = new EnumMap<>(ModelKind.class);
        for (ModelKind kind : ModelKind.values()) {
            if (camera.isChanged(kind)) {
                changed.put(kind, camera.learnedStates(kind));
            }
        }
        for (Map.Entry<ModelKind, LearnedStates> each : changed.entrySet()) {
            learnedStates.get(each.getKey()).update(each.getValue());
        }
        writeEpisode(deviceId, camera);
        camera.written();
    }

    /** Writes back the episode, but not what was learned. */
    void writeEpisode(String deviceId, CameraModels camera) throws Exception {
        select(deviceId);
        if (camera.isEpisodeChanged()) {
            if (camera.episode() == null) {
                episodes.clear();
            } else {
                episodes.update(camera.episode());
            }
        }
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
