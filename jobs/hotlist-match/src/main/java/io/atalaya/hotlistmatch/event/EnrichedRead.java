package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.hotlistmatch.score.ConfidenceRank;

/**
 * A plate read with its passage, arrival time, confidence rank and OCR result.
 *
 * @param passageId of the vehicle's passage under this device
 * @param arrivalTime arrival time (Kafka timestamp), epoch ms
 * @param isClockSuspect the device's clock ran ahead, so the read's time is its arrival time
 * @param confidenceRank rank of the read's confidence among the reads of its device
 * @param ocrResult whether the read's image shows a certain listed plate; null: unknown
 * @param position in topic {@code plate-reads}
 */
public record EnrichedRead(
        String passageId,
        long arrivalTime,
        boolean isClockSuspect,
        ConfidenceRank confidenceRank,
        PlateRead read,
        OcrResult ocrResult,
        RecordPosition position)
        implements PassageRead, DeviceRead {

    /** A read as it arrives, without OCR result. */
    public EnrichedRead(
            String passageId,
            long arrival,
            boolean isClockSuspect,
            ConfidenceRank confidenceRank,
            PlateRead read) {
        this(
                passageId,
                arrival,
                isClockSuspect,
                confidenceRank,
                read,
                null,
                RecordPosition.UNKNOWN);
    }

    /** A read of a device whose confidence rank is unknown. */
    public EnrichedRead(String passageId, long arrival, boolean isClockSuspect, PlateRead read) {
        this(passageId, arrival, isClockSuspect, ConfidenceRank.UNKNOWN, read);
    }

    /** The same read with that OCR result; null: without one. */
    public EnrichedRead with(OcrResult other) {
        return new EnrichedRead(
                passageId, arrivalTime, isClockSuspect, confidenceRank, read, other, position);
    }

    /** The same read with that image in base64; null: without one. */
    public EnrichedRead withImage(String base64) {
        return new EnrichedRead(
                passageId,
                arrivalTime,
                isClockSuspect,
                confidenceRank,
                read.withImage(base64),
                ocrResult,
                position);
    }

    /** The same read with its passage and its current confidence rank. */
    public EnrichedRead in(String itsPassage, ConfidenceRank itsTrust) {
        return new EnrichedRead(
                itsPassage, arrivalTime, isClockSuspect, itsTrust, read, ocrResult, position);
    }

    /** The same read with that position in its topic. */
    public EnrichedRead from(RecordPosition other) {
        return new EnrichedRead(
                passageId, arrivalTime, isClockSuspect, confidenceRank, read, ocrResult, other);
    }

    @Override
    public String readId() {
        return read.readId();
    }

    @Override
    public long deviceTime() {
        return read.deviceTime();
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
    public long causedAt() {
        return arrivalTime;
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
