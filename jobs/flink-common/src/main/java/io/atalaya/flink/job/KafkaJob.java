package io.atalaya.flink.job;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.kafka.AlertRecordOperator;
import io.atalaya.flink.kafka.DeadLetterSerializationSchema;
import io.atalaya.flink.kafka.KafkaConnectors;
import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.flink.kafka.KafkaSettings;
import io.atalaya.flink.kafka.SavepointFence;
import io.atalaya.flink.options.InvalidSettingsException;
import io.atalaya.flink.rocksdb.RocksDbTuning;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.flink.state.StateBackendByOperator;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.List;
import java.util.Map;

/** Adds jobs to an environment, between the sources and the sinks of their topics. */
final class KafkaJob {
    private final StreamExecutionEnvironment env;
    private final KafkaConnectors kafka;

    KafkaJob(StreamExecutionEnvironment env, KafkaSettings settings) {
        this.env = env;
        this.kafka = new KafkaConnectors(settings);
    }

    <S extends JobSettings> void add(JobDefinition<S> job, S settings) {
        rejectUnalignedCheckpoints();
        tolerateFailedCheckpoints(settings.kafka());
        RocksDbTuning.in(env);
        JobGraph graph = JobGraph.of(job, settings, this::source);
        StateBackendByOperator.in(env, graph.onHeap());
        DataStream<DeadLetter> deadLetters = graph.deadLetters();
        for (Map.Entry<String, DataStream<Alert>> alerts : graph.alertStreams().entrySet()) {
            var records =
                    alerts.getValue()
                            .transform(
                                    alerts.getKey() + ": alerts as records",
                                    BinaryTypeInfo.of(RawRecord.class),
                                    new AlertRecordOperator(settings.bulkhead(), job.name()))
                            .uid(alerts.getKey() + "-alert-records");
            records.transform(
                            alerts.getKey() + ": savepoint fence",
                            BinaryTypeInfo.of(RawRecord.class),
                            new SavepointFence<>())
                    .uid(alerts.getKey() + "-savepoint-fence")
                    .sinkTo(kafka.sink(alerts.getKey() + "-" + Topics.ALERTS))
                    .uid(alerts.getKey() + "-" + Topics.ALERTS)
                    .name(alerts.getKey() + ": alerts");
            deadLetters = deadLetters.union(JobGraph.deadLettersOf(records));
        }
        deadLetters
                .sinkTo(
                        kafka.sink(
                                Topics.DEAD_LETTER, new DeadLetterSerializationSchema(job.name())))
                .uid(Topics.DEAD_LETTER)
                .name("dead letters");
        graph.outputs().forEach(this::write);
    }

    /**
     * Rejects a setting that would otherwise fail at a later restore. Some operators also write
     * what one subtask knows for all of them, which is the same in all only if barriers are
     * aligned.
     */
    private void rejectUnalignedCheckpoints() {
        if (env.getCheckpointConfig().isUnalignedCheckpointsEnabled()) {
            throw new InvalidSettingsException(
                    List.of(
                            "execution.checkpointing.unaligned.enabled: got 'true', expected false:"
                                    + " records between operators have no format version, so no"
                                    + " checkpoint may hold them"));
        }
    }

    /**
     * Lets checkpoints fail, unless the cluster or the user has set how often. By default the first
     * one restarts the job. Most fail because the job is slow, and a restart would only add work.
     * With transactions the job must restart before the broker drops one that no checkpoint has
     * committed: it begins in one checkpoint, and ends with the first that completes after it.
     */
    private void tolerateFailedCheckpoints(KafkaSettings settings) {
        if (env.getConfiguration()
                .getOptional(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER)
                .isPresent()) {
            return;
        }
        CheckpointConfig checkpoints = env.getCheckpointConfig();
        int tolerable = Integer.MAX_VALUE;
        if (settings.guarantee() == KafkaOptions.Guarantee.EXACTLY_ONCE) {
            long longest =
                    Math.max(
                            checkpoints.getCheckpointInterval(),
                            checkpoints.getCheckpointTimeout()
                                    + checkpoints.getMinPauseBetweenCheckpoints());
            tolerable = (int) (settings.transactionTimeout().toMillis() / longest) - 2;
        }
        if (tolerable < 0) {
            throw new InvalidSettingsException(
                    List.of(
                            ("execution.checkpointing: got a timeout of %d ms, min-pause %d ms and"
                                            + " interval %d ms, expected at most half of"
                                            + " sink.transaction-timeout (%d ms) for timeout and pause"
                                            + " together, and for the interval, with sink.guarantee"
                                            + " EXACTLY_ONCE: the broker drops a transaction after that"
                                            + " time")
                                    .formatted(
                                            checkpoints.getCheckpointTimeout(),
                                            checkpoints.getMinPauseBetweenCheckpoints(),
                                            checkpoints.getCheckpointInterval(),
                                            settings.transactionTimeout().toMillis())));
        }
        checkpoints.setTolerableCheckpointFailureNumber(tolerable);
    }

    private <T> void write(JobGraph.Output<T> output) {
        output.stream()
                .sinkTo(kafka.sink(output.topic(), output.records()))
                .uid(output.topic())
                .name(output.name())
                .setParallelism(output.stream().getParallelism());
    }

    /**
     * Reads a topic with reference data with one subtask, because its records are few compared with
     * reads. Flink names a source after its whole chain, and warns of more than 80 characters, so
     * nothing is chained to it.
     */
    private DataStream<RawRecord> source(JobGraph.Source source) {
        SingleOutputStreamOperator<RawRecord> records =
                source.isWhole()
                        ? env.fromSource(
                                        kafka.whole(source.topic()),
                                        KafkaConnectors.followingTheReads(),
                                        source.name())
                                .setParallelism(1)
                                .disableChaining()
                        : env.fromSource(
                                kafka.reads(source.topic()),
                                kafka.arrival(source.topic()),
                                source.name());
        return records.uid(source.uid());
    }
}
