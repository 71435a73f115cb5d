package io.atalaya.videoanalytics;

import io.atalaya.alert.Alert;
import io.atalaya.alert.AlertJson;
import io.atalaya.alert.AlertType;
import io.atalaya.camera.CameraFrameJson;
import io.atalaya.deadletter.DeadLetter;
import io.atalaya.jobtests.Backend;
import io.atalaya.jobtests.PipelineHarness;
import io.atalaya.kafka.RawRecord;
import io.atalaya.kafka.RawRecordFormat;
import io.atalaya.kafka.RecordAddress;
import io.atalaya.kafka.Topics;
import io.atalaya.videoanalytics.anomaly.Observation;
import io.atalaya.videoanalytics.recording.CameraRecording;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A recorded hour of 24 cameras through the whole job, with exceptions in any of the detectors and
 * models on a third of the cameras.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("try") // The faults are there while they are open.
class InternalErrorsOperatorTest {
    private static final long CHECKPOINT_MS = 30_000;

    /** Longer than anything is waited for. */
    private static final long END_MS = 400L * 24 * 3_600_000;

    /** Observations are much fewer than frames. */
    private static final double OBSERVATIONS = 20;

    private static final List<String> DETECTORS =
            InjectedFaults.OF_FRAMES.keySet().stream()
                    .map(name -> name.substring(name.indexOf('.') + 1))
                    .sorted()
                    .toList();

    private List<RawRecord> records;
    private Map<String, List<String>> undisturbed;

    /** What a run put out; the alerts of cameras without those about internal errors. */
    private static final class Run {
        private final Map<String, List<String>> byCamera = new TreeMap<>();
        private final Set<String> open = new HashSet<>();
        private final Set<String> faulty = new HashSet<>();
        private final List<DeadLetter> letters = new ArrayList<>();
        private final Set<RecordAddress> broken = new HashSet<>();

        private void add(Alert alert) {
            String deviceId = alert.device() == null ? "none" : alert.device().id();
            if (alert.type() == AlertType.ANALYTICS_FAULT) {
                faulty.add(deviceId);
            } else {
                byte[] text = AlertJson.write(alert.detectedAt(0));
                byCamera.computeIfAbsent(deviceId, each -> new ArrayList<>())
                        .add(alert.at() + new String(text, StandardCharsets.UTF_8));
            }
            if (alert.status() == Alert.Status.ENDED || alert.status() == Alert.Status.CANCELLED) {
                open.remove(alert.alertId());
            } else {
                open.add(alert.alertId());
            }
        }
    }

    @BeforeAll
    void read() throws Exception {
        assumeTrue(
                Files.isDirectory(CameraRecording.SUMO),
                () -> "no recording at " + CameraRecording.SUMO.toAbsolutePath());
        records = new ArrayList<>();
        for (Arrived each :
                CameraRecording.read(CameraRecording.SUMO.resolve("camera-frames.jsonl.gz"))) {
            records.add(
                    new RawRecord(
                            Topics.CAMERA_FRAMES,
                            3,
                            records.size(),
                            each.at(),
                            each.frame().deviceId().getBytes(StandardCharsets.UTF_8),
                            CameraFrameJson.write(each.frame()),
                            List.of()));
        }
        Run run = run(0, Map.of());
        assertThat(run.letters).isEmpty();
        undisturbed = run.byCamera;
        assertThat(undisturbed).hasSizeGreaterThan(10);
    }

    private static boolean isBroken(String deviceId) {
        return Math.floorMod(deviceId.hashCode(), 3) == 0;
    }

    private Run run(double rate, Map<String, String> options) throws Exception {
        Run run = new Run();
        Random random = new Random(7);
        RecordAddress[] fed = new RecordAddress[1];
        String[] armed = new String[1];
        InjectedFaults.Trigger trigger =
                (type, arguments) -> {
                    RecordAddress address = fed[0];
                    boolean fails = address != null && type.equals(armed[0]);
                    if (arguments.length > 0 && arguments[0] instanceof Observation each) {
                        address = each.address();
                        fails =
                                isBroken(each.deviceId())
                                        && random.nextDouble() < OBSERVATIONS * rate;
                    }
                    return fails && run.broken.add(address);
                };
        try (InjectedFaults faults = new InjectedFaults(trigger, InjectedFaults.ofAll());
                PipelineHarness job = job(options, run)) {
            job.idle(Topics.DEVICES, true);
            job.idle(Topics.MODEL_CONTROL, true);
            long checkpoint = records.get(0).timestamp() + CHECKPOINT_MS;
            for (RawRecord each : records) {
                String deviceId = new String(each.key(), StandardCharsets.UTF_8);
                armed[0] =
                        isBroken(deviceId) && random.nextDouble() < rate
                                ? DETECTORS.get(random.nextInt(DETECTORS.size()))
                                : null;
                fed[0] = each.address();
                job.feed(Topics.CAMERA_FRAMES, each, each.timestamp());
                job.drain();
                fed[0] = null;
                job.watermark(Topics.CAMERA_FRAMES, each.timestamp());
                job.drain();
                if (each.timestamp() >= checkpoint) {
                    checkpoint += CHECKPOINT_MS;
                    job.checkpoint();
                    job.drain();
                }
            }
            long last = records.get(records.size() - 1).timestamp();
            job.watermark(Topics.CAMERA_FRAMES, last + END_MS);
            job.drain();
        }
        return run;
    }

    private static PipelineHarness job(Map<String, String> options, Run run) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.setMaxParallelism(128);
        VideoAnalyticsOutputs outputs =
                VideoAnalyticsPipeline.build(
                        VideoAnalyticsSettings.from(Configuration.fromMap(options)),
                        new VideoAnalyticsInputs(
                                source(env, Topics.CAMERA_FRAMES),
                                source(env, Topics.DEVICES),
                                source(env, Topics.MODEL_CONTROL)));
        Map<DataStream<?>, BiConsumer<Object, Long>> ends = new LinkedHashMap<>();
        ends.put(outputs.alerts(), (alert, timestamp) -> run.add((Alert) alert));
        ends.put(outputs.deadLetters(), (each, timestamp) -> run.letters.add((DeadLetter) each));
        ends.put(outputs.modelAnswers(), (answer, timestamp) -> {});
        return new PipelineHarness(ends, Backend.HEAP, 0, (step, element) -> {});
    }

    private static DataStream<RawRecord> source(StreamExecutionEnvironment env, String topic) {
        return PipelineHarness.source(env, topic, RawRecordFormat.INSTANCE.typeInfo());
    }

    private static Map<String, List<String>> withoutBroken(Map<String, List<String>> byCamera) {
        Map<String, List<String>> others = new TreeMap<>(byCamera);
        others.keySet().removeIf(InternalErrorsOperatorTest::isBroken);
        return others;
    }

    /**
     * @param paused share of cameras that may be paused: a handful of these 24 would be a bug that
     *     hits many
     */
    @ParameterizedTest
    @CsvSource({"0.0001, 0.1, 1", "0.002, 1, 30"})
    void errorsAtRandomReachNoOtherCamera(double rate, String paused, int least) throws Exception {
        Run run = run(rate, Map.of("bulkhead.max-paused-keys", paused));

        System.out.printf(
                "injected on %d of %d frames, %d dead letters, %d cameras%n",
                run.broken.size(), records.size(), run.letters.size(), run.faulty.size());
        assertThat(run.broken).hasSizeGreaterThanOrEqualTo(least);
        assertThat(withoutBroken(run.byCamera)).isEqualTo(withoutBroken(undisturbed));
        assertThat(run.letters).allMatch(each -> isBroken(each.error().deviceId()));
        assertThat(
                        run.letters.stream()
                                .filter(each -> each.error().exception().contains("injected"))
                                .map(DeadLetter::address)
                                .collect(Collectors.toSet()))
                .isEqualTo(withPaused(run));
        assertThat(run.faulty)
                .isEqualTo(
                        run.letters.stream()
                                .map(each -> each.error().deviceId())
                                .collect(Collectors.toSet()));
        assertThat(run.open).isEmpty();
    }

    /** What was injected, and the frames that a pause kept from being tried. */
    private static Set<RecordAddress> withPaused(Run run) {
        Set<RecordAddress> all = new HashSet<>(run.broken);
        run.letters.stream()
                .filter(each -> each.error().pausedUntil() != null)
                .map(DeadLetter::address)
                .forEach(all::add);
        return all;
    }
}
