package io.atalaya.cli.evaluate.camera;

import io.atalaya.json.InvalidRecordException;
import io.atalaya.json.JsonIn;

import java.util.List;

/**
 * What a recording's truth says of its cameras.
 *
 * @param cameras how many there are, or 0 where the truth does not say
 * @param minutes for which each was recorded
 * @param anomalies what has to be found
 * @param unusualSpeeds about which an alert is right, and none is asked for
 */
public record CameraTruth(
        int cameras, int minutes, List<Happening> anomalies, List<Happening> unusualSpeeds) {
    private static final int MAX_BYTES = 1 << 30;
    private static final int MAX_LIST = 10_000_000;
    private static final int MAX_TEXT = 4096;

    /**
     * Something before one camera. Times are epoch ms.
     *
     * @param type of the alert that is due, or null
     */
    public record Happening(
            String type, String deviceId, long start, long end, List<String> trackIds) {}

    /** Reads a {@code truth.json}; what is not about cameras is passed over. */
    public static CameraTruth read(byte[] json) throws InvalidRecordException {
        int cameras = 0;
        int minutes = 0;
        // Where cameras film for longer or shorter than all the rest.
        Integer cameraMinutes = null;
        List<Happening> anomalies = List.of();
        List<Happening> speeds = List.of();
        try (JsonIn in = JsonIn.object(json, MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "cameras" -> cameras = in.integer(0, Integer.MAX_VALUE);
                    case "minutes" -> minutes = in.integer(0, Integer.MAX_VALUE);
                    case "cameraMinutes" -> cameraMinutes = in.integer(0, Integer.MAX_VALUE);
                    case "cameraAnomalies" ->
                            anomalies = in.list(MAX_LIST, i -> i.object(CameraTruth::happening));
                    case "unusualSpeeds" ->
                            speeds = in.list(MAX_LIST, i -> i.object(CameraTruth::happening));
                    default -> in.skip();
                }
            }
        }
        return new CameraTruth(
                cameras, cameraMinutes == null ? minutes : cameraMinutes, anomalies, speeds);
    }

    private static Happening happening(JsonIn in) throws InvalidRecordException {
        String type = null;
        String deviceId = null;
        Long start = null;
        Long end = null;
        List<String> trackIds = List.of();
        while (in.nextField()) {
            switch (in.field()) {
                case "type" -> type = in.string(MAX_TEXT);
                case "deviceId" -> deviceId = in.string(MAX_TEXT);
                case "start" -> start = in.time();
                case "end" -> end = in.time();
                case "trackIds" -> trackIds = in.list(MAX_LIST, i -> i.string(MAX_TEXT));
                default -> in.skip();
            }
        }
        return new Happening(
                type,
                in.required("deviceId", deviceId),
                in.required("start", start),
                in.required("end", end),
                trackIds);
    }

    double cameraHours() {
        return cameras * minutes / 60.0;
    }
}
