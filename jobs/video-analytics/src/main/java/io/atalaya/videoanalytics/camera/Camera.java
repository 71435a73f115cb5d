package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.device.Device;
import io.atalaya.flink.device.DeviceHistory;

import java.util.List;

/** A camera that is at hand: its watch, and what is known of it beside. */
final class Camera {
    static final long NO_TIMER = Long.MAX_VALUE;
    static final long NOT_TOLD = -1;

    private final CameraAnalyzer watch;
    private DeviceHistory registrations;
    private Device drawn;
    private long timer;
    private boolean dirty;
    private boolean touched;

    private long settledTimer;
    private long settledArrival;

    private Boolean emittedSteady;
    private long silenceEmittedAt;

    /** A camera that was never seen. */
    Camera(CameraAnalyzer watch, DeviceHistory registrations) {
        this(watch, registrations, NO_TIMER, NOT_TOLD);
    }

    Camera(CameraAnalyzer watch, DeviceHistory registrations, long timer, long silenceEmittedAt) {
        this.watch = watch;
        this.registrations = registrations;
        this.timer = timer;
        this.silenceEmittedAt = silenceEmittedAt;
        settle();
        // After each frame it is told what is new: what was written had been told.
        emittedSteady = watch.lastArrival() < 0 ? null : watch.isSteady();
    }

    CameraAnalyzer watch() {
        return watch;
    }

    void register(DeviceHistory known) {
        registrations = known;
    }

    /** The camera as it was registered at an arrival, or null; its zones are drawn. */
    Device deviceAt(long arrival) {
        Device device = registrations == null ? null : registrations.at(arrival);
        if (device != drawn) {
            drawn = device;
            watch.draw(device == null ? List.of() : device.zones());
        }
        return device;
    }

    /** The event-time timer that is set for it, or {@link #NO_TIMER}. */
    long timer() {
        return timer;
    }

    void timer(long set) {
        timer = set;
    }

    /** The work on it is done; what it does after that may fail. */
    void settle() {
        settledTimer = timer;
        settledArrival = watch.lastArrival();
    }

    /** The timer that is set for it, as of the last work that was done. */
    long settledTimer() {
        return settledTimer;
    }

    /** When the last frame arrived, as of the last work that was done; -1 before the first. */
    long settledArrival() {
        return settledArrival;
    }

    boolean isDirty() {
        return dirty;
    }

    /** Somebody is about to change it. */
    void touch() {
        dirty = true;
        touched = true;
    }

    /** What has changed is written back. */
    void written() {
        dirty = false;
    }

    /** Whether it was touched since this was asked last. */
    boolean wasTouched() {
        boolean was = touched;
        touched = false;
        return was;
    }

    /** Whether it is news that the camera sends without long pauses, or does not. */
    boolean isNewsThatSteady(boolean steady) {
        boolean news = emittedSteady == null || emittedSteady != steady;
        emittedSteady = steady;
        return news;
    }

    /** Since when it was told that nothing comes, or {@link #NOT_TOLD}. */
    long silenceEmittedAt() {
        return silenceEmittedAt;
    }

    /** Whether it was told that nothing has come since then. */
    boolean isSilenceEmitted(long since) {
        return silenceEmittedAt == since;
    }

    /** Whether it is news that nothing has come since then. */
    boolean isNewsThatQuiet(long since) {
        boolean news = silenceEmittedAt != since;
        silenceEmittedAt = since;
        return news;
    }
}
