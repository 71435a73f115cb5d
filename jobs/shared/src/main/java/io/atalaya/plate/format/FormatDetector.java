package io.atalaya.plate.format;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells a message's format by its first byte and the name of its first field that only one format
 * has. For the native format that is the very first field, as a rule; what is of no known format is
 * taken for native, whose reader says what is wrong with it.
 *
 * <p>Works on bytes, without a parser, and only walks over what it does not know: the cost is that
 * of finding the first known name, whatever nests or breaks before it.
 */
final class FormatDetector {
    /** Longer names are of no known field. */
    private static final int MAX_NAME = 64;

    /** Names that two formats share ({@code country, vehicle, candidates}) say nothing. */
    private static final Map<String, PlateFormat> FORMATS = new HashMap<>();

    static {
        know(
                PlateFormat.NATIVE,
                "readId",
                "deviceId",
                "plate",
                "time",
                "lane",
                "confidence",
                "direction",
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
                        PlateFormat format = named(from, at - 1);
                        if (format != null) {
                            return format;
                        }
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
        return PlateFormat.NATIVE;
    }

    /** From behind the opening quote to behind the closing one. */
    private void skipString() {
        while (at < message.length && message[at] != '"') {
            at += message[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private PlateFormat named(int from, int to) {
        return to > message.length || to - from > MAX_NAME
                ? null
                : FORMATS.get(new String(message, from, to - from, StandardCharsets.US_ASCII));
    }
}
