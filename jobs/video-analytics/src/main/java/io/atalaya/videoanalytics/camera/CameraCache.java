package io.atalaya.videoanalytics.camera;

import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.videoanalytics.detector.Detector;

import it.unimi.dsi.fastutil.objects.Object2ObjectLinkedOpenHashMap;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Heap cache of cameras in front of keyed state. A camera is accessed several times a second, and
 * decoding and encoding its state each time would cost more than all detection. A camera is written
 * back before every barrier and when it is evicted. It is written as one value, because a RocksDB
 * call costs more than its payload.
 */
final class CameraCache {
    /** Upper limit of one camera's state, scene grid included. */
    private static final int MAX_BYTES = 64 * 1024;

    private static final int FIRST_BUFFER = 16 * 1024;

    private final CameraAnalyzerSettings settings;
    private final List<Detector> detectors;
    private final int capacity;
    private final KeyedStateBackend<String> backend;
    private final Bulkhead bulkhead;
    private final ValueState<CameraState> states;
    private final ValueState<DeviceHistory> registrations;

    /**
     * In the order of {@link #trim}. This map reads few places in memory when cameras take turns.
     */
    private final Object2ObjectLinkedOpenHashMap<String, Camera> cached =
            new Object2ObjectLinkedOpenHashMap<>();

    private final DataOutputSerializer buffer = new DataOutputSerializer(FIRST_BUFFER);
    private long loads;
    private long bytesWritten;
    private int largest;

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
        this.settings = settings;
        detectors = CameraAnalyzer.detectors(settings);
        this.capacity = capacity;
        this.backend = backend;
        this.bulkhead = bulkhead;
        states = store.getState(CameraState.descriptor());
        registrations =
                bulkhead.guard(
                        store.getState(
                                new ValueStateDescriptor<>(
                                        "registrations", BinaryTypeInfo.of(DeviceHistory.class))));
    }

    /**
     * Returns a camera for changes, and creates it if there is no state. It stays cached until
     * {@link #trim}.
     */
    Camera of(String deviceId) throws Exception {
        Camera camera = cached.get(deviceId);
        if (camera == null) {
            backend.setCurrentKey(deviceId);
            camera = load();
            cached.put(deviceId, camera);
        }
        camera.touch();
        return camera;
    }

    /** Returns a camera for changes, or null if there is no state. */
    Camera known(String deviceId) throws Exception {
        if (!cached.containsKey(deviceId)) {
            backend.setCurrentKey(deviceId);
            if (states.value() == null) {
                return null;
            }
        }
        return of(deviceId);
    }

    /** The cached camera, or null. */
    Camera ifCached(String deviceId) {
        return cached.get(deviceId);
    }

    /** Replaces the camera of the current key with its last written state. */
    Camera reload(String deviceId) throws Exception {
        return replace(deviceId, load());
    }

    /** Replaces the camera of the current key with a new one that keeps the registered timer. */
    Camera renew(String deviceId) throws Exception {
        CameraAnalyzer watch = new CameraAnalyzer(settings, detectors);
        CameraState state = states.value();
        return replace(
                deviceId,
                state == null
                        ? new Camera(watch, registrations.value())
                        : new Camera(
                                watch,
                                registrations.value(),
                                state.timer(),
                                state.silenceEmittedAt()));
    }

    private Camera replace(String deviceId, Camera camera) {
        cached.put(deviceId, camera);
        camera.touch();
        return camera;
    }

    /** The analyzer of the current key as last written back. */
    CameraAnalyzer lastWritten() throws Exception {
        return load().watch();
    }

    private Camera load() throws Exception {
        CameraState state = states.value();
        if (state == null) {
            return new Camera(new CameraAnalyzer(settings, detectors), registrations.value());
        }
        loads++;
        DataInputDeserializer in = new DataInputDeserializer(state.watch());
        CameraAnalyzer watch = CameraAnalyzer.read(settings, detectors, in);
        if (in.available() > 0) {
            throw new IOException(
                    "camera state: got %d bytes, expected %d"
                            .formatted(state.watch().length, in.getPosition()));
        }
        return new Camera(watch, registrations.value(), state.timer(), state.silenceEmittedAt());
    }

    /** The registrations of the current key, or null. */
    DeviceHistory registrations() throws Exception {
        return registrations.value();
    }

    /** Stores the registrations of the current key, which is this camera. */
    void register(String deviceId, DeviceHistory known) throws Exception {
        registrations.update(known);
        Camera camera = cached.get(deviceId);
        if (camera != null) {
            camera.register(known);
        }
    }

    /**
     * Deletes the state of a camera. Its registrations are kept unless it was removed from the
     * register.
     */
    void forget(String deviceId) throws Exception {
        cached.remove(deviceId);
        backend.setCurrentKey(deviceId);
        states.clear();
        forgetRemoved();
    }

    /** Deletes the registrations of the current key if the camera was removed from the register. */
    void forgetRemoved() throws Exception {
        DeviceHistory known = registrations.value();
        if (known != null && known.isRemoved()) {
            registrations.clear();
        }
    }

    /** Writes back all changed cameras. */
    void flush() throws Exception {
        for (Map.Entry<String, Camera> each : cached.entrySet()) {
            writeAlone(each.getKey(), each.getValue());
        }
    }

    /**
     * Evicts cameras beyond the capacity by the second-chance algorithm: a camera that was touched
     * since the last round stays. A strict LRU order would touch the neighbours in the list at
     * every frame.
     */
    void trim() throws Exception {
        while (cached.size() > capacity) {
            String deviceId = cached.firstKey();
            Camera camera = cached.getAndMoveToLast(deviceId);
            if (!camera.wasTouched() && writeAlone(deviceId, camera)) {
                cached.remove(deviceId);
            }
        }
    }

    private boolean writeAlone(String deviceId, Camera camera) throws Exception {
        return !camera.isDirty() || bulkhead.runTimer(deviceId, () -> write(deviceId, camera));
    }

    /** Writes back a camera if it has changed. */
    void write(String deviceId, Camera camera) throws Exception {
        if (!camera.isDirty()) {
            return;
        }
        backend.setCurrentKey(deviceId);
        camera.watch().writeWithin(MAX_BYTES, buffer);
        states.update(
                new CameraState(
                        camera.timer(), camera.silenceEmittedAt(), buffer.getCopyOfBuffer()));
        largest = Math.max(largest, buffer.length());
        bytesWritten += buffer.length();
        camera.written();
    }

    int size() {
        return cached.size();
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
    int largest() {
        return largest;
    }
}
