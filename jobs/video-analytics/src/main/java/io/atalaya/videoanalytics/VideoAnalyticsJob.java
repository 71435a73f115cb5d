package io.atalaya.videoanalytics;

import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.kafka.AlertRecordOperator;
import io.atalaya.flink.kafka.DeadLetterSerializationSchema;
import io.atalaya.flink.kafka.KafkaConnectors;
import io.atalaya.flink.kafka.ModelAnswerSerializationSchema;
import io.atalaya.flink.kafka.SavepointFence;
import io.atalaya.flink.options.InvalidSettingsException;
import io.atalaya.flink.rocksdb.FlushThreads;
import io.atalaya.flink.serializer.RawRecordSerializer;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

import java.util.List;

/**
 * The job {@code video-analytics}: detects episodes and anomalies in camera frames, and faults of
 * the streams.
 */
public final class VideoAnalyticsJob {
    public static final String NAME = "video-analytics";

    /** The topics that the job reads. */
    public static final List<String> INPUT_TOPICS = Account.VIDEO_ANALYTICS.inputTopics();

    private VideoAnalyticsJob() {}

    /** Arguments are options, {@code --key value}; see OPTIONS.md. */
    public static void main(String[] args) throws Exception {
        VideoAnalyticsSettings settings;
        try {
            settings =
                    VideoAnalyticsSettings.from(
                            Configuration.fromMap(ParameterTool.fromArgs(args).toMap()));
        } catch (InvalidSettingsException e) {
            System.err.println(e.getMessage());
            throw e;
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, settings);
        env.execute(NAME);
    }

    /** Connects the pipeline to Kafka; the caller executes it. */
    public static void build(StreamExecutionEnvironment env, VideoAnalyticsSettings settings) {
        FlushThreads.in(env);
        KafkaConnectors kafka = new KafkaConnectors(settings.kafka());
        VideoAnalyticsOutputs outputs =
                VideoAnalyticsPipeline.build(
                        settings,
                        new VideoAnalyticsInputs(
                                source(
                                        env,
                                        VideoAnalyticsOperatorId.CAMERA_FRAMES,
                                        kafka.reads(Topics.CAMERA_FRAMES),
                                        KafkaConnectors.arrival()),
                                source(
                                        env,
                                        VideoAnalyticsOperatorId.DEVICES,
                                        kafka.whole(Topics.DEVICES),
                                        KafkaConnectors.followingTheReads()),
                                source(
                                        env,
                                        VideoAnalyticsOperatorId.MODEL_CONTROL,
                                        kafka.whole(Topics.MODEL_CONTROL),
                                        KafkaConnectors.followingTheReads())));
        SingleOutputStreamOperator<RawRecord> records =
                AlertRecordOperator.records(
                        NAME,
                        VideoAnalyticsOperatorId.ALERT_RECORDS,
                        outputs.alerts(),
                        settings.bulkhead());
        VideoAnalyticsOperatorId.ALERTS.on(
                beforeTheSavepoint(records).sinkTo(kafka.sink("alerts")));
        VideoAnalyticsOperatorId.MODEL_ANSWERS
                .on(
                        outputs.modelAnswers()
                                .sinkTo(
                                        kafka.sink(
                                                "model-answers",
                                                new ModelAnswerSerializationSchema(
                                                        Topics.MODEL_ANSWERS))))
                // As for the previous operator: a few answers per week need no producer in every
                // subtask.
                .setParallelism(1);
        VideoAnalyticsOperatorId.DEAD_LETTER.on(
                outputs.deadLetters()
                        .union(VideoAnalyticsOperatorId.ALERT_RECORDS.deadLettersOf(records))
                        .sinkTo(
                                kafka.sink(
                                        "dead-letter", new DeadLetterSerializationSchema(NAME))));
    }

    private static SingleOutputStreamOperator<RawRecord> beforeTheSavepoint(
            DataStream<RawRecord> alerts) {
        return VideoAnalyticsOperatorId.FENCE.on(
                alerts.transform(
                        VideoAnalyticsOperatorId.FENCE.label(),
                        RawRecordSerializer.INSTANCE.typeInfo(),
                        new SavepointFence<>()));
    }

    private static SingleOutputStreamOperator<RawRecord> source(
            StreamExecutionEnvironment env,
            VideoAnalyticsOperatorId step,
            KafkaSource<RawRecord> source,
            WatermarkStrategy<RawRecord> clock) {
        return env.fromSource(source, clock, step.label()).uid(step.uid());
    }
}
