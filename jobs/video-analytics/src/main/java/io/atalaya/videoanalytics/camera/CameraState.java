package io.atalaya.videoanalytics.camera;

/**
 * Keyed state of a camera.
 *
 * @param timer the registered event-time timer, or {@link Camera#NO_TIMER}
 * @param silenceEmittedAt arrival time of the last frame before the silence last emitted, or {@link
 *     Camera#NOT_EMITTED}
 * @param watch analyzer state as written by {@link CameraAnalyzer#writeWithin}
 */
public record CameraState(long timer, long silenceEmittedAt, byte[] watch) {

    /** State of a camera with only an analyzer: no timer is set, no silence was emitted. */
    public static CameraState of(byte[] watch) {
        return new CameraState(Camera.NO_TIMER, Camera.NOT_EMITTED, watch);
    }
}
