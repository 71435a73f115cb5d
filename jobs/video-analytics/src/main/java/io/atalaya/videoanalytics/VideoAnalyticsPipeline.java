package io.atalaya.videoanalytics;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.flink.job.JobGraph;
import io.atalaya.flink.kafka.ModelAnswerSerializationSchema;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.videoanalytics.anomaly.AnomalyOperator;
import io.atalaya.videoanalytics.anomaly.ModelRequestResult;
import io.atalaya.videoanalytics.anomaly.ModelRequestResultOperator;
import io.atalaya.videoanalytics.anomaly.ModelVersionValidatorFunction;
import io.atalaya.videoanalytics.anomaly.Observation;
import io.atalaya.videoanalytics.camera.CameraOperator;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;
import io.atalaya.videoanalytics.outage.LinkEvent;
import io.atalaya.videoanalytics.outage.OutageOperator;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

import java.util.concurrent.TimeUnit;

/**
 * The operator graph of the job.
 *
 * <pre>
 * camera-frames ─> parse ─> cameras (deviceId): tracks, scene, detectors, health ─────────> alerts
 * devices ───────> parse ────┘ (deviceId)    │
 *                                            ├─ silence, pauses ─> outages (one subtask) ─> alerts
 *                                            └─ completed tracks, activity samples
 *                                                 └─> anomalies (deviceId): models, alert budget ─> alerts
 * model-control ─> validated ─> accepted ═ broadcast ═> anomalies
 *                     └─ accepted or rejected ─> model-answers
 *
 * every operator: invalid records and models, internal errors ─> dead-letter
 *                                               internal errors ─> faults (deviceId) ─> alerts
 * </pre>
 */
public final class VideoAnalyticsPipeline {
    /** The uid of the operator with the cameras' state. */
    public static final String CAMERAS = "cameras";

    /** Maximum number of requests that are validated at the same time. */
    private static final int TRIALS = 4;

    private final JobGraph graph;
    private final VideoAnalyticsSettings settings;

    private VideoAnalyticsPipeline(JobGraph graph, VideoAnalyticsSettings settings) {
        this.graph = graph;
        this.settings = settings;
    }

    /** Adds the operators and their outputs to a graph. */
    static void build(JobGraph graph, VideoAnalyticsSettings settings) {
        new VideoAnalyticsPipeline(graph, settings).build();
    }

    private void build() {
        var seen = cameras(frames());
        var silences = outages(seen.getSideOutput(CameraOperator.LINKS));
        var versions = versions(graph.whole(Topics.MODEL_CONTROL, "model control"));
        var anomalies = anomalies(seen.getSideOutput(CameraOperator.OBSERVATIONS), versions);
        graph.output(
                Topics.MODEL_ANSWERS,
                "answers",
                versions.getSideOutput(ModelRequestResultOperator.ANSWERS),
                new ModelAnswerSerializationSchema(Topics.MODEL_ANSWERS));
        graph.addAlerts("scenes", seen);
        graph.addAlerts("outages", silences);
        graph.addAlerts("anomalies", anomalies);
    }

    private DataStream<CameraFrame> frames() {
        return graph.add(
                "parse-camera-frames",
                "parse frames",
                graph.reads(Topics.CAMERA_FRAMES, "camera frames"),
                ParseOperator.ofMessages(
                        settings.bulkhead(),
                        VideoAnalyticsParsers.cameraFrames(
                                settings.frameFormat(),
                                settings.boxUnits(),
                                settings.maxBehind().toMillis()),
                        VideoAnalyticsMetrics.MESSAGES_WITHOUT_FRAME),
                BinaryTypeInfo.of(CameraFrame.class));
    }

    private SingleOutputStreamOperator<Alert> cameras(DataStream<CameraFrame> frames) {
        return graph.add(
                CAMERAS,
                "cameras: scene, detectors, health",
                frames.keyBy(CameraFrame::deviceId, Types.STRING)
                        .connect(graph.devices().keyBy(DeviceChange::deviceId, Types.STRING)),
                new CameraOperator(settings.cameras(), settings.bulkhead()),
                BinaryTypeInfo.of(Alert.class));
    }

    private DataStream<Alert> outages(DataStream<LinkEvent> links) {
        return graph.add(
                        "outages",
                        "outages: many cameras silent at once",
                        links,
                        new OutageOperator(settings.outages(), settings.bulkhead()),
                        BinaryTypeInfo.of(Alert.class))
                .setParallelism(1);
    }

    /**
     * Validates requests outside the task thread; their order is kept, so that the last request
     * wins.
     */
    private SingleOutputStreamOperator<ModelRequestResult> versions(
            DataStream<RawRecord> modelControl) {
        String name = "model validation";
        var tried =
                AsyncDataStream.orderedWait(
                                modelControl,
                                new ModelVersionValidatorFunction(settings.models(), name),
                                ModelVersionValidatorFunction.LIMIT.toMillis(),
                                TimeUnit.MILLISECONDS,
                                TRIALS)
                        .returns(BinaryTypeInfo.of(ModelRequestResult.class))
                        .uid("model-validation")
                        .name(name)
                        .setParallelism(1);
        return graph.add(
                        "model-requests",
                        "model requests: accepted or rejected",
                        tried,
                        new ModelRequestResultOperator(settings.bulkhead()),
                        BinaryTypeInfo.of(ModelRequestResult.class))
                .setParallelism(1);
    }

    private DataStream<Alert> anomalies(
            DataStream<Observation> observations, DataStream<ModelRequestResult> versions) {
        return graph.add(
                "anomalies",
                "anomalies: trajectories, activity",
                observations.keyBy(Observation::deviceId, Types.STRING),
                versions,
                new AnomalyOperator(settings.anomalies(), settings.bulkhead()),
                BinaryTypeInfo.of(Alert.class));
    }
}
