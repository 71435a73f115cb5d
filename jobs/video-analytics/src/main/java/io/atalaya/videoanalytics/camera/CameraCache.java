package io.atalaya.videoanalytics.camera;

import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.flink.state.KeyedCache;
import io.atalaya.videoanalytics.detector.Detector;

import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;

import java.io.IOException;
import java.util.List;

/**
 * The cameras. Each is written as one value, because a RocksDB call costs more than its payload.
 */
final class CameraCache extends KeyedCache<Camera> {
    /** Upper limit of one camera's state, scene grid included. */
    private static final int MAX_BYTES = 64 * 1024;

    private static final int FIRST_BUFFER = 16 * 1024;

    private final CameraAnalyzerSettings settings;
    private final List<Detector> detectors;
    private final Bulkhead bulkhead;
    private final ValueState<CameraState> states;
    private final ValueState<DeviceHistory> registrations;

    private final DataOutputSerializer buffer = new DataOutputSerializer(FIRST_BUFFER);
    private long loads;
    private long bytesWritten;
    private int maxStateBytes;

    /**
     * @param capacity cameras on the heap; beyond it, cameras that were not touched recently are
     *     evicted
     * @param bulkhead isolates the failure of writing back one camera from the others
     */
    CameraCache(
            CameraAnalyzerSettings settings,
            int capacity,
            KeyedStateBackend<String> backend,
            KeyedStateStore store,
            Bulkhead bulkhead) {
        super(capacity, backend::setCurrentKey);
        this.settings = settings;
        detectors = CameraAnalyzer.detectors(settings);
        this.bulkhead = bulkhead;
        states = store.getState(CameraOperator.stateDescriptor());
        registrations =
                bulkhead.guard(
                        store.getState(
                                new ValueStateDescriptor<>(
                                        "registrations", BinaryTypeInfo.of(DeviceHistory.class))));
    }

    @Override
    public Camera of(String deviceId) throws Exception {
        return touched(super.of(deviceId));
    }

    private static Camera touched(Camera camera) {
        camera.touch();
        return camera;
    }

    /** Returns a camera for changes, or null if there is no state. */
    Camera known(String deviceId) throws Exception {
        if (ifCached(deviceId) == null) {
            select(deviceId);
            if (states.value() == null) {
                return null;
            }
        }
        return of(deviceId);
    }

    @Override
    public Camera reload(String deviceId) throws Exception {
        return touched(super.reload(deviceId));
    }

    /** Replaces the camera of the current key with a new one that keeps the registered timer. */
    Camera renew(String deviceId) throws Exception {
        CameraAnalyzer watch = new CameraAnalyzer(settings, detectors);
        CameraState state = states.value();
        Camera camera =
                state == null
                        ? new Camera(watch, registrations.value())
                        : new Camera(
                                watch,
                                registrations.value(),
                                state.timerAt(),
                                state.silenceEmittedAt());
        return touched(replace(deviceId, camera));
    }

    /** The analyzer of the current key as last written back. */
    CameraAnalyzer lastWritten() throws Exception {
        return load().analyzer();
    }

    @Override
    protected Camera load() throws Exception {
        CameraState state = states.value();
        if (state == null) {
            return new Camera(new CameraAnalyzer(settings, detectors), registrations.value());
        }
        loads++;
        DataInputDeserializer in = new DataInputDeserializer(state.analyzerState());
        CameraAnalyzer watch = CameraAnalyzer.read(settings, detectors, in);
        if (in.available() > 0) {
            throw new IOException(
                    "camera state: got %d bytes, expected %d"
                            .formatted(state.analyzerState().length, in.getPosition()));
        }
        return new Camera(watch, registrations.value(), state.timerAt(), state.silenceEmittedAt());
    }

    /** The registrations of the current key, or null. */
    DeviceHistory registrations() throws Exception {
        return registrations.value();
    }

    /** Stores the registrations of the current key, which is this camera. */
    void register(String deviceId, DeviceHistory known) throws Exception {
        registrations.update(known);
        Camera camera = ifCached(deviceId);
        if (camera != null) {
            camera.register(known);
        }
    }

    /**
     * Deletes the state of a camera. Its registrations are kept unless it was removed from the
     * register.
     */
    void evict(String deviceId) throws Exception {
        drop(deviceId);
        select(deviceId);
        states.clear();
        evictRemoved();
    }

    /** Deletes the registrations of the current key if the camera was removed from the register. */
    void evictRemoved() throws Exception {
        DeviceHistory known = registrations.value();
        if (known != null && known.isRemoved()) {
            registrations.clear();
        }
    }

    @Override
    protected boolean isUsed(Camera camera) {
        return camera.wasTouched();
    }

    @Override
    protected boolean write(String deviceId, Camera camera) throws Exception {
        return !camera.isDirty() || bulkhead.runTimer(deviceId, () -> store(deviceId, camera));
    }

    /** Writes back a camera if it has changed. */
    void store(String deviceId, Camera camera) throws Exception {
        if (!camera.isDirty()) {
            return;
        }
        select(deviceId);
        camera.analyzer().writeWithin(MAX_BYTES, buffer);
        states.update(
                new CameraState(
                        camera.timerAt(), camera.silenceEmittedAt(), buffer.getCopyOfBuffer()));
        maxStateBytes = Math.max(maxStateBytes, buffer.length());
        bytesWritten += buffer.length();
        camera.written();
    }

    /** Cameras read from state since the start. */
    long loads() {
        return loads;
    }

    /** Bytes written back since the start. */
    long bytesWritten() {
        return bytesWritten;
    }

    /** Largest camera state written back since the start, in bytes, scene grid included. */
    int maxStateBytes() {
        return maxStateBytes;
    }
}
