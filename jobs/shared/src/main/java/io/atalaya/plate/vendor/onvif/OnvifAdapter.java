package io.atalaya.plate.vendor.onvif;

import io.atalaya.json.InvalidRecordException;
import io.atalaya.onvif.OnvifElement;
import io.atalaya.onvif.OnvifJson;
import io.atalaya.onvif.OnvifXml;
import io.atalaya.plate.PlateRead;
import io.atalaya.plate.vendor.PlateAdapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * ONVIF Profile M, as XML and as JSON: plates among the objects of a metadata stream's frames, and
 * events of a plate recognition. Whatever else such a stream carries is passed over.
 */
public final class OnvifAdapter implements PlateAdapter {
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

    @Override
    public List<PlateRead> read(byte[] message, String deviceId) throws InvalidRecordException {
        OnvifElement root = isXml(message) ? xml(message) : json(message);
        List<PlateRead> reads = new ArrayList<>();
        for (OnvifElement frame : root.all(e -> e.name().equals("Frame"))) {
            for (OnvifElement object : frame.children()) {
                if (object.name().equals("Object")) {
                    new PlateObject(frame, object, deviceId).read().ifPresent(reads::add);
                }
            }
        }
        for (OnvifElement event : root.all(PlateEvent::isEvent)) {
            new PlateEvent(event, deviceId).read().ifPresent(reads::add);
        }
        return reads;
    }

    private static OnvifElement xml(byte[] message) throws InvalidRecordException {
        OnvifElement root = OnvifXml.read(message, PlateAdapter.MAX_BYTES);
        if (!MESSAGES.contains(root.name())) {
            throw InvalidRecordException.fault(
                    "value",
                    "an element <" + root.name() + ">",
                    "an ONVIF message: MetadataStream, NotificationMessage, or what is inside or around them");
        }
        return root;
    }

    private static OnvifElement json(byte[] message) throws InvalidRecordException {
        OnvifElement root = OnvifJson.read(message, PlateAdapter.MAX_BYTES);
        if (root.children().stream().noneMatch(field -> FIELDS.contains(field.name()))) {
            throw InvalidRecordException.fault(
                    "value",
                    "an object without any field of an ONVIF message",
                    "a metadata stream's Frame, or an event's UtcTime and Data");
        }
        return root;
    }

    /** By the first character that is no blank and no byte order mark. */
    private static boolean isXml(byte[] message) {
        if (message != null) {
            for (byte b : message) {
                if (b > ' ') {
                    return b == '<';
                }
            }
        }
        return false;
    }
}
