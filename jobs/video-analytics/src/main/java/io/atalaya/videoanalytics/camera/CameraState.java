package io.atalaya.videoanalytics.camera;

/**
 * What is kept of a camera and touched at every frame; the usual of its scene is kept apart.
 *
 * @param timer the event-time timer that is set for it, or {@link Camera#NO_TIMER}
 * @param toldQuietSince since when it was told that nothing comes, or {@link Camera#NOT_TOLD}
 * @param watch as {@link CameraWatch#writeWithin} wrote it
 */
record CameraState(long timer, long toldQuietSince, byte[] watch) {}
