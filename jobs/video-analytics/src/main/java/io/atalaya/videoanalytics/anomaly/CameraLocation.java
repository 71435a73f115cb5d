package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.device.Device;

/**
 * A camera with its location, to which an observation belongs.
 *
 * @param site null if the camera is not registered
 * @param latitude null if unknown
 * @param longitude null if unknown
 */
public record CameraLocation(String deviceId, String site, Double latitude, Double longitude) {
    /**
     * @param device the registered camera, or null
     */
    public static CameraLocation of(String deviceId, Device device) {
        return device == null
                ? new CameraLocation(deviceId, null, null, null)
                : new CameraLocation(
                        deviceId, device.site(), device.latitude(), device.longitude());
    }
}
