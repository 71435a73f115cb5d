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
     * The root elements of XML messages: a stream, a part of one, or a response of the event
     * service.
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

    /** The fields of JSON messages: parts of a stream, or the event that the MQTT topic names. */
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

    /**
     * {@code FIELDS} and the fields that accompany them, by which a JSON message is recognised as
     * ONVIF.
     */
    public static final Set<String> JSON_NAMES =
            Stream.concat(FIELDS.stream(), Stream.of("Source", "Key"))
                    .collect(Collectors.toUnmodifiableSet());

    private OnvifMessage() {}

    /**
     * Reads a whole message.
     *
     * @throws InvalidRecordException if the message is neither XML nor JSON, not well-formed, or
     *     not an ONVIF message
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
            HtmlPage.reject(message, "an ONVIF message");
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
