package io.atalaya.contracts.rfid;

import io.atalaya.contracts.plate.Vehicle;

/**
 * One message of topic {@code rfid-reads}: a registration tag (REPUVE) as an arch read it, with the
 * registry's data on the vehicle. A tag may be older than the plate's last re-issue.
 *
 * @param readId unique within the device
 * @param lane null where the device has no lanes
 * @param deviceTime device time, epoch ms
 * @param registeredPlate the plate that the tag was issued for, or null
 * @param registeredVehicle or null
 */
public record RfidRead(
        String readId,
        String deviceId,
        Integer lane,
        long deviceTime,
        String tagId,
        String registeredPlate,
        Vehicle registeredVehicle) {

    /** The same read with a corrected device time. */
    public RfidRead withTime(long corrected) {
        return new RfidRead(
                readId, deviceId, lane, corrected, tagId, registeredPlate, registeredVehicle);
    }
}
