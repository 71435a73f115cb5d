package io.atalaya.contracts.plate;

import java.util.ArrayList;
import java.util.List;

/**
 * One message of topic {@code plate-reads}: a plate as a camera read it, a revision of an earlier
 * read, or its retraction.
 *
 * @param readId unique within the device
 * @param lane null where the device has no lanes
 * @param deviceTime device time, epoch ms
 * @param plate as read; null only for a retraction
 * @param confidence 0..1
 * @param candidates alternatives; may repeat {@code plate} itself
 * @param country ISO 3166 code or null
 * @param state issuing state as recognised, or null
 * @param direction of travel, or null
 * @param speedKmh or null
 * @param vehicle or null
 * @param plateImage base64 JPEG or PNG, {@link #IMAGE_TOO_LARGE}, or null; never kept in state
 * @param imageRef where the image is stored, or null
 * @param supersedes readId of the read that this one revises or retracts, or null
 * @param isWithdrawn whether the camera retracts the read
 */
public record PlateRead(
        String readId,
        String deviceId,
        Integer lane,
        long deviceTime,
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
        boolean isWithdrawn) {
    /** Replaces an image that is larger than a read may carry. */
    public static final String IMAGE_TOO_LARGE = "";

    private static final int MAX_TEXTS = 4;

    /** An alternative of lower confidence is noise. */
    private static final double MIN_ALTERNATIVE = 0.1;

    /**
     * The texts that the read may stand for: its plate, then alternatives above the noise in the
     * reader's own order, at most 4 in all, each of another canonical form. A retraction has no
     * such texts.
     */
    public List<String> texts() {
        if (candidates.isEmpty()) {
            return List.of(plate);
        }
        List<String> texts = new ArrayList<>(MAX_TEXTS);
        long[] packed = new long[MAX_TEXTS];
        addIfNew(plate, texts, packed);
        for (Candidate candidate : candidates) {
            if (texts.size() < MAX_TEXTS && candidate.confidence() >= MIN_ALTERNATIVE) {
                addIfNew(candidate.plate(), texts, packed);
            }
        }
        return texts;
    }

    /**
     * @param packed the canonical forms of {@code texts}
     */
    private static void addIfNew(String text, List<String> texts, long[] packed) {
        long canonical = CanonicalPlate.pack(text);
        for (int i = 0; i < texts.size(); i++) {
            if (packed[i] == canonical) {
                return;
            }
        }
        packed[texts.size()] = canonical;
        texts.add(text);
    }

    /** The same read with a corrected device time. */
    public PlateRead withTime(long corrected) {
        return with(corrected, plateImage);
    }

    /** The same read with another image, or with null for no image. */
    public PlateRead withImage(String base64) {
        return with(deviceTime, base64);
    }

    private PlateRead with(long newTime, String newImage) {
        return new PlateRead(
                readId,
                deviceId,
                lane,
                newTime,
                plate,
                confidence,
                candidates,
                country,
                state,
                direction,
                speedKmh,
                vehicle,
                newImage,
                imageRef,
                supersedes,
                isWithdrawn);
    }

    /**
     * The readId of the read that this one retracts or revises; null otherwise. A read that names
     * itself revises nothing, because it must not be lost.
     */
    public String revises() {
        if (isWithdrawn) {
            return supersedes != null ? supersedes : readId;
        }
        return readId.equals(supersedes) ? null : supersedes;
    }
}
