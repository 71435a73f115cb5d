package io.atalaya.videoanalytics;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.Zone;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Frames in the formats of several vendors. Each camera shows an object inside a restricted zone
 * that covers the view, so each correctly read format gives one alert. The messages are synthetic;
 * the vendors' own samples are added where they are available.
 */
final class VendorFrames {
    private static final Path SAMPLES = Path.of("../../../shared/data/payloads");
    private static final int FRAMES = 8;
    private static final long FRAME_MILLIS = 500;
    private static final String TIME = "\\d{4}-\\d{1,2}-\\d{1,2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z?";

    /** Start of a box's x coordinate in any format: after its name, or after an id and a bar. */
    private static final Pattern LEFT =
            Pattern.compile(
                    "(?i)((?:top)?left(?:x)?\"?\\s*[=:]\\s*\"?|\"[^\"|]+\\|)(-?\\d+(?:\\.\\d+)?)");

    private static final String SOME_TIME = "2026-01-01T00:00:00Z";

    private static final Map<String, String> MADE_UP =
            Map.of(
                    "ONVIF-XML",
                    "<MetadataStream><VideoAnalytics><Frame UtcTime=\"%s\"><Object ObjectId=\"12\"><Appearance>"
                            + "<Shape><BoundingBox left=\"-0.5\" top=\"0\" right=\"0\" bottom=\"-0.5\"/></Shape>"
                            + "<Class><Type Likelihood=\"0.9\">Human</Type></Class></Appearance></Object></Frame>"
                            + "</VideoAnalytics></MetadataStream>",
                    "ONVIF-JSON",
                    "{\"Frame\":{\"@UtcTime\":\"%s\",\"Object\":{\"@ObjectId\":\"15\",\"Appearance\":{\"Shape\":"
                            + "{\"BoundingBox\":{\"@left\":\"-0.5\",\"@top\":0.5,\"@right\":0,\"@bottom\":-0.5}},"
                            + "\"Class\":{\"Type\":[{\"@Likelihood\":0.8,\"#text\":\"Human\"}]}}}}}",
                    "DEEPSTREAM-FULL",
                    "{\"messageid\":\"1\",\"mdsversion\":\"1.0\",\"@timestamp\":\"%s\",\"sensor\":{\"id\":\"S\"},"
                            + "\"object\":{\"id\":\"31\",\"vehicle\":{\"type\":\"sedan\",\"confidence\":0.75},"
                            + "\"bbox\":{\"topleftx\":480,\"toplefty\":540,\"bottomrightx\":960,\"bottomrighty\":810}}}",
                    "DEEPSTREAM-MINIMAL",
                    "{\"version\":\"4.0\",\"id\":1440,\"@timestamp\":\"%s\",\"sensorId\":\"S\","
                            + "\"objects\":[\"7|480|540|960|810|Person\"]}",
                    "METROPOLIS",
                    "{\"sensorId\":\"S\",\"version\":\"4.0\",\"timestamp\":\"%s\",\"id\":\"66\",\"objects\":[{\"id\":\"3\","
                            + "\"type\":\"Person\",\"bbox\":{\"leftX\":960,\"topY\":540,\"rightX\":1152,\"bottomY\":648}}]}",
                    "AXIS",
                    "{\"channel_id\":1,\"timestamp\":\"%s\",\"detections\":[{\"object_track_id\":\"a\",\"bounding_box\":"
                            + "{\"left\":0.25,\"top\":0.5,\"right\":0.5,\"bottom\":0.75},\"class\":{\"type\":\"Human\","
                            + "\"score\":0.7}}]}");

    private static final Map<String, String> OF_MAKERS =
            Map.of(
                    "SAMPLE-ONVIF-XML", "onvif/vendor-samples/hanwha-wiseai-frame.xml",
                    "SAMPLE-ONVIF-JSON", "onvif/analytics-spec-samples/28-line2896-example.json",
                    "SAMPLE-DEEPSTREAM-FULL", "deepstream/full-schema-test4-sample.json",
                    "SAMPLE-DEEPSTREAM-MINIMAL", "deepstream/minimal-schema-samples.jsonl",
                    "SAMPLE-AXIS", "axis/scene-frame-v1.jsonl");

    private final Map<String, String> messages = new TreeMap<>();

    VendorFrames() throws IOException {
        MADE_UP.forEach((camera, text) -> messages.put(camera, text.formatted(SOME_TIME)));
        if (Files.isDirectory(SAMPLES)) {
            for (Map.Entry<String, String> sample : OF_MAKERS.entrySet()) {
                String file = Files.readString(SAMPLES.resolve(sample.getValue())).strip();
                // The last of several lines, because the first one has no objects.
                String text =
                        sample.getValue().endsWith(".jsonl")
                                ? file.substring(file.lastIndexOf('\n') + 1)
                                : file;
                messages.put(sample.getKey(), text);
            }
        }
    }

    /** Ids of the cameras, which are also the keys of their messages. */
    List<String> cameras() {
        return List.copyOf(messages.keySet());
    }

    List<TopicRecord> registrations(long time) {
        return messages.keySet().stream()
                .map(
                        camera ->
                                new TopicRecord(
                                        Topics.DEVICES,
                                        time,
                                        camera,
                                        Device.CODEC.write(device(camera))))
                .toList();
    }

    /** Some seconds of frames. */
    List<TopicRecord> frames(long start) {
        List<TopicRecord> records = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            long time = start + i * FRAME_MILLIS;
            double tremble = i % 2 * 0.002;
            messages.forEach((camera, text) -> records.add(record(camera, text, time, tremble)));
        }
        return records;
    }

    /** Shifts the boxes a little, because equal boxes would be a frozen image without objects. */
    private static TopicRecord record(String camera, String text, long time, double tremble) {
        Matcher left = LEFT.matcher(text);
        String trembling =
                left.replaceFirst(
                        box -> {
                            double at = Double.parseDouble(box.group(2));
                            // Pixels, or fractions of the image.
                            double more = Math.abs(at) > 2 ? 1_000 * tremble : tremble;
                            return box.group(1) + (at + more);
                        });
        String now = trembling.replaceAll(TIME, Instant.ofEpochMilli(time).toString());
        return new TopicRecord(
                Topics.CAMERA_FRAMES, time, camera, now.getBytes(StandardCharsets.UTF_8));
    }

    private static Device device(String camera) {
        return new Device(
                camera,
                Device.Kind.CAMERA,
                "TOLUCA",
                null,
                19.2,
                -99.6,
                null,
                null,
                2.0,
                null,
                List.of(
                        new Zone(
                                "all",
                                Zone.Kind.RESTRICTED,
                                List.of(
                                        new Zone.Point(0, 0),
                                        new Zone.Point(1, 0),
                                        new Zone.Point(1, 1),
                                        new Zone.Point(0, 1)))));
    }
}
