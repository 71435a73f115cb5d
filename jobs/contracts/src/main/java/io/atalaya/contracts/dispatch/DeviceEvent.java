package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import java.time.DayOfWeek;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One message of topic {@code device-events}: a help button, or a zone or door that the prison
 * monitoring centre watches.
 *
 * @param eventId unique in its device; a repeated one is the same event
 * @param codeAccepted whether a CANCEL came with the right code, or null where no code was asked
 *     for; the code itself never travels
 * @param place where the device is now, or null for its registered place
 * @param noPlace why there is no place although the device sent one, or null
 * @param premises where the device is installed, or null
 * @param openingHours of the premises; empty where unknown
 * @param zoneId zone or door, or null
 * @param detail of a fault or an alarm, for people, or null
 */
public record DeviceEvent(
        String eventId,
        String deviceId,
        Kind kind,
        @EpochMillis long time,
        Boolean codeAccepted,
        Place place,
        Place.Unknown noPlace,
        Premises premises,
        List<OpeningHours> openingHours,
        String zoneId,
        String detail) {
    public static final RecordCodec<DeviceEvent> CODEC =
            new RecordCodec<>(DeviceEvent.class, 64 * 1024);

    public DeviceEvent {
        Limits.id("eventId", eventId);
        Limits.id("deviceId", deviceId);
        Field.required("kind", kind);
        Field.time("time", time);
        noPlace = Place.whyNone(place, noPlace);
        place = noPlace == null ? place : null;
        openingHours = Field.list("openingHours", openingHours, 64);
        Limits.idOrNull("zoneId", zoneId);
        Field.textOrNull("detail", detail, 0, Limits.MAX_REASON);
    }

    /** The kind of event. */
    public enum Kind {
        /** Someone asks for help. */
        PRESS,
        /** Someone asks for help without showing it; never held back. */
        DURESS,
        /** The last press was an accident. */
        CANCEL,
        /** The device is being tested. */
        TEST,
        /** The device works. */
        HEARTBEAT,
        /** The device has a defect. */
        FAULT,
        /** The defect is gone. */
        RESTORED,
        ZONE_ALARM,
        ZONE_RESTORED,
        DOOR_OPEN,
        DOOR_CLOSED,
        /** A door was opened without permission. */
        DOOR_FORCED,
        /** A door was not closed in time. */
        DOOR_HELD
    }

    /** The kind of premises. */
    public enum Premises {
        SCHOOL,
        SHOP,
        OFFICE,
        PRISON
    }

    /**
     * Hours of some days of the week, in the fields of schema.org's OpeningHoursSpecification.
     *
     * @param dayOfWeek empty means every day
     * @param opens local time, such as {@code 08:00}
     * @param closes local time; not after {@code opens} means on the next day
     */
    public record OpeningHours(List<DayOfWeek> dayOfWeek, String opens, String closes) {
        private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

        public OpeningHours {
            dayOfWeek = Field.list("dayOfWeek", dayOfWeek, 7);
            requireTime("opens", opens);
            requireTime("closes", closes);
        }

        private static void requireTime(String field, String time) {
            Limits.matching(field, Field.required(field, time), TIME, "a time such as 08:00");
        }
    }
}
