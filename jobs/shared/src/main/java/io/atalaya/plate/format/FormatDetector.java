package io.atalaya.plate.format;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells a message's format by its first byte and the names of its fields. The native format is
 * known by the names that all its records have, wherever they stand, as a rule at the very
 * beginning: it may have fields of any name beside them. Else the first name counts that only one
 * format has. What is of no known format is taken for native, whose reader says what is wrong.
 *
 * <p>Works on bytes, without a parser, and only walks over what it does not know, whatever nests or
 * breaks there.
 */
final class FormatDetector {
    /** Longer names are of no known field. */
    private static final int MAX_NAME = 64;

    private static final Set<String> OF_EVERY_NATIVE_RECORD = Set.of("readId", "deviceId");

    /** Names that two formats share ({@code country, vehicle, candidates}) say nothing. */
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
        know(
                PlateFormat.ONVIF,
                "UtcTime",
                "Source",
                "Key",
                "Data",
                "Frame",
                "VideoAnalytics",
                "MetadataStream",
                "MetaDataStream",
                "SensorData",
                "topic",
                "message");
    }

    private final byte[] message;
    private int at;

    private FormatDetector(byte[] message) {
        this.message = message;
    }

    private static void know(PlateFormat format, String... names) {
        for (String name : names) {
            FORMATS.put(name, format);
        }
    }

    /**
     * Never {@link PlateFormat#AUTO}.
     *
     * @param message or null
     */
    static PlateFormat detect(byte[] message) {
        return message == null ? PlateFormat.NATIVE : new FormatDetector(message).detect();
    }

    private PlateFormat detect() {
        // A byte order mark is negative, as a byte.
        while (at < message.length && message[at] <= ' ') {
            at++;
        }
        if (at == message.length || message[at] != '{') {
            return at < message.length && message[at] == '<'
                    ? PlateFormat.ONVIF
                    : PlateFormat.NATIVE;
        }
        at++;
        PlateFormat first = null;
        int depth = 1;
        boolean isNameNext = true;
        while (at < message.length) {
            byte b = message[at++];
            switch (b) {
                case '"' -> {
                    int from = at;
                    skipString();
                    if (depth == 1 && isNameNext) {
                        isNameNext = false;
                        String name = name(from, at - 1);
                        if (OF_EVERY_NATIVE_RECORD.contains(name)) {
                            return PlateFormat.NATIVE;
                        }
                        first = first == null ? FORMATS.get(name) : first;
                    }
                }
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case ',' -> isNameNext |= depth == 1;
                default -> {
                    // Part of a number, a word, or white space.
                }
            }
        }
        return first == null ? PlateFormat.NATIVE : first;
    }

    /** From behind the opening quote to behind the closing one. */
    private void skipString() {
        while (at < message.length && message[at] != '"') {
            at += message[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private String name(int from, int to) {
        return to > message.length || to - from > MAX_NAME
                ? ""
                : new String(message, from, to - from, StandardCharsets.US_ASCII);
    }
}
