package io.atalaya.contracts.camera.format;

import io.atalaya.contracts.json.FirstLevelNames;
import io.atalaya.contracts.onvif.OnvifElement;
import io.atalaya.contracts.onvif.OnvifMessage;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a message's format by its first character and the names of its fields. The native format is
 * known by its {@code deviceId}, wherever it stands, as a rule at the very beginning. Else the
 * first name counts that only one format has. What is of no known format is taken for native, whose
 * reader says what is wrong.
 */
final class FrameFormatDetector {
    private static final String OF_EVERY_NATIVE_RECORD = "deviceId";

    /** Names that two formats share ({@code objects, timestamp}) say nothing. */
    private static final Map<String, FrameFormat> FORMATS = new HashMap<>();

    static {
        know(FrameFormat.NATIVE, "time", "frameId");
        know(FrameFormat.ONVIF, OnvifMessage.JSON_NAMES);
        know(
                FrameFormat.DEEPSTREAM,
                "@timestamp",
                "sensorId",
                "sensor",
                "messageid",
                "mdsversion",
                "analyticsModule",
                "videoPath",
                "tripwireEvents",
                "alerts");
        // Its messages have a topic and a message as well.
        know(FrameFormat.AXIS, "channel_id", "detections", "frame", "payload", "topic", "message");
    }

    private FrameFormatDetector() {}

    private static void know(FrameFormat format, String... names) {
        know(format, List.of(names));
    }

    private static void know(FrameFormat format, Collection<String> names) {
        for (String name : names) {
            FORMATS.put(name, format);
        }
    }

    /**
     * Never {@link FrameFormat#AUTO}.
     *
     * @param message or null
     */
    static FrameFormat detect(byte[] message) {
        FirstLevelNames names = new FirstLevelNames(message);
        if (names.isXml()) {
            return FrameFormat.ONVIF;
        }
        FrameFormat first = null;
        for (String name = names.next(); name != null; name = names.next()) {
            if (name.equals(OF_EVERY_NATIVE_RECORD)) {
                return FrameFormat.NATIVE;
            }
            first = first == null ? FORMATS.get(OnvifElement.local(name)) : first;
        }
        return first == null ? FrameFormat.NATIVE : first;
    }
}
