package io.atalaya.contracts.onvif;

import io.atalaya.contracts.json.FirstLevelNames;
import io.atalaya.contracts.json.HtmlPage;
import io.atalaya.contracts.json.InvalidRecordException;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one message of an ONVIF stream, event service or broker, as XML or as JSON. */
public final class OnvifMessage {
    /**
     * What a message may be, in XML: a stream, a part of one, or what the event service answers.
     */
    private static final Set<String> MESSAGES =
            Set.of(
                    "MetadataStream",
                    "MetaDataStream",
                    "VideoAnalytics",
                    "Frame",
                    "SensorData",
                    "PTZ",
                    "Event",
                    "NotificationMessage",
                    "Message",
                    "Notify",
                    "PullMessagesResponse",
                    "Envelope");

    /** What stands in a JSON message: parts of a stream, or the event that MQTT's topic names. */
    private static final Set<String> FIELDS =
            Set.of(
                    "MetadataStream",
                    "MetaDataStream",
                    "VideoAnalytics",
                    "Frame",
                    "SensorData",
                    "PTZ",
                    "Event",
                    "NotificationMessage",
                    "UtcTime",
                    "Data",
                    "message");

    /** The same and what else stands beside them: by these a JSON message is known for ONVIF's. */
    public static final Set<String> JSON_NAMES =
            Stream.concat(FIELDS.stream(), Stream.of("Source", "Key"))
                    .collect(Collectors.toUnmodifiableSet());

    private OnvifMessage() {}

    /**
     * The whole message.
     *
     * @throws InvalidRecordException if it is neither, not well-formed, or of no kind that ONVIF
     *     has
     */
    public static OnvifElement read(byte[] message, int maxBytes) throws InvalidRecordException {
        return new FirstLevelNames(message).isXml()
                ? xml(message, maxBytes)
                : json(message, maxBytes);
    }

    private static OnvifElement xml(byte[] message, int maxBytes) throws InvalidRecordException {
        try {
            return known(OnvifXml.read(message, maxBytes));
        } catch (InvalidRecordException unusable) {
            HtmlPage.refuse(message, "an ONVIF message");
            throw unusable;
        }
    }

    private static OnvifElement known(OnvifElement root) throws InvalidRecordException {
        if (!MESSAGES.contains(root.name())) {
            throw InvalidRecordException.fault(
                    "value",
                    "an element <" + root.name() + ">",
                    "an ONVIF message: MetadataStream, NotificationMessage, or what is inside or around them");
        }
        return root;
    }

    private static OnvifElement json(byte[] message, int maxBytes) throws InvalidRecordException {
        OnvifElement root = OnvifJson.read(message, maxBytes);
        if (root.children().stream().noneMatch(field -> FIELDS.contains(field.name()))) {
            throw InvalidRecordException.fault(
                    "value",
                    "an object without any field of an ONVIF message",
                    "a metadata stream's Frame, or an event's UtcTime and Data");
        }
        return root;
    }
}
