package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/** One message of topic {@code calls}; the field {@code line} decides which. */
public sealed interface Call {
    /** The call's number in its system, for an anonymous report its folio. */
    String callId();

    /** Start of the call, epoch ms. */
    long time();

    /**
     * Type (1 digit), subtype (2) and item (2) of the national catalogue of incidents (CNIE), or
     * null where the call is not classified yet.
     */
    String cnieCode();

    /** The place that the call is about, or null. */
    Place place();

    /** Why there is no place although the call-taker's system sent one, or null. */
    Place.Unknown noPlace();

    /** The call-taker's notes, or what the caller wrote, or null. */
    String text();

    /** A language tag such as {@code es-MX}, or null. */
    String language();

    /** False for a call of the catalogue's type 7 (improcedente), which is counted only. */
    default boolean isDispatchable() {
        return cnieCode() == null || cnieCode().charAt(0) != '7';
    }

    /** The telephone line. */
    enum Line {
        @JsonProperty("911")
        EMERGENCY,
        @JsonProperty("089")
        ANONYMOUS
    }

    /**
     * A 9-1-1 call.
     *
     * @param callerReference the caller's record in the call-taker's system, or null
     * @param cadNumber number of the event in that system, or null
     * @param silent the caller does not speak
     * @param hangUp the caller hung up before the call was classified
     * @param site command centre that counts its {@code cadNumber}, or null if no other has the
     *     same numbers
     */
    @JsonIgnoreProperties(value = "line", allowGetters = true)
    record Emergency(
            String callId,
            @EpochMillis long time,
            String cnieCode,
            Place place,
            Place.Unknown noPlace,
            String text,
            String language,
            String callerReference,
            String cadNumber,
            boolean silent,
            boolean hangUp,
            String site)
            implements Call {
        public Emergency {
            Limits.id("callId", callId);
            Field.time("time", time);
            Limits.cnieCodeOrNull("cnieCode", cnieCode);
            noPlace = Place.whyNone(place, noPlace);
            place = noPlace == null ? place : null;
            Field.textOrNull("text", text, 0, Limits.MAX_TEXT);
            Limits.languageOrNull("language", language);
            Limits.idOrNull("callerReference", callerReference);
            Limits.idOrNull("cadNumber", cadNumber);
            Field.visibleOrNull("site", site, Limits.MAX_NAME);
        }

        @JsonGetter
        Line line() {
            return Line.EMERGENCY;
        }
    }

    /**
     * An anonymous report on line 089. It has no field for the caller's identity, and a message
     * with any field beside these is rejected.
     *
     * @param time start of the call, rounded down to a minute, so that it cannot be looked up among
     *     an operator's calls
     */
    @JsonIgnoreProperties(value = "line", allowGetters = true)
    record AnonymousReport(
            String callId,
            @EpochMillis long time,
            String cnieCode,
            Place place,
            Place.Unknown noPlace,
            String text,
            String language)
            implements Call {
        private static final long MINUTE = 60_000;

        public AnonymousReport {
            Limits.id("callId", callId);
            Field.time("time", time);
            time -= time % MINUTE;
            Limits.cnieCodeOrNull("cnieCode", cnieCode);
            noPlace = Place.whyNone(place, noPlace);
            place = noPlace == null ? place : null;
            Field.textOrNull("text", text, 0, Limits.MAX_TEXT);
            Limits.languageOrNull("language", language);
        }

        @JsonGetter
        Line line() {
            return Line.ANONYMOUS;
        }
    }
}
