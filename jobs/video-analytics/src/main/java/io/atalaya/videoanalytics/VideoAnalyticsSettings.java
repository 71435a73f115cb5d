package io.atalaya.videoanalytics;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.camera.format.FrameFormat;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.job.JobSettings;
import io.atalaya.flink.kafka.KafkaSettings;
import io.atalaya.flink.options.SettingsReader;
import io.atalaya.inference.InvalidModelException;
import io.atalaya.videoanalytics.anomaly.AnomalySettings;
import io.atalaya.videoanalytics.anomaly.ModelKind;
import io.atalaya.videoanalytics.anomaly.ModelLocation;
import io.atalaya.videoanalytics.anomaly.ModelSwitcher;
import io.atalaya.videoanalytics.anomaly.ModelVersionValidator;
import io.atalaya.videoanalytics.camera.CameraAnalyzerSettings;
import io.atalaya.videoanalytics.camera.CameraSettings;
import io.atalaya.videoanalytics.episode.AlertPolicy;
import io.atalaya.videoanalytics.outage.OutageDetector;
import io.atalaya.videoanalytics.scene.SceneModel;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The job's settings, validated as a whole. */
public record VideoAnalyticsSettings(
        KafkaSettings kafka,
        BulkheadSettings bulkhead,
        FrameFormat frameFormat,
        BoxUnits boxUnits,
        Duration maxBehind,
        CameraSettings cameras,
        OutageDetector.Settings outages,
        AnomalySettings anomalies,
        ModelVersionValidator models)
        implements JobSettings {

    /**
     * Upper limit of image width, image height and ONVIF grid size; grid coordinates have 16 bits.
     */
    private static final int MAX_PIXELS = 65_535;

    /**
     * An outage interrupts a person, unlike the alert of a single silent camera, because a
     * technician must fix it first.
     */
    private static final AlertPolicy.Triage OUTAGE = new AlertPolicy.Triage(Alert.Action.ALERT, 80);

    private static final Duration SETTLE = Duration.ofSeconds(20);

    /**
     * Reads and validates all options.
     *
     * @throws io.atalaya.flink.options.InvalidSettingsException with every fault
     */
    public static VideoAnalyticsSettings from(Configuration configuration) {
        SettingsReader reader = new SettingsReader(configuration);
        reader.rejectUnknown(VideoAnalyticsOptions.ALL);
        AlertPolicy policy =
                reader.parse(
                        VideoAnalyticsOptions.URGENCY,
                        AlertPolicy::parse,
                        "type:ALERT:priority, type:REVIEW:priority or type:OFF, separated by commas");
        CameraAnalyzerSettings watch = analyzer(reader, policy);
        VideoAnalyticsSettings settings =
                new VideoAnalyticsSettings(
                        KafkaSettings.from(reader, VideoAnalyticsJob.NAME),
                        BulkheadSettings.from(reader),
                        reader.read(
                                VideoAnalyticsOptions.FRAMES_FORMAT,
                                format -> true,
                                "one of " + List.of(FrameFormat.values())),
                        units(reader),
                        reader.between(VideoAnalyticsOptions.MAX_BEHIND, "1 s", "400 d"),
                        new CameraSettings(
                                watch,
                                policy,
                                reader.between(VideoAnalyticsOptions.CACHED, 1, 10_000_000),
                                reader.between(VideoAnalyticsOptions.FORGET_AFTER, "1 h", "400 d"),
                                quietAfter(watch)),
                        new OutageDetector.Settings(
                                reader.between(VideoAnalyticsOptions.OUTAGE_SHARE, 0.01, 1),
                                reader.between(VideoAnalyticsOptions.OUTAGE_CAMERAS, 2, 1_000_000),
                                reader.between(
                                        VideoAnalyticsOptions.INPUT_SILENT_AFTER, "3 s", "1 d"),
                                SETTLE,
                                policy.isEmitted(AlertType.CAMERA_SILENT),
                                OUTAGE),
                        anomalies(reader, policy),
                        new ModelVersionValidator(
                                versions(reader),
                                directory(reader),
                                reader.between(
                                        VideoAnalyticsOptions.MODELS_SLOWEST, "1 ms", "10 s")));
        reader.throwIfFaulty();
        return settings;
    }

    private static AnomalySettings anomalies(SettingsReader reader, AlertPolicy policy) {
        List<ModelKind> asked =
                Arrays.stream(ModelKind.values()).filter(kind -> kind.isEmitted(policy)).toList();
        double budget = reader.between(VideoAnalyticsOptions.MODELS_BUDGET, 0.1, 10);
        String directory = directory(reader);
        Map<ModelKind, Double> budgets = new EnumMap<>(ModelKind.class);
        List<ModelLocation> servedModels = new ArrayList<>();
        for (ModelKind kind : asked) {
            budgets.put(kind, budget / asked.size());
            servedModels.add(servedModel(reader, kind, directory));
        }
        return new AnomalySettings(
                budgets,
                policy,
                new ModelSwitcher.Factory(servedModels, directory),
                reader.between(VideoAnalyticsOptions.MODELS_BATCH, 1, 4_096),
                reader.between(VideoAnalyticsOptions.MODELS_MAX_WAIT, "0 s", "1 s"),
                reader.between(VideoAnalyticsOptions.MODELS_CACHED, 1, 10_000_000),
                reader.between(VideoAnalyticsOptions.FORGET_AFTER, "1 h", "400 d"));
    }

    private static String directory(SettingsReader reader) {
        return reader.read(VideoAnalyticsOptions.MODELS_DIRECTORY, any -> true, "a directory");
    }

    /** The versions at the start, including those of disabled models. */
    private static Map<ModelKind, String> versions(SettingsReader reader) {
        Map<ModelKind, String> versions = new EnumMap<>(ModelKind.class);
        for (ModelKind kind : ModelKind.values()) {
            versions.put(
                    kind,
                    reader.read(VideoAnalyticsOptions.version(kind), any -> true, "a version"));
        }
        return versions;
    }

    /** An unusable model is a fault of the settings, so that it is found before the start. */
    private static ModelLocation servedModel(
            SettingsReader reader, ModelKind kind, String directory) {
        ConfigOption<String> option = VideoAnalyticsOptions.version(kind);
        String version = reader.read(option, any -> true, "a version");
        ModelLocation servedModel = new ModelLocation(kind, version, directory);
        try {
            servedModel.read();
        } catch (InvalidModelException e) {
            reader.fault(
                    option.key(),
                    version,
                    "a version of the model %s (%s)".formatted(kind.model(), e.getMessage()));
        }
        return servedModel;
    }

    private static BoxUnits units(SettingsReader reader) {
        int width = reader.between(VideoAnalyticsOptions.FRAME_WIDTH, 1, MAX_PIXELS);
        int height = reader.between(VideoAnalyticsOptions.FRAME_HEIGHT, 1, MAX_PIXELS);
        int grid = reader.between(VideoAnalyticsOptions.ONVIF_GRID, 0, MAX_PIXELS);
        return new BoxUnits(width, height, grid);
    }

    /** Well before the silence alert, so that the number of quiet cameras is known by then. */
    private static Duration quietAfter(CameraAnalyzerSettings analyzer) {
        return Duration.ofMillis(analyzer.silence().minPause() * 5 / 9);
    }

    private static CameraAnalyzerSettings analyzer(SettingsReader reader, AlertPolicy policy) {
        CameraAnalyzerSettings typical = CameraAnalyzerSettings.DEFAULT;
        SceneModel.Settings scene = typical.scene();
        return new CameraAnalyzerSettings(
                typical.tracks(),
                new SceneModel.Settings(
                        millis(reader.between(VideoAnalyticsOptions.BUSY_WARM_UP, "1 min", "7 d")),
                        scene.busyTracks(),
                        millis(reader.between(VideoAnalyticsOptions.WARM_UP, "1 min", "7 d")),
                        scene.tracks(),
                        millis(reader.between(VideoAnalyticsOptions.HALF_LIFE, "1 h", "400 d")),
                        scene.sceneryStay()),
                typical.stopped()
                        .after(
                                millis(
                                        reader.between(
                                                VideoAnalyticsOptions.STOPPED_AFTER,
                                                "5 s",
                                                "1 d"))),
                typical.wrongWay()
                        .after(
                                millis(
                                        reader.between(
                                                VideoAnalyticsOptions.WRONG_WAY_AFTER,
                                                "300 ms",
                                                "1 min"))),
                typical.speed()
                        .ratios(
                                reader.between(VideoAnalyticsOptions.SPEEDING_RATIO, 1.05, 10),
                                reader.between(VideoAnalyticsOptions.CRAWLING_RATIO, 0.01, 0.95)),
                typical.loitering()
                        .after(
                                millis(
                                        reader.between(
                                                VideoAnalyticsOptions.LOITERING_AFTER,
                                                "10 s",
                                                "1 d"))),
                typical.crowd().of(reader.between(VideoAnalyticsOptions.CROWD_PEOPLE, 3, 60)),
                typical.congestion()
                        .of(reader.between(VideoAnalyticsOptions.CONGESTION_VEHICLES, 2, 60)),
                typical.abandoned()
                        .after(
                                millis(
                                        reader.between(
                                                VideoAnalyticsOptions.ABANDONED_AFTER,
                                                "5 s",
                                                "1 d"))),
                typical.zone()
                        .after(
                                millis(
                                        reader.between(
                                                VideoAnalyticsOptions.ZONE_AFTER, "0 s", "1 h"))),
                typical.line(),
                typical.silence()
                        .after(
                                millis(
                                        reader.between(
                                                VideoAnalyticsOptions.SILENT_AFTER,
                                                "2 s",
                                                "15 min"))),
                typical.frozenStream()
                        .after(
                                millis(
                                        reader.between(
                                                VideoAnalyticsOptions.FROZEN_AFTER, "2 s", "1 d"))),
                typical.sceneChange(),
                typical.consistency(),
                policy.off());
    }

    private static long millis(Duration duration) {
        return duration.toMillis();
    }
}
