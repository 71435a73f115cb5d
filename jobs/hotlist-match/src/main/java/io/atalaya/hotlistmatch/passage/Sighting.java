package io.atalaya.hotlistmatch.passage;

import io.atalaya.plate.PlateRead;

/**
 * A plate read as the job works with it.
 *
 * @param passageId of the car's passage under this device
 * @param arrival when Kafka received it, epoch ms
 * @param clockSuspect the device's clock ran ahead: the read's time is its arrival
 */
public record Sighting(String passageId, long arrival, boolean clockSuspect, PlateRead read)
        implements PlateEvent, DeviceMessage {

    @Override
    public String deviceId() {
        return read.deviceId();
    }

    @Override
    public long at() {
        return arrival;
    }

    @Override
    public String readKey() {
        return PlateEvent.key(read.deviceId(), read.readId());
    }
}
