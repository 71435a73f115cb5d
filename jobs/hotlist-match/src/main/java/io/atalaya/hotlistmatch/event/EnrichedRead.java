package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.hotlistmatch.score.ConfidenceRank;

/**
 * A plate read as the job works with it.
 *
 * @param passageId of the car's passage under this device
 * @param arrival when Kafka received it, epoch ms
 * @param clockSuspect the device's clock ran ahead: the read's time is its arrival
 * @param trust of the reader in the read, among its own reads
 * @param ocrResult of whether the read's image shows a certain listed plate, or null: none is known
 * @param position in topic {@code plate-reads}
 */
public record EnrichedRead(
        String passageId,
        long arrival,
        boolean clockSuspect,
        ConfidenceRank trust,
        PlateRead read,
        OcrResult ocrResult,
        RecordPosition position)
        implements PassageRead, DeviceRead {

    /** A read as it came: of its image nobody has an opinion. */
    public EnrichedRead(
            String passageId,
            long arrival,
            boolean clockSuspect,
            ConfidenceRank trust,
            PlateRead read) {
        this(passageId, arrival, clockSuspect, trust, read, null, RecordPosition.UNKNOWN);
    }

    /** A read of a reader that nothing is known of. */
    public EnrichedRead(String passageId, long arrival, boolean clockSuspect, PlateRead read) {
        this(passageId, arrival, clockSuspect, ConfidenceRank.UNKNOWN, read);
    }

    /** The same read with an opinion, or without one: null. */
    public EnrichedRead with(OcrResult other) {
        return new EnrichedRead(passageId, arrival, clockSuspect, trust, read, other, position);
    }

    /** The same read with an image, or without one: null. */
    public EnrichedRead withImage(String base64) {
        return new EnrichedRead(
                passageId,
                arrival,
                clockSuspect,
                trust,
                read.withImage(base64),
                ocrResult,
                position);
    }

    /** The same read in the passage that it belongs to, trusted so far. */
    public EnrichedRead in(String itsPassage, ConfidenceRank itsTrust) {
        return new EnrichedRead(
                itsPassage, arrival, clockSuspect, itsTrust, read, ocrResult, position);
    }

    /** The same read, from that place in its topic. */
    public EnrichedRead from(RecordPosition other) {
        return new EnrichedRead(passageId, arrival, clockSuspect, trust, read, ocrResult, other);
    }

    @Override
    public String readId() {
        return read.readId();
    }

    @Override
    public long time() {
        return read.time();
    }

    @Override
    public Compass direction() {
        return read.direction();
    }

    @Override
    public String plateText() {
        return read.plate();
    }

    @Override
    public PlateRead plateRead() {
        return read;
    }

    @Override
    public String deviceId() {
        return read.deviceId();
    }

    @Override
    public long at() {
        return arrival;
    }

    @Override
    public boolean isOfTag() {
        return false;
    }

    @Override
    public Origin origin() {
        return Origin.of(
                read.deviceId(), position.in(Topics.PLATE_READS), PlateReadCodec.write(read));
    }

    @Override
    public Object part() {
        return read.plate() == null ? read.readId() : read.plate();
    }

    @Override
    public String readKey() {
        return PassageEvent.key(read.deviceId(), read.readId());
    }
}
