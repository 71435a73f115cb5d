package io.atalaya.videoanalytics.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The known answers to a recording of cameras. Times are epoch ms. */
public record CameraTruth(List<Anomaly> anomalies, List<Anomaly> unusualSpeeds) {

    /** What happened before one camera. */
    public record Anomaly(
            String type, String deviceId, long start, long end, List<String> trackIds) {}

    /** Reads {@code truth.json}. */
    public static CameraTruth read(Path file) throws IOException {
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        return new CameraTruth(
                list(root.path("cameraAnomalies")), list(root.path("unusualSpeeds")));
    }

    private static List<Anomaly> list(JsonNode nodes) {
        List<Anomaly> list = new ArrayList<>();
        for (JsonNode node : nodes) {
            List<String> ids = new ArrayList<>();
            node.path("trackIds").forEach(id -> ids.add(id.asText()));
            list.add(
                    new Anomaly(
                            node.path("type").asText("unusual-speed"),
                            node.path("deviceId").asText(),
                            node.path("start").asLong(),
                            node.path("end").asLong(),
                            ids));
        }
        return list;
    }
}
