package io.atalaya.plate;

import java.util.List;

/**
 * One message of topic {@code plate-reads}: a plate as a camera read it, a revision of an earlier
 * read, or its withdrawal.
 *
 * @param readId unique within the device
 * @param lane null where the device has none
 * @param time the device's own clock, epoch ms
 * @param plate as read; null only for a withdrawal
 * @param confidence 0..1
 * @param candidates alternatives; may repeat {@code plate} itself
 * @param country ISO 3166 code or null
 * @param state state of issue as recognised, or null
 * @param direction of travel, or null
 * @param speedKmh or null
 * @param vehicle or null
 * @param plateImage base64 JPEG or PNG, or null; never kept in state
 * @param imageRef where the image is kept, or null
 * @param supersedes readId of the read that this one revises or withdraws, or null
 * @param withdrawn true: the camera takes the read back
 */
public record PlateRead(
        String readId,
        String deviceId,
        Integer lane,
        long time,
        String plate,
        double confidence,
        List<Candidate> candidates,
        String country,
        String state,
        Compass direction,
        Double speedKmh,
        Vehicle vehicle,
        String plateImage,
        String imageRef,
        String supersedes,
        boolean withdrawn) {

    /** The same read with the device's clock corrected. */
    public PlateRead withTime(long corrected) {
        return new PlateRead(
                readId,
                deviceId,
                lane,
                corrected,
                plate,
                confidence,
                candidates,
                country,
                state,
                direction,
                speedKmh,
                vehicle,
                plateImage,
                imageRef,
                supersedes,
                withdrawn);
    }

    /**
     * The readId of the read that a withdrawal takes back or a revision replaces; null otherwise. A
     * read that names itself replaces nothing: it must not be lost.
     */
    public String revises() {
        if (withdrawn) {
            return supersedes != null ? supersedes : readId;
        }
        return readId.equals(supersedes) ? null : supersedes;
    }
}
