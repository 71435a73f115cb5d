package io.atalaya.contracts.camera.format;

import io.atalaya.contracts.json.FirstLevelNames;
import io.atalaya.contracts.onvif.OnvifElement;
import io.atalaya.contracts.onvif.OnvifMessage;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Detects a message's format by its first character and its field names. The native format is
 * recognised by its {@code deviceId} at any position, usually the very beginning. Otherwise the
 * first name that only one format has decides. A message of an unknown format counts as native,
 * because that codec reports the fault.
 */
final class FrameFormatDetector {
    private static final String OF_EVERY_NATIVE_RECORD = "deviceId";

    /**
     * Without the names that two formats share ({@code objects, timestamp}), because they decide
     * nothing.
     */
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
        // Axis event messages have a topic and a message as well.
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
     * The message's format, never {@link FrameFormat#AUTO}.
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
