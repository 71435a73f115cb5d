package io.atalaya.videoanalytics.camera;

import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.flink.device.DeviceHistorySerializer;
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
 * Cameras on the heap, in front of keyed state: a camera is touched several times a second, and
 * taking its state apart and together each time would cost more than all that is concluded from it.
 * Written back before every barrier and when a camera has to make room, as one value: that RocksDB
 * is called costs more than what it is given.
 */
final class CameraCache {
    /** Of one camera, its grid included. */
    private static final int MAX_BYTES = 64 * 1024;

    private static final int FIRST_BUFFER = 16 * 1024;

    private final CameraAnalyzerSettings settings;
    private final List<Detector> detectors;
    private final int capacity;
    private final KeyedStateBackend<String> backend;
    private final Bulkhead bulkhead;
    private final ValueState<CameraState> states;
    private final ValueState<DeviceHistory> registrations;

    /** In the order of {@link #trim}. Of cameras that take turns few places in memory are read. */
    private final Object2ObjectLinkedOpenHashMap<String, Camera> cached =
            new Object2ObjectLinkedOpenHashMap<>();

    private final DataOutputSerializer buffer = new DataOutputSerializer(FIRST_BUFFER);
    private long loads;
    private long bytesWritten;
    private int largest;

    /**
     * @param capacity cameras on the heap; one that was not touched for long makes room
     * @param bulkhead in which each camera is written back for itself
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
        states = store.getState(CameraStateSerializer.descriptor());
        registrations =
                bulkhead.guard(
                        store.getState(
                                new ValueStateDescriptor<>(
                                        "registrations",
                                        DeviceHistorySerializer.INSTANCE.typeInfo())));
    }

    /**
     * A camera, new if it was never seen, to be changed by the caller; it stays at hand until
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

    /** A camera to be changed by the caller, or null if it was never seen or is forgotten. */
    Camera known(String deviceId) throws Exception {
        if (!cached.containsKey(deviceId)) {
            backend.setCurrentKey(deviceId);
            if (states.value() == null) {
                return null;
            }
        }
        return of(deviceId);
    }

    /** A camera as it is at hand, or null. */
    Camera atHand(String deviceId) {
        return cached.get(deviceId);
    }

    /** The camera that is the current key, as it was last written back. */
    Camera reload(String deviceId) throws Exception {
        return replace(deviceId, load());
    }

    /** The camera that is the current key, as if it had never been seen; its timer is still set. */
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

    /** The watch over the camera that is the current key, as it was last written back. */
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

    /** What is known of the registrations of the camera that is the current key. */
    DeviceHistory registrations() throws Exception {
        return registrations.value();
    }

    /** Keeps the registrations of the camera that is the current key. */
    void register(String deviceId, DeviceHistory known) throws Exception {
        registrations.update(known);
        Camera camera = cached.get(deviceId);
        if (camera != null) {
            camera.register(known);
        }
    }

    /** Drops a camera. Its registration stays, as long as it is one. */
    void forget(String deviceId) throws Exception {
        cached.remove(deviceId);
        backend.setCurrentKey(deviceId);
        states.clear();
        forgetRemoved();
    }

    /** Drops the registrations of the camera that is the current key, if it was removed. */
    void forgetRemoved() throws Exception {
        DeviceHistory known = registrations.value();
        if (known != null && known.isRemoved()) {
            registrations.clear();
        }
    }

    /** Writes back what has changed. */
    void flush() throws Exception {
        for (Map.Entry<String, Camera> each : cached.entrySet()) {
            writeAlone(each.getKey(), each.getValue());
        }
    }

    /**
     * Lets go of cameras beyond the capacity by the second-chance algorithm: round and round,
     * whoever was touched since the last round stays. Strict order of use would touch the cameras
     * before and behind at every frame.
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

    /** Writes back a camera, if it has changed. */
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

    /** Cameras that had to be read from state, since the start. */
    long loads() {
        return loads;
    }

    /** What was written back, since the start. */
    long bytesWritten() {
        return bytesWritten;
    }

    /** The largest state of a camera that was written back, its grid included. */
    int largest() {
        return largest;
    }
}
