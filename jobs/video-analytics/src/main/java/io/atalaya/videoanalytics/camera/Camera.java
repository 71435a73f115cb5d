package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.device.Device;
import io.atalaya.flink.device.DeviceHistory;

import java.util.List;

/** A cached camera: its analyzer, registrations, timer and last emitted link state. */
final class Camera {
    static final long NO_TIMER = Long.MAX_VALUE;
    static final long NOT_EMITTED = -1;

    private final CameraAnalyzer analyzer;
    private DeviceHistory registrations;
    private Device drawn;
    private long timerAt;
    private boolean dirty;
    private boolean isTouched;

    /** Null if there is no state. */
    private CameraState lastWritten;

    private boolean isEncoded;

    private long settledTimer;
    private long settledArrival;

    private Boolean emittedSteady;
    private long silenceEmittedAt;

    /**
     * @param written null for a new camera
     */
    Camera(CameraAnalyzer analyzer, DeviceHistory registrations, CameraState written) {
        this.analyzer = analyzer;
        this.registrations = registrations;
        lastWritten = written;
        timerAt = written == null ? NO_TIMER : written.timerAt();
        silenceEmittedAt = written == null ? NOT_EMITTED : written.silenceEmittedAt();
        settle();
        // Link state is emitted after each frame, so the state that was written is already emitted.
        emittedSteady = analyzer.lastArrival() < 0 ? null : analyzer.isSteady();
    }

    CameraAnalyzer analyzer() {
        return analyzer;
    }

    void register(DeviceHistory known) {
        registrations = known;
    }

    /**
     * Registration of the camera in force at this arrival time, or null. Its zones are passed to
     * the analyzer.
     */
    Device deviceAt(long arrival) {
        Device device = registrations == null ? null : registrations.at(arrival);
        if (device != drawn) {
            drawn = device;
            analyzer.draw(device == null ? List.of() : device.zones());
        }
        return device;
    }

    /** The registered event-time timer, or {@link #NO_TIMER}. */
    long timerAt() {
        return timerAt;
    }

    void timerAt(long set) {
        timerAt = set;
    }

    /**
     * Marks the current work as complete. A later failure falls back to the timer and arrival time
     * of now.
     */
    void settle() {
        settledTimer = timerAt;
        settledArrival = analyzer.lastArrival();
    }

    /** The registered timer as of the last completed work. */
    long settledTimer() {
        return settledTimer;
    }

    /**
     * Arrival time of the last frame as of the last completed work, epoch ms; -1 before the first.
     */
    long settledArrival() {
        return settledArrival;
    }

    boolean isDirty() {
        return dirty;
    }

    /** Marks the camera as about to change. */
    void touch() {
        dirty = true;
        isTouched = true;
        if (!isEncoded) {
            encoded();
        }
    }

    /** The analyzer as last written back, or null. The analyzer may change after this call. */
    byte[] encoded() {
        isEncoded = true;
        return lastWritten == null ? null : lastWritten.analyzerState();
    }

    /** Marks the camera as written back to this state. */
    void written(CameraState state) {
        dirty = false;
        lastWritten = state;
        isEncoded = false;
    }

    /** Whether it was touched since the last call. */
    boolean wasTouched() {
        boolean was = isTouched;
        isTouched = false;
        return was;
    }

    /**
     * Records whether the camera sends without long pauses. Returns whether that differs from the
     * last emission.
     */
    boolean updateSteadiness(boolean steady) {
        boolean update = emittedSteady == null || emittedSteady != steady;
        emittedSteady = steady;
        return update;
    }

    /** Arrival time of the last frame before the silence last emitted, or {@link #NOT_EMITTED}. */
    long silenceEmittedAt() {
        return silenceEmittedAt;
    }

    /** Whether the silence since this arrival time was emitted. */
    boolean isSilenceEmitted(long since) {
        return silenceEmittedAt == since;
    }

    /** Records the silence since this arrival time. Returns whether it was not emitted before. */
    boolean updateSilence(long since) {
        boolean update = silenceEmittedAt != since;
        silenceEmittedAt = since;
        return update;
    }
}
