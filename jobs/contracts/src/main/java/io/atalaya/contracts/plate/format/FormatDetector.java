package io.atalaya.contracts.plate.format;

import io.atalaya.contracts.json.FirstLevelNames;
import io.atalaya.contracts.onvif.OnvifElement;
import io.atalaya.contracts.onvif.OnvifMessage;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Detects a message's format by its first byte and its field names. The native format is recognised
 * by the names that all its records have, at any position, usually the very beginning, because it
 * may have other fields of any name. Otherwise the first name that only one format has decides. A
 * message of an unknown format counts as native, because that codec reports the fault.
 */
final class FormatDetector {
    private static final Set<String> OF_EVERY_NATIVE_RECORD = Set.of("readId", "deviceId");

    /**
     * Without the names that two formats share ({@code country, vehicle, candidates}), because they
     * decide nothing.
     */
    private static final Map<String, PlateFormat> FORMATS = new HashMap<>();

    static {
        know(
                PlateFormat.NATIVE,
                "plate",
                "time",
                "lane",
                "confidence",
                "speedKmh",
                "plateImage",
                "imageRef",
                "supersedes",
                "withdrawn");
        know(
                PlateFormat.OPENALPR,
                "data_type",
                "agent_uid",
                "agent_type",
                "agent_version",
                "camera_id",
                "company_id",
                "epoch_start",
                "epoch_end",
                "epoch_time",
                "uuid",
                "uuids",
                "best_uuid",
                "best_plate",
                "best_plate_number",
                "best_confidence",
                "best_region",
                "results",
                "processing_time_ms");
        know(
                PlateFormat.AXIS,
                "packetCounter",
                "capture_timestamp",
                "capture_ts",
                "frame_timestamp",
                "datetime",
                "plateText",
                "plateUnicode",
                "plateUTF8",
                "plateASCII",
                "plateCountry",
                "plateConfidence",
                "carState",
                "carID",
                "sensorProviderID");
        know(PlateFormat.ONVIF, OnvifMessage.JSON_NAMES);
        know(PlateFormat.ONVIF, "topic");
    }

    private FormatDetector() {}

    private static void know(PlateFormat format, String... names) {
        know(format, List.of(names));
    }

    private static void know(PlateFormat format, Collection<String> names) {
        for (String name : names) {
            FORMATS.put(name, format);
        }
    }

    /**
     * The message's format, never {@link PlateFormat#AUTO}.
     *
     * @param message or null
     */
    static PlateFormat detect(byte[] message) {
        FirstLevelNames names = new FirstLevelNames(message);
        if (names.isXml()) {
            return PlateFormat.ONVIF;
        }
        PlateFormat first = null;
        for (String name = names.next(); name != null; name = names.next()) {
            if (OF_EVERY_NATIVE_RECORD.contains(name)) {
                return PlateFormat.NATIVE;
            }
            first = first == null ? FORMATS.get(OnvifElement.local(name)) : first;
        }
        return first == null ? PlateFormat.NATIVE : first;
    }
}
