package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Place;

/**
 * A camera, loudspeaker or drone, as it is registered.
 *
 * @param site or null
 * @param municipality or null
 * @param place or null where unknown
 */
public record PlacedDevice(
        String deviceId, Device.Kind kind, String site, String municipality, Place place) {

    /** Null for a removed device and for one of another kind. */
    static PlacedDevice of(Device device) {
        return device == null
                        || device.kind() == Device.Kind.ARCH
                        || device.kind() == Device.Kind.BUTTON
                ? null
                : new PlacedDevice(
                        device.deviceId(),
                        device.kind(),
                        device.site(),
                        device.municipality(),
                        Place.usableOrNull(device.latitude(), device.longitude(), 0));
    }
}
