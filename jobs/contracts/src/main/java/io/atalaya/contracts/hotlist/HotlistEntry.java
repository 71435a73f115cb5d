package io.atalaya.contracts.hotlist;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateCodec;
import io.atalaya.contracts.plate.Vehicle;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Instant;
import java.util.List;

/**
 * One entry of topic {@code hotlist}: a wanted plate, pattern or tag, and its legal ground. The
 * constructor rejects what the topic's schema rejects. Required fields may be missing until the
 * entry of a list file is complete, see {@link #fault}.
 *
 * @param plate as listed, or null
 * @param pattern with {@code ?} for one character and {@code *} for any run, or null
 * @param tagId of an RFID tag, or null
 * @param reason for example STOLEN_VEHICLE, KIDNAPPING; an open list
 * @param source the list that contains the entry, or null
 * @param priority 0..100
 * @param validFrom device time, epoch ms or null
 * @param validUntil device time, epoch ms or null
 * @param vehicle appearance of the listed vehicle, or null
 * @param scope everywhere if null
 * @param match {@link MatchMode#FUZZY} if null
 * @param covert whether only those in {@code notified} may receive a match
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
        @JsonProperty(defaultValue = "" + HotlistEntry.DEFAULT_PRIORITY) int priority,
        @EpochMillis Long validFrom,
        @EpochMillis Long validUntil,
        Vehicle vehicle,
        Scope scope,
        MatchMode match,
        boolean covert,
        @JsonProperty("notify") List<String> notified) {
    static final int DEFAULT_PRIORITY = 50;
    public static final int MAX_ID = 128;
    static final int MAX_COUNTRY = 16;
    static final int MAX_NAME = 64;
    private static final int MAX_PATTERN = 32;
    static final int MAX_NOTIFY = 100;
    static final int MAX_NOTIFIED = 256;

    /**
     * @throws IllegalArgumentException naming the field that the contract does not allow
     */
    public HotlistEntry {
        Field.textOrNull("entryId", entryId, 1, MAX_ID);
        Field.textOrNull("plate", plate, 1, PlateCodec.MAX_RAW);
        if (plate != null && !isPlate(plate)) {
            throw Field.invalid("plate", plate, PlateCodec.EXPECTED);
        }
        if (pattern != null && patternFault(pattern) != null) {
            throw Field.invalid("pattern", pattern, patternFault(pattern));
        }
        Field.textOrNull("tagId", tagId, 1, MAX_ID);
        Field.textOrNull("country", country, 0, MAX_COUNTRY);
        Field.textOrNull("state", state, 0, MAX_NAME);
        Field.visibleOrNull("reason", reason, MAX_NAME);
        Field.visibleOrNull("caseNumber", caseNumber, MAX_ID);
        Field.visibleOrNull("agency", agency, MAX_ID);
        Field.textOrNull("source", source, 1, MAX_ID);
        Field.integer("priority", priority, 0, 100);
        Field.timeOrNull("validFrom", validFrom);
        Field.timeOrNull("validUntil", validUntil);
        scope = scope == null ? Scope.EVERYWHERE : scope;
        match = match == null ? MatchMode.FUZZY : match;
        notified = Field.texts("notify", notified, MAX_NOTIFY, MAX_NOTIFIED);
    }

    /** Rejects wildcards, because "ABC*" would be listed as the plate ABC. */
    private static boolean isPlate(String text) {
        return CanonicalPlate.isPlate(text) && text.indexOf('*') < 0 && text.indexOf('?') < 0;
    }

    /** An entry that is written without a scope applies everywhere. */
    @JsonGetter("scope")
    Scope scopeUnlessEverywhere() {
        return scope.equals(Scope.EVERYWHERE) ? null : scope;
    }

    /** What a pattern should be if it is invalid, or null. */
    static String patternFault(String pattern) {
        return pattern.codePointCount(0, pattern.length()) > MAX_PATTERN
                ? "at most 24 characters besides blanks and hyphens, 32 with them"
                : PlatePattern.fault(pattern);
    }

    /**
     * The reason why an entry cannot be matched.
     *
     * @param value of the field, or null
     */
    public record Fault(String field, Object value, String expected) {}

    /** The first fault of an entry that lacks a required field or contradicts itself, or null. */
    public Fault fault() {
        if (entryId == null || reason == null || caseNumber == null || agency == null) {
            String missing =
                    entryId == null
                            ? "entryId"
                            : reason == null
                                    ? "reason"
                                    : caseNumber == null ? "caseNumber" : "agency";
            return new Fault(missing, null, Field.REQUIRED);
        }
        if (plate == null && pattern == null && tagId == null) {
            return new Fault("plate", null, "a plate, a pattern or a tagId");
        }
        if (plate != null && pattern != null) {
            return new Fault("pattern", pattern, "either a plate or a pattern, not both");
        }
        if (validFrom != null && validUntil != null && validUntil < validFrom) {
            return new Fault(
                    "validUntil",
                    Instant.ofEpochMilli(validUntil),
                    "a time not before validFrom " + Instant.ofEpochMilli(validFrom));
        }
        return null;
    }

    /** Whether a time lies within the entry's own bounds, both included. */
    public boolean isValidAt(long time) {
        return (validFrom == null || time >= validFrom)
                && (validUntil == null || time <= validUntil);
    }
}
