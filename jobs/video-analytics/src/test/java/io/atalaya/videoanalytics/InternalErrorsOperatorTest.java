package io.atalaya.videoanalytics;

import io.atalaya.anomaly.trajectory.SceneFrame;
import io.atalaya.anomaly.trajectory.TrackFeatures;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.job.JobGraph;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.simulator.camera.CameraPlan;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.PipelineHarness;
import io.atalaya.videoanalytics.anomaly.CompletedTrack;
import io.atalaya.videoanalytics.anomaly.Observation;
import io.atalaya.videoanalytics.recording.CameraRecording;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;
import io.atalaya.videoanalytics.recording.FilmedCity;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
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
 * Runs cameras through the whole job, with exceptions in any detector, anomaly model or model call
 * on 1/3 of the cameras.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("try") // The faults are active while they are open.
class InternalErrorsOperatorTest {
    private static final long CHECKPOINT_MS = 60_000;

    /** Longer than any timeout of the job. */
    private static final long END_MS = 400L * 24 * 3_600_000;

    /** Factor of the error rate, because observations are much fewer than frames. */
    private static final double OBSERVATIONS = 20;

    private static final long SEED = 5;
    private static final long START = 1_768_219_200_000L;
    private static final int CAMERAS = 16;
    private static final int MINUTES = 30;

    private static final List<String> DETECTORS =
            InjectedFaults.OF_FRAMES.keySet().stream()
                    .map(name -> name.substring(name.indexOf('.') + 1))
                    .sorted()
                    .toList();

    private final Map<Film, Filmed> films = new EnumMap<>(Film.class);

    /** Source of the frames. */
    private enum Film {
        /** Created by the simulator, so that every checkout has it. */
        CITY,
        /**
         * Half of the cameras in a recorded hour of a simulated city, which some checkouts lack.
         */
        SUMO
    }

    /** Frames, and their alerts without exceptions. */
    private record Filmed(List<RawRecord> records, Map<String, List<String>> undisturbed) {}

    /** Output of a run; the alerts of cameras exclude those about internal errors. */
    private static final class Run {
        private final Map<String, List<String>> byCamera = new TreeMap<>();
        private final Set<String> open = new HashSet<>();
        private final Set<String> faulty = new HashSet<>();
        private final List<DeadLetter> letters = new ArrayList<>();
        private final Set<RecordAddress> broken = new HashSet<>();

        /** Completed tracks that no model can process, by the hash of their features. */
        private final Map<Integer, RecordAddress> poison = new HashMap<>();

        private final Set<AlertType> types = EnumSet.noneOf(AlertType.class);
        private int brokenBatches;

        /** Lost records only: a batch that fails is run again row by row. */
        private List<DeadLetter> lost() {
            return letters.stream().filter(each -> each.error().deviceId() != null).toList();
        }

        private void add(Alert alert) {
            String deviceId = alert.deviceId() == null ? "none" : alert.deviceId();
            if (alert.type() == AlertType.ANALYTICS_FAULT) {
                faulty.add(deviceId);
            } else {
                types.add(alert.type());
                byte[] text = AlertCodec.write(alert.withDetectedAt(0));
                byCamera.computeIfAbsent(deviceId, each -> new ArrayList<>())
                        .add(alert.causedAt() + new String(text, StandardCharsets.UTF_8));
            }
            if (alert.status() == Alert.Status.ENDED || alert.status() == Alert.Status.CANCELLED) {
                open.remove(alert.alertId());
            } else {
                open.add(alert.alertId());
            }
        }
    }

    private Filmed filmed(Film film) throws Exception {
        Filmed known = films.get(film);
        if (known != null) {
            return known;
        }
        List<RawRecord> records = new ArrayList<>();
        if (film == Film.SUMO) {
            assumeTrue(
                    Files.isDirectory(CameraRecording.SUMO),
                    () -> "no recording at " + CameraRecording.SUMO.toAbsolutePath());
            CameraRecording.read(CameraRecording.SUMO.resolve("camera-frames.jsonl.gz")).stream()
                    .filter(each -> each.frame().deviceId().matches(".*[02468]"))
                    .forEach(each -> records.add(record(each, records.size())));
        } else {
            new FilmedCity(SEED, START, new CameraPlan(CAMERAS, 0, 20, MINUTES, 10))
                    .film(each -> records.add(record(each, records.size())));
        }
        Run run = run(records, 0, Map.of());
        assertThat(run.letters).isEmpty();
        assertThat(withoutBroken(run.byCamera)).hasSizeGreaterThan(6);
        assertThat(run.types).hasSizeGreaterThan(5);
        Filmed made = new Filmed(records, run.byCamera);
        films.put(film, made);
        return made;
    }

    private static RawRecord record(Arrived each, int offset) {
        return new RawRecord(
                Topics.CAMERA_FRAMES,
                3,
                offset,
                each.at(),
                each.frame().deviceId().getBytes(StandardCharsets.UTF_8),
                CameraFrameCodec.write(each.frame()),
                List.of());
    }

    private static boolean isBroken(String deviceId) {
        return Math.floorMod(deviceId.hashCode(), 3) == 0;
    }

    /** Marks a completed track that leaves the camera operator as one that no model can process. */
    private static void poison(Run run, CompletedTrack passage) {
        float[] row = TrackFeatures.of(passage.trajectory(), SceneFrame.WHOLE_FRAME);
        run.poison.put(Arrays.hashCode(row), passage.address());
    }

    /** Whether a model call fails, because of one of its rows or without a reason in them. */
    private static boolean failsOn(List<?> rows, Run run, boolean isBatchBroken) {
        boolean fails = false;
        for (Object row : rows) {
            RecordAddress address = run.poison.get(Arrays.hashCode((float[]) row));
            if (address != null) {
                run.broken.add(address);
                fails = true;
            }
        }
        if (!fails && rows.size() > 1 && isBatchBroken) {
            run.brokenBatches++;
            fails = true;
        }
        return fails;
    }

    private static Run run(List<RawRecord> records, double rate, Map<String, String> options)
            throws Exception {
        Run run = new Run();
        Random random = new Random(7);
        RecordAddress[] fed = new RecordAddress[1];
        String[] armed = new String[1];
        InjectedFaults.Trigger trigger =
                (type, arguments) -> {
                    if (type.equals(InjectedFaults.MODEL_CALL)) {
                        return failsOn(
                                (List<?>) arguments[0],
                                run,
                                random.nextDouble() < OBSERVATIONS * rate);
                    }
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
                PipelineHarness job =
                        job(
                                options,
                                run,
                                (step, element) -> {
                                    if (element instanceof CompletedTrack passage
                                            && isBroken(passage.deviceId())
                                            && random.nextDouble() < OBSERVATIONS * rate) {
                                        poison(run, passage);
                                    }
                                })) {
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

    private static PipelineHarness job(
            Map<String, String> options, Run run, BiConsumer<String, Object> onElement)
            throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.setMaxParallelism(128);
        JobGraph graph =
                JobGraph.of(
                        new VideoAnalyticsJob(),
                        VideoAnalyticsSettings.from(Configuration.fromMap(options)),
                        source ->
                                PipelineHarness.source(
                                        env, source.topic(), BinaryTypeInfo.of(RawRecord.class)));
        Map<DataStream<?>, BiConsumer<Object, Long>> ends = new LinkedHashMap<>();
        ends.put(graph.alerts(), (alert, timestamp) -> run.add((Alert) alert));
        ends.put(graph.deadLetters(), (each, timestamp) -> run.letters.add((DeadLetter) each));
        graph.outputs().forEach(each -> ends.put(each.stream(), (answer, timestamp) -> {}));
        return new PipelineHarness(ends, Backend.HEAP, 0, onElement);
    }

    private static Map<String, List<String>> withoutBroken(Map<String, List<String>> byCamera) {
        Map<String, List<String>> others = new TreeMap<>(byCamera);
        others.keySet().removeIf(InternalErrorsOperatorTest::isBroken);
        return others;
    }

    /**
     * @param share limit of the share of paused cameras and of failed records; among so few
     *     cameras, a handful already counts as a bug that hits many
     */
    @ParameterizedTest
    @CsvSource({"CITY, 0.0001, 0.1, 1", "CITY, 0.002, 1, 30", "SUMO, 0.002, 1, 30"})
    void errorsAtRandomReachNoOtherCamera(Film film, double rate, String share, int least)
            throws Exception {
        Filmed filmed = filmed(film);
        Run run =
                run(
                        filmed.records(),
                        rate,
                        Map.of(
                                "bulkhead.max-paused-keys", share,
                                "bulkhead.max-failed-records", share));

        List<DeadLetter> lost = run.lost();
        System.out.printf(
                "injected on %d of %d frames and in %d batches, %d dead letters, %d cameras; %s%n",
                run.broken.size(),
                filmed.records().size(),
                run.brokenBatches,
                run.letters.size(),
                run.faulty.size(),
                run.types);
        assertThat(run.broken).hasSizeGreaterThanOrEqualTo(least);
        if (rate > 0.001) {
            assertThat(run.brokenBatches).isPositive();
            assertThat(run.broken).containsAnyElementsOf(run.poison.values());
        }
        assertThat(withoutBroken(run.byCamera)).isEqualTo(withoutBroken(filmed.undisturbed()));
        assertThat(lost).allMatch(each -> isBroken(each.error().deviceId()));
        assertThat(run.letters)
                .allMatch(each -> each.error().operator().matches("(cameras|anomalies): .*"));
        assertThat(
                        lost.stream()
                                .filter(each -> each.error().exception().contains("injected"))
                                .map(DeadLetter::address)
                                .collect(Collectors.toSet()))
                .isEqualTo(withPaused(run));
        assertThat(run.letters.size() - lost.size()).isGreaterThanOrEqualTo(run.brokenBatches);
        Set<String> faulty =
                run.letters.stream()
                        .map(each -> each.error().deviceId())
                        .map(each -> each == null ? "none" : each)
                        .collect(Collectors.toSet());
        assertThat(run.faulty).isEqualTo(faulty);
        assertThat(run.open).isEmpty();
    }

    /** The injected faults, and the frames that were not tried because of a pause. */
    private static Set<RecordAddress> withPaused(Run run) {
        Set<RecordAddress> all = new HashSet<>(run.broken);
        run.lost().stream()
                .filter(each -> each.error().pausedUntil() != null)
                .map(DeadLetter::address)
                .forEach(all::add);
        return all;
    }
}
