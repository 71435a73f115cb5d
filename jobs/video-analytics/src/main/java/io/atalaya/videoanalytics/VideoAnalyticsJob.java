package io.atalaya.videoanalytics;

import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.kafka.AlertRecordOperator;
import io.atalaya.flink.kafka.DeadLetterRecords;
import io.atalaya.flink.kafka.KafkaEnds;
import io.atalaya.flink.kafka.ModelAnswerRecords;
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

/** The job {@code video-analytics}: what cameras see, and whether they see. */
public final class VideoAnalyticsJob {
    public static final String NAME = "video-analytics";

    /** The topics that it reads. */
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

    /** Attaches Kafka to the pipeline; the caller executes. */
    public static void build(StreamExecutionEnvironment env, VideoAnalyticsSettings settings) {
        FlushThreads.in(env);
        KafkaEnds kafka = new KafkaEnds(settings.kafka());
        VideoAnalyticsOutputs outputs =
                VideoAnalyticsPipeline.build(
                        settings,
                        new VideoAnalyticsInputs(
                                source(
                                        env,
                                        Step.CAMERA_FRAMES,
                                        kafka.reads(Topics.CAMERA_FRAMES),
                                        KafkaEnds.arrival()),
                                source(
                                        env,
                                        Step.DEVICES,
                                        kafka.whole(Topics.DEVICES),
                                        KafkaEnds.followingTheReads()),
                                source(
                                        env,
                                        Step.MODEL_CONTROL,
                                        kafka.whole(Topics.MODEL_CONTROL),
                                        KafkaEnds.followingTheReads())));
        SingleOutputStreamOperator<RawRecord> records =
                AlertRecordOperator.records(
                        NAME, Step.ALERT_RECORDS, outputs.alerts(), settings.bulkhead());
        Step.ALERTS.on(beforeTheSavepoint(records).sinkTo(kafka.sink("alerts")));
        Step.MODEL_ANSWERS
                .on(
                        outputs.modelAnswers()
                                .sinkTo(
                                        kafka.sink(
                                                "model-answers",
                                                new ModelAnswerRecords(Topics.MODEL_ANSWERS))))
                // As the step before it: some answers a week need no producer in every subtask.
                .setParallelism(1);
        Step.DEAD_LETTER.on(
                outputs.deadLetters()
                        .union(Step.ALERT_RECORDS.deadLettersOf(records))
                        .sinkTo(kafka.sink("dead-letter", new DeadLetterRecords(NAME))));
    }

    private static SingleOutputStreamOperator<RawRecord> beforeTheSavepoint(
            DataStream<RawRecord> alerts) {
        return Step.FENCE.on(
                alerts.transform(
                        Step.FENCE.label(),
                        RawRecordSerializer.INSTANCE.typeInfo(),
                        new SavepointFence<>()));
    }

    private static SingleOutputStreamOperator<RawRecord> source(
            StreamExecutionEnvironment env,
            Step step,
            KafkaSource<RawRecord> source,
            WatermarkStrategy<RawRecord> clock) {
        return env.fromSource(source, clock, step.label()).uid(step.uid());
    }
}
