package io.atalaya.videoanalytics.camera;

/**
 * What is kept of a camera.
 *
 * @param timer the event-time timer that is set for it, or {@link Camera#NO_TIMER}
 * @param silenceEmittedAt since when it was told that nothing comes, or {@link Camera#NOT_TOLD}
 * @param watch as {@link CameraAnalyzer#writeWithin} wrote it
 */
public record CameraState(long timer, long silenceEmittedAt, byte[] watch) {

    /** A camera of which a watch knows all that is known: no timer is set, nothing was told. */
    public static CameraState of(byte[] watch) {
        return new CameraState(Camera.NO_TIMER, Camera.NOT_TOLD, watch);
    }
}
