package io.atalaya.videoanalytics;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.flink.bulkhead.FaultAlertOperator;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.flink.device.DeviceChangeRecords;
import io.atalaya.flink.device.DeviceChangeSerializer;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.flink.serializer.AlertSerializer;
import io.atalaya.flink.serializer.CameraFrameSerializer;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.videoanalytics.anomaly.AnomalyOperator;
import io.atalaya.videoanalytics.anomaly.ModelRequestResult;
import io.atalaya.videoanalytics.anomaly.ModelRequestResultOperator;
import io.atalaya.videoanalytics.anomaly.ModelRequestResultSerializer;
import io.atalaya.videoanalytics.anomaly.ModelVersionValidatorFunction;
import io.atalaya.videoanalytics.anomaly.Observation;
import io.atalaya.videoanalytics.camera.CameraOperator;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;
import io.atalaya.videoanalytics.outage.LinkEvent;
import io.atalaya.videoanalytics.outage.OutageOperator;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

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
    /** Maximum number of requests that are validated at the same time. */
    private static final int TRIALS = 4;

    private VideoAnalyticsPipeline() {}

    /** Builds the graph between the given inputs and its outputs. */
    public static VideoAnalyticsOutputs build(
            VideoAnalyticsSettings settings, VideoAnalyticsInputs inputs) {
        var frames =
                parse(
                        VideoAnalyticsOperatorId.PARSE_FRAMES,
                        inputs.cameraFrames(),
                        CameraFrameSerializer.INSTANCE,
                        ParseOperator.ofMessages(
                                settings.bulkhead(),
                                Parsers.cameraFrames(
                                        settings.frameFormat(),
                                        settings.boxUnits(),
                                        settings.maxBehind().toMillis()),
                                VideoAnalyticsMetrics.MESSAGES_WITHOUT_FRAME));
        var devices =
                parse(
                        VideoAnalyticsOperatorId.PARSE_DEVICES,
                        inputs.devices(),
                        DeviceChangeSerializer.INSTANCE,
                        ParseOperator.ofDevices(settings.bulkhead(), DeviceChangeRecords::read));
        var seen = cameras(frames, devices, settings);
        var silences = outages(seen.getSideOutput(CameraOperator.LINKS), settings);
        var versions = versions(inputs.modelControl(), settings);
        var anomalies =
                anomalies(seen.getSideOutput(CameraOperator.OBSERVATIONS), versions, settings);
        var deadLetters =
                VideoAnalyticsOperatorId.PARSE_FRAMES
                        .deadLettersOf(frames)
                        .union(
                                VideoAnalyticsOperatorId.PARSE_DEVICES.deadLettersOf(devices),
                                VideoAnalyticsOperatorId.CAMERAS.deadLettersOf(seen),
                                VideoAnalyticsOperatorId.OUTAGES.deadLettersOf(silences),
                                VideoAnalyticsOperatorId.MODEL_VERSIONS.deadLettersOf(versions),
                                VideoAnalyticsOperatorId.ANOMALIES.deadLettersOf(anomalies));
        var faults =
                FaultAlertOperator.alerts(
                        VideoAnalyticsJob.NAME,
                        VideoAnalyticsOperatorId.FAULTS,
                        deadLetters,
                        devices);
        return new VideoAnalyticsOutputs(
                seen.union(silences, anomalies, faults),
                versions.getSideOutput(ModelRequestResultOperator.ANSWERS),
                deadLetters);
    }

    private static <T> SingleOutputStreamOperator<T> parse(
            VideoAnalyticsOperatorId step,
            DataStream<RawRecord> records,
            RecordSerializer<T> format,
            ParseOperator<T> operator) {
        return step.on(records.transform(step.label(), format.typeInfo(), operator));
    }

    private static SingleOutputStreamOperator<Alert> cameras(
            DataStream<CameraFrame> frames,
            DataStream<DeviceChange> devices,
            VideoAnalyticsSettings settings) {
        return VideoAnalyticsOperatorId.CAMERAS.on(
                frames.keyBy(CameraFrame::deviceId, Types.STRING)
                        .connect(devices.keyBy(DeviceChange::deviceId, Types.STRING))
                        .transform(
                                VideoAnalyticsOperatorId.CAMERAS.label(),
                                AlertSerializer.INSTANCE.typeInfo(),
                                new CameraOperator(settings.cameras(), settings.bulkhead())));
    }

    private static SingleOutputStreamOperator<Alert> outages(
            DataStream<LinkEvent> links, VideoAnalyticsSettings settings) {
        return VideoAnalyticsOperatorId.OUTAGES
                .on(
                        links.transform(
                                VideoAnalyticsOperatorId.OUTAGES.label(),
                                AlertSerializer.INSTANCE.typeInfo(),
                                new OutageOperator(settings.outages(), settings.bulkhead())))
                .setParallelism(1);
    }

    /**
     * Validates requests outside the task thread; their order is kept, so that the last request
     * wins.
     */
    private static SingleOutputStreamOperator<ModelRequestResult> versions(
            DataStream<RawRecord> modelControl, VideoAnalyticsSettings settings) {
        var tried =
                VideoAnalyticsOperatorId.MODEL_TRIALS
                        .on(
                                AsyncDataStream.orderedWait(
                                                modelControl,
                                                new ModelVersionValidatorFunction(
                                                        settings.models(),
                                                        VideoAnalyticsOperatorId.MODEL_TRIALS
                                                                .label()),
                                                ModelVersionValidatorFunction.LIMIT.toMillis(),
                                                TimeUnit.MILLISECONDS,
                                                TRIALS)
                                        .returns(ModelRequestResultSerializer.INSTANCE.typeInfo()))
                        .setParallelism(1);
        return VideoAnalyticsOperatorId.MODEL_VERSIONS
                .on(
                        tried.transform(
                                VideoAnalyticsOperatorId.MODEL_VERSIONS.label(),
                                ModelRequestResultSerializer.INSTANCE.typeInfo(),
                                new ModelRequestResultOperator(settings.bulkhead())))
                .setParallelism(1);
    }

    /**
     * Connects a keyed and a broadcast stream to a custom operator, for which Flink has no public
     * API.
     */
    private static SingleOutputStreamOperator<Alert> anomalies(
            DataStream<Observation> observations,
            DataStream<ModelRequestResult> versions,
            VideoAnalyticsSettings settings) {
        KeyedStream<Observation, String> keyed =
                observations.keyBy(Observation::deviceId, Types.STRING);
        SingleOutputStreamOperator<Alert> anomalies =
                VideoAnalyticsOperatorId.ANOMALIES.on(
                        keyed.connect(versions.broadcast())
                                .transform(
                                        VideoAnalyticsOperatorId.ANOMALIES.label(),
                                        AlertSerializer.INSTANCE.typeInfo(),
                                        new AnomalyOperator(
                                                settings.anomalies(), settings.bulkhead())));
        keyByFirstInput((TwoInputTransformation<?, ?, ?>) anomalies.getTransformation(), keyed);
        return anomalies;
    }

    @SuppressWarnings("unchecked")
    private static <A> void keyByFirstInput(
            TwoInputTransformation<?, ?, ?> transformation, KeyedStream<A, ?> keyed) {
        ((TwoInputTransformation<A, ?, ?>) transformation)
                .setStateKeySelectors(keyed.getKeySelector(), null);
        transformation.setStateKeyType(keyed.getKeyType());
    }
}
