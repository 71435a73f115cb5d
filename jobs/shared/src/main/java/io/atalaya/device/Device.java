package io.atalaya.device;

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
        String timezone) {

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
