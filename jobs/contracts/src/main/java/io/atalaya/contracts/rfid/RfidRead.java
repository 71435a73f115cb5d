package io.atalaya.contracts.rfid;

import io.atalaya.contracts.plate.Vehicle;

/**
 * One message of topic {@code rfid-reads}: a registration tag (REPUVE) as an arch read it, with
 * what the registry says of the vehicle. A tag may be older than the plate's last re-issue.
 *
 * @param readId unique within the device
 * @param lane null where the device has none
 * @param time the device's own clock, epoch ms
 * @param registeredPlate the plate that the tag was issued for, or null
 * @param registeredVehicle or null
 */
public record RfidRead(
        String readId,
        String deviceId,
        Integer lane,
        long time,
        String tagId,
        String registeredPlate,
        Vehicle registeredVehicle) {

    /** The same read with the device's clock corrected. */
    public RfidRead withTime(long corrected) {
        return new RfidRead(
                readId, deviceId, lane, corrected, tagId, registeredPlate, registeredVehicle);
    }
}
