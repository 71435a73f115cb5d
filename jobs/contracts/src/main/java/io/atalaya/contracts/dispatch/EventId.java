package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.topic.HashId;

import java.util.Arrays;
import java.util.Locale;

/**
 * The ids of events, unique among all sources: the source, a colon, and the id that the source
 * gave, for example {@code alert:5f1c9a7b}. One that would be too long for a topic is replaced by
 * its hash.
 */
public final class EventId {
    private static final char DEVICE_END = '/';

    private EventId() {}

    /** From what sort of source an event is. */
    public enum Source {
        ALERT,
        CALL,
        DEVICE,
        WARNING,
        NATIONAL;

        private final String label = name().toLowerCase(Locale.ROOT);
        private final String prefix = label + ":";

        /** For example {@code alert}. */
        public String label() {
            return label;
        }

        /** The source of an event, or null. */
        public static Source of(String eventId) {
            return Arrays.stream(values())
                    .filter(each -> eventId != null && eventId.startsWith(each.prefix))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** The id of an event of that source. */
    public static String of(Source source, String id) {
        String text = source.prefix + id;
        return text.length() <= Limits.MAX_ID ? text : source.prefix + HashId.of(source.label, id);
    }

    /** The id of an event of a device. */
    public static String ofDevice(String deviceId, String id) {
        return of(Source.DEVICE, deviceId + DEVICE_END + id);
    }

    /** The id of a warning; its updates have the same. */
    public static String ofWarning(String sender, String identifier) {
        return of(Source.WARNING, sender + "," + identifier);
    }

    /** The alert of an event, or null if the event is none. */
    public static String alertId(String eventId) {
        return Source.of(eventId) == Source.ALERT
                ? eventId.substring(Source.ALERT.prefix.length())
                : null;
    }

    /**
     * The device of an event, or null if the event is of none or its id is a hash. The device ends
     * at the first slash: senders number their events with slashes, and rarely their devices.
     */
    public static String deviceId(String eventId) {
        int end = eventId == null ? -1 : eventId.indexOf(DEVICE_END);
        return end > 0 && Source.of(eventId) == Source.DEVICE
                ? eventId.substring(Source.DEVICE.prefix.length(), end)
                : null;
    }
}
