package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.device.Device;

/**
 * The camera that an observation is of, and where it stands.
 *
 * @param site null where the camera is not registered
 * @param latitude null where it is unknown
 * @param longitude null where it is unknown
 */
public record CameraLocation(String deviceId, String site, Double latitude, Double longitude) {
    /**
     * @param device as registered, or null
     */
    public static CameraLocation of(String deviceId, Device device) {
        return device == null
                ? new CameraLocation(deviceId, null, null, null)
                : new CameraLocation(
                        deviceId, device.site(), device.latitude(), device.longitude());
    }
}
