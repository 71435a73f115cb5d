package io.atalaya.videoanalytics;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.model.ModelControl;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.testutils.JobOnKafka;
import io.atalaya.videoanalytics.anomaly.ModelDirectory;
import io.atalaya.videoanalytics.recording.Street;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static io.atalaya.videoanalytics.StreetScenario.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

/** Runs the whole job on a real broker and cluster. */
@Execution(ExecutionMode.CONCURRENT)
class VideoAnalyticsKafkaIT {
    @TempDir private Path models;

    private static Map<String, String> unbroken() throws Exception {
        try (JobOnKafka run = new JobOnKafka(new VideoAnalyticsJob(), SETTINGS)) {
            run.start(null, 2);
            publishBefore(run);
            run.publish(StreetScenario.after());
            run.awaitQuiet();
            return run.lastRevisions();
        }
    }

    /**
     * Alerts say where a camera is from when it is known, so the devices are in a checkpoint before
     * the first frame: a job that restarts without one reads both again, in any order.
     */
    private static void publishBefore(JobOnKafka run) throws Exception {
        Map<Boolean, List<TopicRecord>> areDevices =
                StreetScenario.before().stream()
                        .collect(
                                Collectors.partitioningBy(
                                        record -> record.topic().equals(Topics.DEVICES)));
        run.publish(areDevices.get(true));
        run.awaitCheckpointOfInputs();
        run.publish(areDevices.get(false));
    }

    @Test
    void aTaskManagerThatStopsInMidIncidentLeavesNoTrace() throws Exception {
        Map<String, String> unbroken = unbroken();
        try (JobOnKafka run = new JobOnKafka(new VideoAnalyticsJob(), SETTINGS)) {
            run.start(null, 2);
            publishBefore(run);
            run.awaitAlerts(2);
            run.restartTaskManager();
            run.publish(StreetScenario.after());
            run.awaitQuiet();

            assertThat(run.lastRevisions()).isEqualTo(unbroken).hasSize(2);
            assertThat(run.lastAlerts().values())
                    .allMatch(alert -> alert.status() == Alert.Status.ENDED);
            // A repeated alert has the same id, revision and content.
            Set<String> begun =
                    run.alertMessages().stream()
                            .filter(alert -> alert.status() == Alert.Status.NEW)
                            .map(alert -> alert.alertId() + ":" + alert.revision())
                            .collect(Collectors.toSet());
            assertThat(begun).hasSize(2);
        }
    }

    private record Bad(TopicRecord record, String field) {}

    @Test
    void whateverCameraSendsNothingElseIsDisturbed() throws Exception {
        Map<String, String> unbroken = unbroken();
        List<Bad> bad = bad();
        List<TopicRecord> odd = odd();
        VendorFrames vendors = new VendorFrames();
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("models.directory", ModelDirectory.of(models, "trajectory", "2"));
        try (JobOnKafka run = new JobOnKafka(new VideoAnalyticsJob(), settings)) {
            run.start(null, 2);
            run.publish(StreetScenario.before());
            bad.forEach(one -> run.publish(List.of(one.record())));
            run.publish(odd);
            run.publish(vendors.registrations(NOW - 1));
            // The few frames of these cameras would otherwise be read before their zones.
            run.awaitCheckpointOfInputs();
            run.publish(vendors.frames(NOW));
            // A version runs as shadow and becomes active while frames arrive; no frame is lost.
            run.publish(List.of(versions(null, "2"), versions("2", null)));
            run.awaitCounter("acceptedModelRequests", 3);
            run.publish(StreetScenario.after());
            run.awaitQuiet();

            assertThat(run.sumOfGauges("modelSwitches")).isPositive();
            assertThat(run.sumOfGauges("failedModelSwitches")).isZero();
            assertThat(run.lastRevisions()).containsAllEntriesOf(unbroken);
            assertThat(emitted(run, List.of("CAM-MANY", "CAM-ODD", "CAM-BACK")))
                    .containsExactlyInAnyOrder(
                            "CAM-ODD STREAM_INCONSISTENT", "CAM-BACK STREAM_INCONSISTENT");
            assertThat(emitted(run, vendors.cameras()))
                    .containsExactlyInAnyOrderElementsOf(
                            vendors.cameras().stream()
                                    .map(camera -> camera + " ZONE_INTRUSION")
                                    .toList());
            assertThat(run.modelAnswers())
                    .filteredOn(ModelAnswer::isAccepted)
                    .as("answers in the order of the requests")
                    .extracting(ModelAnswer::reason)
                    .containsExactly(
                            "trajectory is served by 1",
                            "trajectory is served by the version of the job's settings, with 2 in"
                                    + " shadow",
                            "trajectory is served by 2");
            assertThat(run.modelAnswers())
                    .filteredOn(answer -> !answer.isAccepted())
                    .singleElement()
                    .satisfies(
                            answer -> {
                                assertThat(answer.active()).isEqualTo("9");
                                assertThat(answer.reason()).startsWith("active: got \"9\"");
                                assertThat(run.deadLetters())
                                        .extracting(letter -> utf8(letter.key()))
                                        .contains(answer.request());
                            });
            assertThat(run.deadLetters()).hasSize(bad.size());
            for (Bad one : bad) {
                ConsumerRecord<byte[], byte[]> letter =
                        run.deadLetters().stream()
                                .filter(r -> Arrays.equals(r.value(), one.record().value()))
                                .findFirst()
                                .orElseThrow(
                                        () ->
                                                new AssertionError(
                                                        "not rejected whole: " + one.field()));
                assertThat(header(letter, "field")).isEqualTo(one.field());
                assertThat(header(letter, "reason")).contains(one.field());
                assertThat(header(letter, "job")).isEqualTo(VideoAnalyticsJob.NAME);
            }
        }
    }

    /** Latest alerts of these cameras, each once. */
    private static List<String> emitted(JobOnKafka run, List<String> cameras) {
        return run.lastAlerts().values().stream()
                .filter(alert -> cameras.contains(alert.deviceId()))
                .map(alert -> alert.deviceId() + " " + alert.type())
                .toList();
    }

    private static final long NOW = Street.START + 460_000;

    /** Invalid frames, and a missing model version. */
    private static List<Bad> bad() {
        List<Bad> bad = new ArrayList<>();
        bad.add(bad("", "value"));
        bad.add(bad("[".repeat(100_000), "value"));
        bad.add(bad("{\"deviceId\":\"CAM-0\"}", "time"));
        bad.add(bad("{\"deviceId\":\"CAM-0\",\"time\":0}", "time"));
        bad.add(bad("{\"deviceId\":\"CAM-0\",\"time\":\"noon\"}", "time"));
        bad.add(bad("{\"deviceId\":\"CAM-0\",\"time\":" + (NOW + 172_800_000L) + "}", "time"));
        bad.add(bad("{\"deviceId\":\"" + "C".repeat(129) + "\"}", "deviceId"));
        bad.add(box("[NaN,0,0.1,0.1]", "objects[0].box"));
        bad.add(box("[0,0,-0.1,0.1]", "objects[0].box[2]"));
        bad.add(box("[0,0,0.1,-1e-9]", "objects[0].box[3]"));
        bad.add(box("[0,1e999,0.1,0.1]", "objects[0].box[1]"));
        bad.add(box("[0,0,0.1]", "objects[0].box"));
        bad.add(box("[0,0,0.1,\"wide\"]", "objects[0].box[3]"));
        bad.add(box("null", "objects[0].box"));
        bad.add(objects(10_001));
        bad.add(new Bad(versions("9", null), "active"));
        return bad;
    }

    private static TopicRecord versions(String active, String shadow) {
        return new TopicRecord(
                Topics.MODEL_CONTROL,
                NOW,
                "trajectory",
                ModelControl.CODEC.write(
                        new ModelControl("trajectory", active, shadow, "ana", null, NOW)));
    }

    private static Bad bad(String json, String field) {
        return new Bad(
                new TopicRecord(
                        Topics.CAMERA_FRAMES, NOW, "CAM-0", json.getBytes(StandardCharsets.UTF_8)),
                field);
    }

    private static Bad box(String box, String field) {
        return bad(
                "{\"deviceId\":\"CAM-0\",\"time\":%d,\"objects\":[{\"trackId\":\"1\",\"type\":\"Car\",\"box\":%s}]}"
                        .formatted(NOW, box),
                field);
    }

    private static Bad objects(int count) {
        String object = "{\"trackId\":\"1\",\"type\":\"Car\",\"box\":[0,0,0.1,0.1]}";
        return bad(
                "{\"deviceId\":\"CAM-0\",\"time\":%d,\"objects\":[%s]}"
                        .formatted(NOW, (object + ",").repeat(count - 1) + object),
                "objects[10000]");
    }

    /** Well-formed frames with absurd content; a camera that sends them must not affect others. */
    private static List<TopicRecord> odd() {
        List<TopicRecord> odd = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            List<DetectedObject> many = new ArrayList<>();
            for (int o = 0; o < 10_000; o++) {
                many.add(
                        new DetectedObject(
                                "n" + (i * 10_000 + o), "Human", 1, o / 10_000.0, 0.5, 0.01, 0.02));
            }
            long time = NOW + 500L * i;
            odd.add(StreetScenario.record(new CameraFrame("CAM-MANY", time, (long) i, many), time));
            List<DetectedObject> boxes =
                    List.of(
                            new DetectedObject("a", "Car", 1, -1e6, 1e6, 1e6, 1e6),
                            new DetectedObject("b", "Car", 1, 0, 0, 0, 0),
                            new DetectedObject("c", "Car", 0, 1, 1, 1e6, 1e-9),
                            new DetectedObject("d", "?", 1, 1e-300, 0.5, 1e-300, 0.5),
                            new DetectedObject("e", "Car", 1, 2, 2, 0.1, 0.1));
            odd.add(StreetScenario.record(new CameraFrame("CAM-ODD", time, null, boxes), time));
            odd.add(
                    StreetScenario.record(
                            new CameraFrame("CAM-BACK", NOW - 60_000L * i, 1L, boxes), time));
        }
        return odd;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return utf8(record.headers().lastHeader(name).value());
    }

    private static String utf8(byte[] text) {
        return new String(text, StandardCharsets.UTF_8);
    }
}
