package io.atalaya.lab.evaluate.tracks;

import io.atalaya.anomaly.trajectory.TrackEmbedding;
import io.atalaya.lab.evaluate.input.GroundPoints;
import io.atalaya.lab.evaluate.score.ThresholdCurve;
import io.atalaya.lab.evaluate.tracks.TrackScorer.RecordedTrack;
import io.atalaya.lab.evaluate.tracks.TrackScorer.ScoredTrack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Uses the vehicles of a city from another simulator, on streets that the model was not trained on.
 */
class SimulatedCityTracksTest {
    private static final Path CITY = Path.of("../../../shared/data/sumo");
    private static final Set<String> VEHICLES = Set.of("Car", "Truck", "Bus", "Motorcycle");
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Key(String deviceId, String trackId) {}

    private static Set<Key> wrongWays() throws IOException {
        Set<Key> keys = new HashSet<>();
        JsonNode truth = JSON.readTree(CITY.resolve("truth.json").toFile());
        for (JsonNode anomaly : truth.get("cameraAnomalies")) {
            if (anomaly.get("type").asText().equals("wrong-way")) {
                for (JsonNode trackId : anomaly.get("trackIds")) {
                    keys.add(new Key(anomaly.get("deviceId").asText(), trackId.asText()));
                }
            }
        }
        return keys;
    }

    /** The vehicles of some cameras; reading those of all would take most of the test's time. */
    private static Map<Key, List<double[]>> vehicles(Set<String> devices) throws IOException {
        Matcher device = Pattern.compile("\"key\":\"([^\"]*)\"").matcher("");
        Map<Key, List<double[]>> points = new LinkedHashMap<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(
                                        Files.newInputStream(
                                                CITY.resolve("camera-frames.jsonl.gz"))),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!device.reset(line).find() || !devices.contains(device.group(1))) {
                    continue;
                }
                JsonNode frame = JSON.readTree(line).get("value");
                for (JsonNode object : frame.path("objects")) {
                    JsonNode box = object.get("box");
                    if (VEHICLES.contains(object.get("type").asText())) {
                        points.computeIfAbsent(
                                        new Key(
                                                frame.get("deviceId").asText(),
                                                object.get("trackId").asText()),
                                        key -> new ArrayList<>())
                                .add(
                                        new double[] {
                                            frame.get("time").asDouble(),
                                            box.get(0).asDouble() + box.get(2).asDouble() / 2,
                                            box.get(1).asDouble() + box.get(3).asDouble()
                                        });
                    }
                }
            }
        }
        return points;
    }

    @Test
    void wrongWayDriversAreAmongTheMostUnusual() throws IOException {
        assumeTrue(
                Files.exists(CITY.resolve("camera-frames.jsonl.gz")),
                "the simulated city is not at " + CITY);
        Set<Key> wrong = wrongWays();
        List<RecordedTrack> tracks = new ArrayList<>();
        vehicles(wrong.stream().map(Key::deviceId).collect(toSet()))
                .forEach(
                        (key, points) ->
                                tracks.add(
                                        new RecordedTrack(
                                                key.deviceId(),
                                                key.trackId(),
                                                GroundPoints.trajectory(points),
                                                wrong.contains(key))));
        List<ScoredTrack> scored;
        try (TrackEmbedding embedding = TrackEmbedding.open()) {
            scored = new TrackScorer(embedding, Set.of()).score(tracks);
        }
        ThresholdCurve hindsight = TrackReport.ranking(scored, ScoredTrack::score);
        ThresholdCurve inTimeOrder = TrackReport.ranking(scored, ScoredTrack::inTimeOrder);
        assertThat(hindsight.required()).isGreaterThan(5);
        assertThat(hindsight.rocAuc()).isGreaterThan(0.98);
        assertThat(inTimeOrder.rocAuc()).isGreaterThan(0.97);
    }
}
