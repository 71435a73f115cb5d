package io.atalaya.videoanalytics;

import io.atalaya.alert.Alert;
import io.atalaya.alert.AlertFormat;
import io.atalaya.alert.AlertJson;
import io.atalaya.bulkhead.BulkheadSettings;
import io.atalaya.camera.CameraFrame;
import io.atalaya.deadletter.DeadLetter;
import io.atalaya.deadletter.DeadLetterFormat;
import io.atalaya.device.DeviceChange;
import io.atalaya.jobtests.Backend;
import io.atalaya.jobtests.Subtask;
import io.atalaya.kafka.RecordAddress;
import io.atalaya.serde.BinaryFormat;
import io.atalaya.videoanalytics.anomaly.AnomalyOperator;
import io.atalaya.videoanalytics.anomaly.ModelNews;
import io.atalaya.videoanalytics.anomaly.Observation;
import io.atalaya.videoanalytics.camera.CameraOperator;
import io.atalaya.videoanalytics.outage.LinkNews;
import io.atalaya.videoanalytics.outage.OutageOperator;
import io.atalaya.videoanalytics.recording.CameraRecording;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A recorded hour of 24 cameras through all operators of the job, with exceptions in any of the
 * detectors and models on a third of the cameras.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InternalErrorsOperatorTest {
    private static final long CHECKPOINT_MS = 30_000;

    private final List<String> detectors = List.copyOf(InjectedFaults.OF_FRAMES.keySet());
    private List<Arrived> frames;
    private Map<String, List<String>> undisturbed;

    /** What a run put out. */
    private record Run(
            Map<String, List<String>> byCamera,
            Set<String> openAlerts,
            List<DeadLetter> letters,
            Set<RecordAddress> broken) {}

    @BeforeAll
    void read() throws Exception {
        assumeTrue(
                Files.isDirectory(CameraRecording.SUMO),
                () -> "no recording at " + CameraRecording.SUMO.toAbsolutePath());
        frames = new ArrayList<>();
        for (Arrived each :
                CameraRecording.read(CameraRecording.SUMO.resolve("camera-frames.jsonl.gz"))) {
            RecordAddress address = new RecordAddress("camera-frames", 0, frames.size());
            frames.add(new Arrived(each.frame().from(address), each.at()));
        }
        undisturbed = run(0, BulkheadSettings.DEFAULT).byCamera();
        assertThat(undisturbed).hasSizeGreaterThan(10);
    }

    private static boolean isBroken(String deviceId) {
        return Math.floorMod(deviceId.hashCode(), 3) == 0;
    }

    private static <A, B> Subtask<A, B, Alert> subtask(Subtask.Factory<Alert> factory, long now)
            throws Exception {
        BinaryFormat<Alert> format = AlertFormat.INSTANCE;
        return Subtask.start(new Subtask.Blueprint<>(format, factory), Backend.HEAP, now);
    }

    private Run run(double rate, BulkheadSettings bulkhead) throws Exception {
        VideoAnalyticsSettings settings =
                VideoAnalyticsSettings.from(Configuration.fromMap(Map.of("scene.warm-up", "5 min")));
        Random random = new Random(7);
        CameraFrame[] fed = new CameraFrame[1];
        String[] armed = new String[1];
        Set<RecordAddress> broken = new HashSet<>();
        List<Alert> alerts = new ArrayList<>();
        List<DeadLetter> letters = new ArrayList<>();
        InjectedFaults.Trigger trigger =
                (type, arguments) -> {
                    if (arguments.length > 0 && arguments[0] instanceof Observation observation) {
                        boolean fails =
                                isBroken(observation.deviceId())
                                        && random.nextDouble() < 10 * rate;
                        return fails && broken.add(observation.address());
                    }
                    boolean fails = fed[0] != null && type.equals(armed[0]);
                    return fails && broken.add(fed[0].address());
                };
        long start = frames.get(0).at();
        try (InjectedFaults faults =
                        new InjectedFaults(
                                trigger,
                                InjectedFaults.OF_FRAMES,
                                InjectedFaults.OF_OBSERVATIONS);
                Subtask<CameraFrame, DeviceChange, Alert> cameras =
                        subtask(
                                (most, parallelism, index) ->
                                        new KeyedTwoInputStreamOperatorTestHarness<>(
                                                new CameraOperator(settings.cameras(), bulkhead),
                                                CameraFrame::deviceId,
                                                DeviceChange::deviceId,
                                                Types.STRING,
                                                most,
                                                parallelism,
                                                index),
                                start);
                Subtask<LinkNews, Void, Alert> outages =
                        subtask(
                                (most, parallelism, index) ->
                                        new OneInputStreamOperatorTestHarness<>(
                                                new OutageOperator(settings.outages(), bulkhead),
                                                most,
                                                parallelism,
                                                index),
                                start);
                Subtask<Observation, ModelNews, Alert> anomalies =
                        subtask(
                                (most, parallelism, index) ->
                                        new KeyedTwoInputStreamOperatorTestHarness<
                                                String, Observation, ModelNews, Alert>(
                                                new AnomalyOperator(settings.anomalies(), bulkhead),
                                                Observation::deviceId,
                                                null,
                                                Types.STRING,
                                                most,
                                                parallelism,
                                                index),
                                start)) {
            List<Subtask<?, ?, Alert>> all = List.of(cameras, outages, anomalies);
            long checkpoint = start + CHECKPOINT_MS;
            for (Arrived each : frames) {
                armed[0] =
                        isBroken(each.frame().deviceId()) && random.nextDouble() < rate
                                ? simple(detectors.get(random.nextInt(detectors.size())))
                                : null;
                fed[0] = each.frame();
                cameras.first(each.frame(), each.at());
                fed[0] = null;
                cameras.watermark(each.at());
                pass(cameras, outages, anomalies);
                outages.watermark(each.at());
                anomalies.watermark(each.at());
                if (each.at() >= checkpoint) {
                    checkpoint += CHECKPOINT_MS;
                    cameras.checkpoint();
                    pass(cameras, outages, anomalies);
                    anomalies.checkpoint();
                }
                for (Subtask<?, ?, Alert> step : all) {
                    alerts.addAll(step.take());
                    letters.addAll(step.take(DeadLetterFormat.TAG));
                }
            }
            // All cameras are forgotten, with what is open there.
            long end = frames.get(frames.size() - 1).at() + 400L * 24 * 3_600_000;
            cameras.watermark(end);
            pass(cameras, outages, anomalies);
            outages.watermark(end);
            anomalies.watermark(end);
            for (Subtask<?, ?, Alert> step : all) {
                alerts.addAll(step.take());
                letters.addAll(step.take(DeadLetterFormat.TAG));
            }
        }
        return result(alerts, letters, broken);
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static void pass(
            Subtask<CameraFrame, DeviceChange, Alert> cameras,
            Subtask<LinkNews, Void, Alert> outages,
            Subtask<Observation, ModelNews, Alert> anomalies)
            throws Exception {
        for (LinkNews each : cameras.take(CameraOperator.LINKS)) {
            outages.first(each, each.at());
        }
        for (Observation each : cameras.take(CameraOperator.OBSERVATIONS)) {
            anomalies.first(each, each.at());
        }
    }

    private static Run result(
            List<Alert> alerts, List<DeadLetter> letters, Set<RecordAddress> broken) {
        Map<String, List<String>> byCamera = new TreeMap<>();
        Set<String> open = new HashSet<>();
        for (Alert alert : alerts) {
            String id = alert.device() == null ? "outage" : alert.device().id();
            byte[] text = AlertJson.write(alert.detectedAt(0));
            byCamera.computeIfAbsent(id, each -> new ArrayList<>())
                    .add(alert.at() + new String(text, StandardCharsets.UTF_8));
            if (alert.status() == Alert.Status.ENDED || alert.status() == Alert.Status.CANCELLED) {
                open.remove(alert.alertId());
            } else {
                open.add(alert.alertId());
            }
        }
        return new Run(byCamera, open, letters, broken);
    }

    private static Map<String, List<String>> ofWhole(Map<String, List<String>> byCamera) {
        return byCamera.entrySet().stream()
                .filter(each -> !isBroken(each.getKey()))
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    /**
     * @param tolerance share of cameras that may be paused: of these 24 a handful is a bug that
     *     hits many
     */
    @ParameterizedTest
    @CsvSource({"0.0001, 0.1, 1", "0.002, 1, 20"})
    void errorsAtRandomReachNoOtherCamera(double rate, double tolerance, int least)
            throws Exception {
        Run run = run(rate, new BulkheadSettings(0.01, tolerance));

        System.out.printf(
                "%d of %d frames and observations failed, %d dead letters%n",
                run.broken().size(), frames.size(), run.letters().size());
        assertThat(run.broken()).hasSizeGreaterThanOrEqualTo(least);
        assertThat(ofWhole(run.byCamera())).isEqualTo(ofWhole(undisturbed));
        assertThat(
                        run.letters().stream()
                                .filter(each -> each.error().exception().contains("injected"))
                                .map(DeadLetter::address)
                                .collect(Collectors.toSet()))
                .containsAll(run.broken());
        assertThat(run.letters()).allMatch(each -> isBroken(each.error().deviceId()));
        assertThat(run.openAlerts()).isEmpty();
    }
}
