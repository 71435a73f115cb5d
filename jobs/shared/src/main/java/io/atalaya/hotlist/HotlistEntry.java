package io.atalaya.hotlist;

import io.atalaya.plate.Vehicle;

import java.util.List;

/**
 * One entry of topic {@code hotlist}: a plate, a pattern or a tag that is looked for, and its legal
 * ground.
 *
 * @param plate as listed, or null
 * @param pattern with {@code ?} for one character and {@code *} for any run, or null
 * @param tagId of an RFID tag, or null
 * @param reason for example STOLEN_VEHICLE, KIDNAPPING; an open list
 * @param source the list it came with, or null
 * @param priority 0..100
 * @param validFrom epoch ms or null
 * @param validUntil epoch ms or null
 * @param vehicle what the listed vehicle looks like, or null
 * @param covert only those in {@code notified} may learn of a match
 */
public record HotlistEntry(
        String entryId,
        String plate,
        String pattern,
        String tagId,
        String country,
        String state,
        String reason,
        String caseNumber,
        String agency,
        String source,
        int priority,
        Long validFrom,
        Long validUntil,
        Vehicle vehicle,
        Scope scope,
        MatchMode match,
        boolean covert,
        List<String> notified) {

    /** Whether the entry is valid at a time, by its own bounds. */
    public boolean isValidAt(long time) {
        return (validFrom == null || time >= validFrom)
                && (validUntil == null || time <= validUntil);
    }
}
