package io.atalaya.hotlistmatch.passage;

import io.atalaya.plate.Compass;
import io.atalaya.plate.PlateRead;
import io.atalaya.rfid.RfidRead;

/**
 * The car of a passage carries this tag; or, where no plate pairs with it, the tag is all that is
 * known of the passage.
 *
 * @param arrival of the tag's read, epoch ms
 * @param at arrival clock at which the pairing was known
 * @param clockSuspect the device's clock ran ahead: the read's time is its arrival
 * @param plateReadId of the plate read it was paired with, or null
 * @param plate packed canonical top text of that read, or 0
 */
public record Tagged(
        String passageId,
        long arrival,
        long at,
        boolean clockSuspect,
        RfidRead tag,
        String plateReadId,
        long plate)
        implements Observed {

    @Override
    public String readId() {
        return tag.readId();
    }

    @Override
    public String deviceId() {
        return tag.deviceId();
    }

    @Override
    public long time() {
        return tag.time();
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
    public String readKey() {
        return PlateEvent.tagKey(tag.deviceId(), tag.readId());
    }
}
