package io.atalaya.hotlistmatch;

import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.kafka.AlertRecordOperator;
import io.atalaya.flink.kafka.DeadLetterSerializationSchema;
import io.atalaya.flink.kafka.KafkaConnectors;
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

/** The job {@code hotlist-match}: matches plate reads with the hot list. */
public final class HotlistMatchJob {
    public static final String NAME = "hotlist-match";

    /** The topics that it reads, excluding the topic of alerts, which it also writes. */
    public static final List<String> INPUT_TOPICS = Account.HOTLIST_MATCH.inputTopics();

    private HotlistMatchJob() {}

    /** Runs the job; arguments are options, {@code --key value}, see OPTIONS.md. */
    public static void main(String[] args) throws Exception {
        HotlistMatchSettings settings;
        try {
            settings =
                    HotlistMatchSettings.from(
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
    public static void build(StreamExecutionEnvironment env, HotlistMatchSettings settings) {
        refuseUnfitCluster(env);
        FlushThreads.in(env);
        KafkaConnectors kafka = new KafkaConnectors(settings.kafka());
        HotlistMatchOutputs outputs =
                HotlistMatchPipeline.build(
                        settings,
                        new HotlistMatchInputs(
                                source(
                                        env,
                                        HotlistMatchOperatorId.PLATE_READS,
                                        kafka.reads(Topics.PLATE_READS),
                                        KafkaConnectors.arrival()),
                                source(
                                        env,
                                        HotlistMatchOperatorId.RFID_READS,
                                        kafka.reads(Topics.RFID_READS),
                                        KafkaConnectors.arrival()),
                                whole(
                                        env,
                                        HotlistMatchOperatorId.HOTLIST,
                                        kafka.whole(Topics.HOTLIST)),
                                whole(
                                        env,
                                        HotlistMatchOperatorId.DEVICES,
                                        kafka.whole(Topics.DEVICES)),
                                whole(
                                        env,
                                        HotlistMatchOperatorId.DISPOSITIONS,
                                        kafka.whole(Topics.DISPOSITIONS)),
                                whole(
                                        env,
                                        HotlistMatchOperatorId.PUBLISHED,
                                        kafka.whole(Topics.ALERTS))));
        SingleOutputStreamOperator<RawRecord> records =
                AlertRecordOperator.records(
                        NAME,
                        HotlistMatchOperatorId.ALERT_RECORDS,
                        outputs.alerts(),
                        settings.bulkhead());
        HotlistMatchOperatorId.ALERTS.on(beforeTheSavepoint(records).sinkTo(kafka.sink("alerts")));
        HotlistMatchOperatorId.DEAD_LETTER.on(
                outputs.deadLetters()
                        .union(HotlistMatchOperatorId.ALERT_RECORDS.deadLettersOf(records))
                        .sinkTo(
                                kafka.sink(
                                        "dead-letter", new DeadLetterSerializationSchema(NAME))));
    }

    private static SingleOutputStreamOperator<RawRecord> beforeTheSavepoint(
            DataStream<RawRecord> alerts) {
        return HotlistMatchOperatorId.FENCE.on(
                alerts.transform(
                        HotlistMatchOperatorId.FENCE.label(),
                        RawRecordSerializer.INSTANCE.typeInfo(),
                        new SavepointFence<>()));
    }

    /**
     * Reads a compacted topic with one subtask, which keeps the order per key; these records are
     * few compared with reads.
     */
    private static SingleOutputStreamOperator<RawRecord> whole(
            StreamExecutionEnvironment env,
            HotlistMatchOperatorId step,
            KafkaSource<RawRecord> source) {
        return source(env, step, source, KafkaConnectors.followingTheReads()).setParallelism(1);
    }

    private static SingleOutputStreamOperator<RawRecord> source(
            StreamExecutionEnvironment env,
            HotlistMatchOperatorId step,
            KafkaSource<RawRecord> source,
            WatermarkStrategy<RawRecord> clock) {
        return env.fromSource(source, clock, step.label()).uid(step.uid());
    }

    /** Rejects cluster settings that would otherwise fail at the first restore. */
    private static void refuseUnfitCluster(StreamExecutionEnvironment env) {
        if (env.getCheckpointConfig().isUnalignedCheckpointsEnabled()) {
            throw new InvalidSettingsException(
                    List.of(
                            "execution.checkpointing.unaligned.enabled: got 'true', expected false: the prefilter is "
                                    + "written by one subtask for all, which holds with aligned barriers only"));
        }
    }
}
