package io.atalaya.videoanalytics.camera;

/**
 * Keyed state of a camera.
 *
 * @param timerAt the registered event-time timer, or {@link Camera#NO_TIMER}
 * @param silenceEmittedAt arrival time of the last frame before the silence last emitted, or {@link
 *     Camera#NOT_EMITTED}
 * @param analyzerState analyzer state as written by {@link CameraAnalyzer#writeWithin}
 */
public record CameraState(long timerAt, long silenceEmittedAt, byte[] analyzerState) {

    /** State of a camera with only an analyzer: no timer is set, no silence was emitted. */
    public static CameraState of(byte[] analyzerState) {
        return new CameraState(Camera.NO_TIMER, Camera.NOT_EMITTED, analyzerState);
    }
}
