package io.atalaya.contracts.camera.format;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.json.InvalidRecordException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The makers' own samples, where available: each gives what a person reads in it, or is rejected.
 * The expectations were written from the samples' text; the long recordings are compared field by
 * field with another reader's output.
 */
class FrameSamplesTest {
    private static final Path PAYLOADS = Path.of("../../../shared/data/payloads");
    private static final byte[] KEY = "CAM-1".getBytes(StandardCharsets.UTF_8);
    private static final BoxUnits UNITS = new BoxUnits(1920, 1080, 8191);
    private static final Offset<Double> EXACT = Offset.offset(1e-9);
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The expectation for each ONVIF sample: its frames, {@code -} without frames, or the start of
     * its fault. An object without a box does not make the image empty.
     */
    private static final String ONVIF =
            """
            analytics-spec-samples/01-line631-temporal-relation.xml | CAM-1 2008-10-10T12:24:57.321Z;CAM-1 2008-10-10T12:24:57.521Z
            analytics-spec-samples/03-line668-normalized-frame-coordinate-system.xml | CAM-1 2008-10-10T12:24:57.321Z
            analytics-spec-samples/05-line697-aspect-ratio-dependant-transformation.xml | rejected: value: got broken XML
            analytics-spec-samples/06-line727-objects.xml | CAM-1 2008-10-10T12:24:57.321Z [12 Unknown 1.00 0.0313 0.8333 0.1250 0.1042];CAM-1 2008-10-10T12:24:57.421Z [12 Unknown 1.00 0.0313 0.8333 0.1250 0.1042 idle];CAM-1 2008-10-10T12:24:57.521Z;CAM-1 2008-10-10T12:24:57.621Z [12 Unknown 1.00 0.0391 0.8333 0.1250 0.1042];CAM-1 2008-10-10T12:24:57.721Z gone:19
            analytics-spec-samples/07-line810-object-identifier.xml | CAM-1 2019-06-10T12:24:57.321Z [12 Vehicle 0.90 0.0313 0.6250 0.1250 0.3125];CAM-1 2019-06-10T12:24:57.721Z [14 LicensePlate 0.60 0.0625 0.6875 0.0469 0.1042]
            analytics-spec-samples/08-line856-object-tree.xml | CAM-1 2008-10-10T12:24:57.421Z gone:17;CAM-1 2008-10-10T12:24:57.621Z
            analytics-spec-samples/09-line905-shape-descriptor.xml | CAM-1 2008-10-10T12:24:57.321Z [12 Unknown 1.00 0.0313 0.8333 0.1250 0.1042]
            analytics-spec-samples/10-line947-color-descriptor.xml | CAM-1 2010-09-10T12:24:57.721Z [34 Unknown 1.00 0.0313 0.8333 0.1250 0.1042]
            analytics-spec-samples/11-line984-color-descriptor.xml | CAM-1 2010-09-10T12:24:57.721Z [34 Unknown 1.00 0.0313 0.8333 0.1250 0.1042]
            analytics-spec-samples/12-line1124-object-class-descriptor.xml | rejected: value: got broken XML
            analytics-spec-samples/13-line1151-motion-in-cells-descriptor.xml | CAM-1 2010-10-20T12:24:57.621Z
            analytics-spec-samples/14-line1283-description-of-the-vehicle-detail.xml | -
            analytics-spec-samples/15-line1302-speed-descriptor.xml | -
            analytics-spec-samples/16-line1333-spherical-coordinates.xml | -
            analytics-spec-samples/17-line1363-orientation-on-earth-surface-source-by-q.xml | rejected: value: got broken XML
            analytics-spec-samples/18-line1435-description-of-the-license-plate-detail.xml | -
            analytics-spec-samples/20-line2438-description-of-the-barcode-information.xml | -
            analytics-spec-samples/21-line2526-iso-7010-sign-for-slippery-floor.xml | -
            analytics-spec-samples/22-line2573-temperature-sensor-metadata.xml | -
            analytics-spec-samples/25-line2609-sensor-data-example.xml | -
            analytics-spec-samples/26-line2814-example.xml | CAM-1 2021-10-05T15:13:27.321Z [15 Human 0.80 0.0313 0.8333 0.1250 0.1042]
            analytics-spec-samples/28-line2896-example.json | CAM-1 2021-10-05T15:13:27.321Z [15 Human 0.80 0.0313 0.8333 0.1250 0.1042]
            analytics-spec-samples/30-line2998-sensor-data-examples.json | -
            analytics-spec-samples/32-line3012-sensor-data-examples.json | -
            analytics-spec-samples/34-line3026-sensor-data-examples.json | -
            analytics-spec-samples/44-line4081-message-format.xml | rejected: value: got an element <Messages>
            analytics-spec-samples/79-line7595-license-plate-recognition.xml | rejected: value: got an element <RuleDescription>, expected an ONVIF message
            core-spec-event-samples/46-line7502-notification-message-format.xml | -
            core-spec-event-samples/47-line7542-property-example.xml | -
            core-spec-event-samples/48-line7567-property-example.xml | -
            core-spec-event-samples/49-line7591-property-example.xml | -
            core-spec-event-samples/58-line7753-topic-type-information.xml | rejected: value: got broken XML
            core-spec-event-samples/72-line8170-pullmessagesresponse.xml | -
            core-spec-event-samples/77-mqtt-json-event.json | -
            core-spec-event-samples/79-mqtt-json-event.as-printed-invalid.txt | rejected: UtcTime: got broken JSON
            core-spec-event-samples/83-mqtt-json-event.json | -
            core-spec-event-samples/85-mqtt-json-event.json | -
            core-spec-event-samples/87-mqtt-json-event.json | -
            core-spec-event-samples/mqtt-topics.txt | rejected: value: got broken JSON
            vendor-samples/dahua-frame.xml | CAM-1 2026-09-29T10:07:57Z [0 Unknown 1.00 0.0801 0.0078 0.2500 0.9864]
            vendor-samples/dahua-plate.xml | -
            vendor-samples/dahua-plate-newer-firmware.xml | -
            vendor-samples/hanwha-wiseai-frame.xml | CAM-1 2026-07-13T13:24:44.592Z [15 Human 0.54 0.5252 0.1760 0.4595 0.8072]
            vendor-samples/hanwha-wiseai-event.xml | -
            """;

    @BeforeEach
    void requireSamples() {
        assumeTrue(
                Files.isDirectory(PAYLOADS),
                () -> "no samples at " + PAYLOADS.toAbsolutePath().normalize());
    }

    private static List<CameraFrame> read(byte[] message) throws InvalidRecordException {
        return FrameFormat.AUTO.read(message, KEY, UNITS);
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(PAYLOADS.resolve(file)).stream()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Completes the specification's samples, which are cut out of a stream. */
    private static String outcome(String file) throws IOException {
        String text = Files.readString(PAYLOADS.resolve("onvif").resolve(file));
        String begins = text.stripLeading();
        boolean cut = begins.startsWith("...") || begins.startsWith("<tt:Frame");
        String message = cut ? "<VideoAnalytics>" + text + "</VideoAnalytics>" : text;
        try {
            return String.join("\n", FrameText.of(read(utf8(message))));
        } catch (InvalidRecordException e) {
            return "rejected: " + e.getMessage();
        }
    }

    static Stream<Arguments> onvif() {
        return ONVIF.lines().map(line -> line.split(" \\| ")).map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource
    void onvif(String file, String expected) throws IOException {
        if (expected.startsWith("rejected")) {
            assertThat(outcome(file)).startsWith(expected);
        } else {
            assertThat(outcome(file))
                    .isEqualTo(expected.equals("-") ? "" : expected.replace(';', '\n'));
        }
    }

    /** Requires an expectation for every sample, including those that are hard to read. */
    @Test
    void everyOnvifSampleHasItsAnswer() throws IOException {
        Path onvif = PAYLOADS.resolve("onvif");
        try (Stream<Path> files = Files.walk(onvif)) {
            assertThat(
                            files.filter(Files::isRegularFile)
                                    .map(file -> onvif.relativize(file).toString())
                                    // Without the description of the interface, which cameras do
                                    // not send.
                                    .filter(file -> !file.startsWith("wsdl")))
                    .containsExactlyInAnyOrderElementsOf(
                            onvif().map(each -> (String) each.get()[0]).toList());
        }
    }

    /** Other messages of a camera must not fail. */
    @Test
    void everyOtherMessageIsPassedOverOrRejected() throws IOException {
        for (String directory : List.of("onvif", "axis", "openalpr", "verkada", "mdx")) {
            try (Stream<Path> files = Files.walk(PAYLOADS.resolve(directory))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    byte[] message = Files.readAllBytes(file);
                    InvalidRecordException rejection =
                            catchThrowableOfType(InvalidRecordException.class, () -> read(message));
                    if (rejection != null) {
                        assertThat(rejection).as("%s", file).hasMessageContaining("expected");
                    }
                }
            }
        }
    }

    @Test
    void axisSceneDescription() throws Exception {
        List<String> frames = new ArrayList<>();
        for (String line : lines("axis/scene-frame-v1.jsonl")) {
            frames.addAll(FrameText.of(read(utf8(line))));
        }
        assertThat(frames)
                .containsExactly(
                        "CAM-1 2026-07-29T11:51:43.602Z",
                        "CAM-1 2026-07-29T11:55:30.369Z [8e653185-8e54-4dca-8af1-9f7202aca120 Human"
                                + " 0.70 0.4499 0.2365 0.2974 0.7488]");
        for (String line : lines("axis/mqtt-event-bridge.jsonl")) {
            assertThat(read(utf8(line))).isEmpty();
        }
    }

    @Test
    void axisRecordingOfADevice() throws Exception {
        int objects = 0;
        int faces = 0;
        int gone = 0;
        for (String line : lines("axis/scene-description-v0beta-real-device.jsonl")) {
            JsonNode frame = JSON.readTree(line).path("frame");
            CameraFrame read = requireBeta(frame, read(utf8(line)));
            objects += read.objects().size();
            faces += frame.path("observations").size() - read.objects().size();
            gone += read.removedTrackIds().size();
        }
        assertThat(objects).isEqualTo(851 - 210);
        assertThat(faces).isEqualTo(210);
        assertThat(gone).isEqualTo(14);
    }

    @Test
    void axisRecordingByABroker() throws Exception {
        List<String> lines = lines("axis/scene-description-v0beta-mqtt-recording.jsonl");
        assertThat(lines).hasSize(53);
        for (String line : lines) {
            requireBeta(JSON.readTree(line).path("payload").path("frame"), read(utf8(line)));
        }
    }

    private static CameraFrame requireBeta(JsonNode frame, List<CameraFrame> frames) {
        assertThat(frames).hasSize(1);
        CameraFrame read = frames.get(0);
        assertThat(read.deviceTime())
                .isEqualTo(Instant.parse(frame.path("timestamp").asText()).toEpochMilli());
        assertThat(read.isPartial()).isFalse();
        int i = 0;
        for (JsonNode seen : frame.path("observations")) {
            String type = seen.path("class").path("type").asText("Unknown");
            if (type.equals("Face")) {
                continue;
            }
            JsonNode box = seen.path("bounding_box");
            DetectedObject object = read.objects().get(i++);
            assertThat(object.trackId()).isEqualTo(seen.path("track_id").asText());
            assertThat(object.type()).isEqualTo(type);
            assertThat(object.confidence())
                    .isEqualTo(seen.path("class").path("score").asDouble(1), EXACT);
            requireBox(
                    object,
                    box.path("left").asDouble(),
                    box.path("top").asDouble(),
                    box.path("right").asDouble(),
                    box.path("bottom").asDouble());
        }
        assertThat(read.objects()).hasSize(i);
        return read;
    }

    private static void requireBox(
            DetectedObject object, double left, double top, double right, double bottom) {
        assertThat(object.x()).isEqualTo(left, EXACT);
        assertThat(object.y()).isEqualTo(top, EXACT);
        assertThat(object.width()).isEqualTo(right - left, EXACT);
        assertThat(object.height()).isEqualTo(bottom - top, EXACT);
        assertThat(object.isIdle()).isFalse();
    }

    @Test
    void deepStreamMinimal() throws Exception {
        List<String> frames = new ArrayList<>();
        for (String line : lines("deepstream/minimal-schema-samples.jsonl")) {
            frames.addAll(FrameText.of(read(utf8(line))));
        }
        assertThat(frames)
                .containsExactly(
                        "CAM-1 2021-09-21T03:08:51.161Z #1440 [-1 Vehicle 1.00 0.2969 0.4429 0.0203 0.0272]",
                        "CAM-1 2018-04-11T04:59:59.828Z [957 Vehicle 0.80 0.9552 0.1389 0.0437 0.0602]",
                        "CAM-1 2021-09-23T03:13:10.526Z #46325465 [-958754206 Vehicle 1.00 0.5455 0.4858"
                                + " 0.0366 0.0575]");
    }

    @Test
    void deepStreamFull() throws Exception {
        Path file = PAYLOADS.resolve("deepstream/full-schema-test4-sample.json");
        assertThat(FrameText.of(read(Files.readAllBytes(file))))
                .containsExactly(
                        "CAM-1 2021-03-31T20:11:07.742Z partial [-1 Vehicle 1.00 0.3109 0.4454 0.0594"
                                + " 0.0815]");
    }

    @Test
    void deepStreamRecordingOfAGarage() throws Exception {
        List<String> lines = lines("deepstream/smart-parking-demo-1.jsonl");
        assertThat(lines).hasSize(3_028);
        int empty = 0;
        for (String line : lines) {
            JsonNode message = JSON.readTree(line);
            CameraFrame frame = FrameFormat.AUTO.read(utf8(line), null, UNITS).get(0);
            assertThat(frame.isPartial()).isTrue();
            assertThat(frame.deviceId()).isEqualTo(message.path("sensor").path("id").asText());
            assertThat(frame.deviceTime())
                    .isEqualTo(Instant.parse(message.path("@timestamp").asText()).toEpochMilli());
            JsonNode object = message.path("object");
            JsonNode box = object.path("bbox");
            if (box.path("bottomrightx").asInt() == 0) {
                assertThat(frame.objects()).isEmpty();
                empty++;
                continue;
            }
            DetectedObject seen = frame.objects().get(0);
            assertThat(seen.trackId()).isEqualTo(object.path("id").asText());
            assertThat(seen.type()).isEqualTo("Vehicle");
            double stated = object.path("vehicle").path("confidence").asDouble();
            assertThat(seen.confidence()).isEqualTo(stated == 0 ? 1 : stated, EXACT);
            requireBox(
                    seen,
                    box.path("topleftx").asDouble() / 1920,
                    box.path("toplefty").asDouble() / 1080,
                    box.path("bottomrightx").asDouble() / 1920,
                    box.path("bottomrighty").asDouble() / 1080);
        }
        assertThat(empty).isEqualTo(7);
    }

    /** Metropolis events that are derived from frames give no frame and no fault. */
    @ParameterizedTest
    @ValueSource(strings = {"mdx-tripwire-events.json", "mdx-frame-alerts-proximity.json"})
    void metropolisConclusions(String file) throws Exception {
        assertThat(read(Files.readAllBytes(PAYLOADS.resolve("mdx").resolve(file)))).isEmpty();
    }

    @Test
    void metropolisFrames() throws Exception {
        int objects = 0;
        for (String line : lines("mdx/mdx-raw-frames.jsonl")) {
            JsonNode message = JSON.readTree(line);
            CameraFrame frame = FrameFormat.AUTO.read(utf8(line), null, UNITS).get(0);
            assertThat(frame.deviceId()).isEqualTo(message.path("sensorId").asText());
            assertThat(frame.frameId()).isEqualTo(message.path("id").asLong());
            assertThat(frame.isPartial()).isFalse();
            assertThat(frame.objects()).hasSize(message.path("objects").size());
            for (JsonNode object : message.path("objects")) {
                DetectedObject seen = frame.objects().get(objects++ % frame.objects().size());
                JsonNode box = object.path("bbox");
                assertThat(seen.trackId()).isEqualTo(object.path("id").asText());
                assertThat(seen.type()).isEqualTo(object.path("type").asText());
                assertThat(seen.confidence()).isEqualTo(1);
                requireBox(
                        seen,
                        box.path("leftX").asDouble() / 1920,
                        box.path("topY").asDouble() / 1080,
                        box.path("rightX").asDouble() / 1920,
                        box.path("bottomY").asDouble() / 1080);
            }
        }
        assertThat(objects).isPositive();
    }
}
