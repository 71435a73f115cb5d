package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.topic.Traceable;

import java.util.List;

/**
 * A passage of a vehicle that is held to be a listed one, as {@code decide} last knew it. Some 200
 * bytes.
 *
 * @param version counts what was told of the passage: the highest one holds
 * @param facts that the passage has taken in; grows with them, whatever their order; 0: there is
 *     nothing to be said of it after all
 * @param standing whether it is still held to be the listed vehicle
 * @param vehicle which of an entry's vehicles: 0, but for a pattern the packed canonical text
 * @param listed the plate as listed, or as read where the entry names none
 * @param own every text that is known to be on the vehicle itself
 * @param time of the read that speaks, epoch ms
 * @param arrival of that read, epoch ms
 * @param known since when the match could be known, arrival clock
 * @param direction or null
 * @param posterior how probable it is that the vehicle is the listed one, 0..1
 * @param imageRef or null
 * @param tags of the entry and of the vehicle
 * @param read that speaks
 */
public record ListedPassage(
        String entryId,
        String passageId,
        int version,
        int facts,
        boolean standing,
        long vehicle,
        String listed,
        List<String> own,
        String deviceId,
        String readId,
        long time,
        long arrival,
        long known,
        Compass direction,
        double posterior,
        String imageRef,
        List<String> tags,
        boolean covert,
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
        return root();
    }

    /** The readId by which its device names the passage. */
    public String root() {
        return passageId.substring(deviceId.length() + 1);
    }

    /** What may first be said of it. */
    public long due() {
        return Math.max(known, arrival);
    }

    /** Whether the same cars are near it as by another version of the passage. */
    public boolean hasTheSameNear(ListedPassage other) {
        return time == other.time && direction == other.direction;
    }

    /** Whether it turned out that there is nothing to be said of the passage. */
    public boolean isUnsaid() {
        return facts == 0;
    }

    public ListedPassage withVersion(int newVersion) {
        return as(newVersion, facts, standing);
    }

    /** The same as one of which nothing is said any more. */
    public ListedPassage unsaid() {
        return as(version, 0, false);
    }

    private ListedPassage as(int newVersion, int newFacts, boolean stands) {
        return new ListedPassage(
                entryId,
                passageId,
                newVersion,
                newFacts,
                stands,
                vehicle,
                listed,
                own,
                deviceId,
                readId,
                time,
                arrival,
                known,
                direction,
                posterior,
                imageRef,
                tags,
                covert,
                notified,
                read);
    }
}
