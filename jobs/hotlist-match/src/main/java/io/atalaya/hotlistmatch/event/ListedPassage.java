package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.topic.Traceable;

import java.util.List;

/**
 * A passage of a vehicle that matches a listed one, as last evaluated by the alert function. Takes
 * about 200 bytes.
 *
 * @param isActive whether it still matches the listed vehicle
 * @param isRetracted whether it never matched, by what is known now
 * @param vehicle which of an entry's vehicles: 0, but for a pattern the packed canonical text
 * @param listed the plate as listed, or as read if the entry names no plate
 * @param ownPlates every text that is known to be on the vehicle itself
 * @param deviceTime device time of the read that represents the passage (its current match), epoch
 *     ms
 * @param arrivalTime arrival time of that read, epoch ms
 * @param knownSince arrival time from which the match could be known, epoch ms
 * @param direction or null
 * @param posterior probability that the vehicle is the listed one, 0..1
 * @param imageRef or null
 * @param tags of the entry and of the vehicle
 * @param read origin of that read
 */
public record ListedPassage(
        String entryId,
        String passageId,
        boolean isActive,
        boolean isRetracted,
        long vehicle,
        String listed,
        List<String> ownPlates,
        String deviceId,
        String readId,
        long deviceTime,
        long arrivalTime,
        long knownSince,
        Compass direction,
        double posterior,
        String imageRef,
        List<String> tags,
        boolean isCovert,
        List<String> notified,
        ReadOrigin read)
        implements Traceable {
    public ListedPassage {
        posterior = Field.number("posterior", posterior, 0, 1);
    }

    @Override
    public Origin origin() {
        return read.of(this);
    }

    @Override
    public Object part() {
        return firstReadId();
    }

    /** The readId by which its device names the passage. */
    public String firstReadId() {
        return passageId.substring(deviceId.length() + 1);
    }

    /** Arrival time from which the passage may be used, epoch ms. */
    public long releaseAt() {
        return Math.max(knownSince, arrivalTime);
    }

    /**
     * Whether another emission of the passage has the same nearby reads, which depend on time and
     * direction.
     */
    public boolean hasTheSameNear(ListedPassage other) {
        return deviceTime == other.deviceTime && direction == other.direction;
    }

    /** The same passage, retracted. */
    public ListedPassage retracted() {
        return new ListedPassage(
                entryId,
                passageId,
                false,
                true,
                vehicle,
                listed,
                ownPlates,
                deviceId,
                readId,
                deviceTime,
                arrivalTime,
                knownSince,
                direction,
                posterior,
                imageRef,
                tags,
                isCovert,
                notified,
                read);
    }
}
