package io.atalaya.contracts.plate.adapter;

import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;

import java.util.List;

/**
 * Builds a read from a vendor's message: the required values first, the optional ones as they are
 * found. Adapters give no direction, because these vendors state it relative to the image or the
 * camera, and the camera's heading is not in the message.
 */
public final class ReadDraft {
    private final String readId;
    private final String deviceId;
    private final long deviceTime;
    private final String plate;
    private final double confidence;
    private Integer lane;
    private List<Candidate> candidates = List.of();
    private PlateOrigin origin = new PlateOrigin(null, null);
    private Double speedKmh;
    private Vehicle vehicle;
    private String plateImage;
    private String imageRef;
    private String supersedes;

    /**
     * @param deviceTime device time, epoch ms
     * @param plate as read; has a canonical form
     * @param confidence 0..1
     */
    public ReadDraft(
            String readId, String deviceId, long deviceTime, String plate, double confidence) {
        this.readId = readId;
        this.deviceId = deviceId;
        this.deviceTime = deviceTime;
        this.plate = plate;
        this.confidence = confidence;
    }

    public ReadDraft lane(Integer number) {
        lane = number;
        return this;
    }

    public ReadDraft candidates(List<Candidate> alternatives) {
        candidates = alternatives;
        return this;
    }

    public ReadDraft origin(PlateOrigin issued) {
        origin = issued;
        return this;
    }

    public ReadDraft speedKmh(Double speed) {
        speedKmh = speed;
        return this;
    }

    public ReadDraft vehicle(Vehicle seen) {
        vehicle = seen;
        return this;
    }

    public ReadDraft plateImage(String base64) {
        plateImage = base64;
        return this;
    }

    public ReadDraft imageRef(String reference) {
        imageRef = reference;
        return this;
    }

    /** Makes the read a revision of all reads that name the same vehicle id. */
    public ReadDraft supersedes(String vehicleId) {
        supersedes = vehicleId;
        return this;
    }

    public PlateRead read() {
        return new PlateRead(
                readId,
                deviceId,
                lane,
                deviceTime,
                plate,
                confidence,
                candidates,
                origin.country(),
                origin.state(),
                null,
                speedKmh,
                vehicle,
                plateImage,
                imageRef,
                supersedes,
                false);
    }
}
