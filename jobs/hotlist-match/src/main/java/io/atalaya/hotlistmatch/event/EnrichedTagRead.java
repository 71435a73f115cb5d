package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.rfid.RfidReadCodec;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;

/**
 * A tag read as it arrives.
 *
 * @param arrivalTime arrival time (Kafka timestamp), epoch ms
 * @param isClockSuspect the device's clock ran ahead, so the read's time is its arrival time
 * @param position in topic {@code rfid-reads}
 */
public record EnrichedTagRead(
        long arrivalTime, boolean isClockSuspect, RfidRead read, RecordPosition position)
        implements DeviceRead {
    @Override
    public String deviceId() {
        return read.deviceId();
    }

    /** The same read with that position in its topic. */
    public EnrichedTagRead from(RecordPosition other) {
        return new EnrichedTagRead(arrivalTime, isClockSuspect, read, other);
    }

    @Override
    public Origin origin() {
        return Origin.of(
                read.deviceId(), position.in(Topics.RFID_READS), RfidReadCodec.write(read));
    }

    @Override
    public Object part() {
        return read.tagId() == null ? read.readId() : read.tagId();
    }
}
