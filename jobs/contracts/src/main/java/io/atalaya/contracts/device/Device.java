package io.atalaya.contracts.device;

import java.util.List;

/**
 * One entry of topic {@code devices}: a reader, camera or other device, and its location.
 *
 * @param site the command centre that owns the place, or null
 * @param latitude degrees, or null where unknown
 * @param longitude degrees, or null where unknown
 * @param heading degrees clockwise from north, or null
 * @param lanes or null
 * @param fps frames a second, or null
 * @param timezone IANA name, or null
 * @param zones drawn in a camera's image, usually none
 */
public record Device(
        String deviceId,
        Kind kind,
        String site,
        String municipality,
        Double latitude,
        Double longitude,
        Double heading,
        Integer lanes,
        Double fps,
        String timezone,
        List<Zone> zones) {

    /** A device without zones. */
    public Device(
            String deviceId,
            Kind kind,
            String site,
            String municipality,
            Double latitude,
            Double longitude,
            Double heading,
            Integer lanes,
            Double fps,
            String timezone) {
        this(
                deviceId,
                kind,
                site,
                municipality,
                latitude,
                longitude,
                heading,
                lanes,
                fps,
                timezone,
                List.of());
    }

    /** Whether the device's location is known. */
    public boolean isPlaced() {
        return latitude != null && longitude != null;
    }

    /** The kind of device. */
    public enum Kind {
        ARCH,
        CAMERA,
        BUTTON,
        DRONE,
        SPEAKER
    }
}
