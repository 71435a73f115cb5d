package io.atalaya.camera;

import java.util.List;

/**
 * One message of topic {@code camera-frames}: what a camera's detector and tracker saw in one
 * frame.
 *
 * @param time the camera's own clock, epoch ms
 * @param frameId the frame's number, or null
 * @param objects possibly none: an empty frame says that the camera is alive
 */
public record CameraFrame(String deviceId, long time, Long frameId, List<DetectedObject> objects) {}
