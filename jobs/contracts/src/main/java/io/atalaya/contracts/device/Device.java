package io.atalaya.contracts.device;

import java.util.List;

/**
 * One entry of topic {@code devices}: what reads, sees or calls, and where it stands.
 *
 * @param site the command centre that owns the place, or null
 * @param latitude degrees, or null where unknown
 * @param longitude degrees, or null where unknown
 * @param heading degrees clockwise from north, or null
 * @param lanes or null
 * @param fps frames a second, or null
 * @param timezone IANA name, or null
 * @param zones what somebody drew in a camera's picture, mostly nothing
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

    /** One in whose picture nobody drew. */
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

    /** Whether it is known where it stands. */
    public boolean isPlaced() {
        return latitude != null && longitude != null;
    }

    /** What the device is. */
    public enum Kind {
        ARCH,
        CAMERA,
        BUTTON,
        DRONE,
        SPEAKER
    }
}
