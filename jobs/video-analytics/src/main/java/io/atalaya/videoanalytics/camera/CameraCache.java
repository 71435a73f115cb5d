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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The cameras. A camera is written back without encoding it: its state refers to the analyzer until
 * that is encoded, see {@link CameraState}.
 */
final class CameraCache extends KeyedCache<Camera> {
    /** Upper limit of one camera's state, scene grid included. */
    private static final int MAX_BYTES = 64 * 1024;

    private static final int FIRST_BUFFER = 16 * 1024;

    /** By which a camera may grow between two checkpoints without a larger buffer. */
    private static final int MARGIN = 1024;

    private final CameraAnalyzerSettings settings;
    private final List<Detector> detectors;
    private final ValueState<CameraState> states;
    private final ValueState<DeviceHistory> registrations;

    /** Cameras that could not be encoded; the threads that write a checkpoint add to them. */
    private final Queue<Unwritten> unwritten = new ConcurrentLinkedQueue<>();

    private final LongAdder bytesWritten = new LongAdder();
    private final AtomicInteger maxStateBytes = new AtomicInteger();
    private long loads;

    /** A camera that could not be encoded. */
    private record Unwritten(String deviceId, Exception failure) {}

    /**
     * @param capacity cameras on the heap; beyond it, cameras that were not touched recently are
     *     evicted
     * @param bulkhead undoes changes of the registrations
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
        Camera camera =
                new Camera(
                        new CameraAnalyzer(settings, detectors),
                        registrations.value(),
                        states.value());
        return touched(replace(deviceId, camera));
    }

    /**
     * Reports the cameras that could not be encoded since the last call. Each continues from the
     * state before.
     */
    void reportUnwritten(Bulkhead bulkhead) throws Exception {
        for (Unwritten each = unwritten.poll(); each != null; each = unwritten.poll()) {
            Exception failure = each.failure();
            bulkhead.runTimer(
                    each.deviceId(),
                    () -> {
                        throw failure;
                    });
        }
    }

    /** The analyzer of the current key as last written back. */
    CameraAnalyzer lastWritten() throws Exception {
        return load().analyzer();
    }

    @Override
    protected Camera load() throws Exception {
        CameraState state = states.value();
        loads += state == null ? 0 : 1;
        return new Camera(
                read(state == null ? null : state.analyzerState()), registrations.value(), state);
    }

    private CameraAnalyzer read(byte[] analyzer) throws IOException {
        if (analyzer == null) {
            return new CameraAnalyzer(settings, detectors);
        }
        DataInputDeserializer in = new DataInputDeserializer(analyzer);
        CameraAnalyzer read = CameraAnalyzer.read(settings, detectors, in);
        if (in.available() > 0) {
            throw new IOException(
                    "camera state: got %d bytes, expected %d"
                            .formatted(analyzer.length, in.getPosition()));
        }
        return read;
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

    /** Writes back a camera if it has changed; its analyzer is encoded later. */
    @Override
    protected boolean write(String deviceId, Camera camera) throws Exception {
        if (camera.isDirty()) {
            byte[] before = camera.encoded();
            CameraAnalyzer analyzer = camera.analyzer();
            update(
                    deviceId,
                    camera,
                    new CameraState(
                            camera.timerAt(),
                            camera.silenceEmittedAt(),
                            () -> encodeOrKeep(deviceId, analyzer, before)));
        }
        return true;
    }

    /** Otherwise the state would hold on to the analyzer until the next checkpoint. */
    @Override
    protected void evicted(Camera camera) {
        camera.encoded();
    }

    /**
     * Writes back and encodes a camera that has emitted something: without it the unit must fail,
     * because an episode that is lost never ends.
     */
    void store(String deviceId, Camera camera) throws Exception {
        if (camera.isDirty()) {
            byte[] analyzer = encode(camera.analyzer(), camera.encoded());
            update(
                    deviceId,
                    camera,
                    new CameraState(camera.timerAt(), camera.silenceEmittedAt(), analyzer));
        }
    }

    private void update(String deviceId, Camera camera, CameraState state) throws IOException {
        select(deviceId);
        states.update(state);
        camera.written(state);
    }

    /**
     * Called by the task's thread and by those that write a checkpoint, of which none may fail
     * because of one camera.
     *
     * @param before what is kept if the analyzer cannot be encoded
     */
    private byte[] encodeOrKeep(String deviceId, CameraAnalyzer analyzer, byte[] before) {
        try {
            return encode(analyzer, before);
        } catch (IOException | RuntimeException e) {
            unwritten.add(new Unwritten(deviceId, e));
            return before;
        }
    }

    private byte[] encode(CameraAnalyzer analyzer, byte[] before) throws IOException {
        DataOutputSerializer buffer =
                new DataOutputSerializer(before == null ? FIRST_BUFFER : before.length + MARGIN);
        analyzer.writeWithin(MAX_BYTES, buffer);
        maxStateBytes.accumulateAndGet(buffer.length(), Math::max);
        bytesWritten.add(buffer.length());
        return buffer.getCopyOfBuffer();
    }

    /** Cameras read from state since the start. */
    long loads() {
        return loads;
    }

    /** Bytes of encoded cameras since the start. */
    long bytesWritten() {
        return bytesWritten.sum();
    }

    /** Largest camera state encoded since the start, in bytes, scene grid included. */
    int maxStateBytes() {
        return maxStateBytes.get();
    }
}
