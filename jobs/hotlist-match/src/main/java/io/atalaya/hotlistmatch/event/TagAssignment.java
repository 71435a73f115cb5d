package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.rfid.RfidReadCodec;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;

/**
 * The vehicle of a passage carries this tag; if no plate pairs with it, the passage is known by the
 * tag alone.
 *
 * @param arrivalTime arrival time of the tag read, epoch ms
 * @param causedAt arrival time from which it was known to belong to the passage, epoch ms
 * @param isClockSuspect the device's clock ran ahead, so the read's time is its arrival time
 * @param plateReadId of the plate read it was paired with, or null
 * @param plate packed canonical top text of that read, or 0
 * @param assignmentSequence grows with each emitted assignment of this tag; the highest one is
 *     valid. An early assignment can be wrong while one topic lags
 * @param position of the tag read in topic {@code rfid-reads}
 */
public record TagAssignment(
        String passageId,
        long arrivalTime,
        long causedAt,
        boolean isClockSuspect,
        RfidRead tag,
        String plateReadId,
        long plate,
        int assignmentSequence,
        RecordPosition position)
        implements PassageRead {

    /** Whether the tag is registered for the plate that was read. */
    boolean isOfItsPlate() {
        String registered = tag.registeredPlate();
        return registered != null && plate == CanonicalPlate.pack(registered);
    }

    @Override
    public String readId() {
        return tag.readId();
    }

    @Override
    public String deviceId() {
        return tag.deviceId();
    }

    @Override
    public long deviceTime() {
        return tag.deviceTime();
    }

    @Override
    public Compass direction() {
        return null;
    }

    @Override
    public String plateText() {
        return tag.registeredPlate();
    }

    @Override
    public PlateRead plateRead() {
        return null;
    }

    @Override
    public boolean isOfTag() {
        return true;
    }

    @Override
    public Origin origin() {
        return Origin.of(tag.deviceId(), position.in(Topics.RFID_READS), RfidReadCodec.write(tag));
    }

    @Override
    public String readKey() {
        return PassageEvent.tagKey(tag.deviceId(), tag.readId());
    }
}
