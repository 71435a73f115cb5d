package io.atalaya.testutils;

import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.flink.metrics.DeclaredMetric;
import io.atalaya.flink.metrics.MetricsDoc;
import io.atalaya.flink.options.InvalidSettingsException;
import io.atalaya.flink.options.OptionsDoc;
import io.atalaya.flink.rocksdb.RocksDbTuning;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What holds for every job: its class path, pages, operators and environment. */
public abstract class JobChecks {
    private final JobDefinition<?> job;
    private final Class<?> metrics;
    private final String operators;

    /**
     * @param metrics declares the job's metrics, one constant each
     * @param operators uid and name of every operator, including Flink's own, in order. An operator
     *     with a missing or changed uid loses its state.
     */
    protected JobChecks(JobDefinition<?> job, Class<?> metrics, String operators) {
        this.job = job;
        this.metrics = metrics;
        this.operators = operators;
    }

    @Test
    void isTheOnlyJobOnItsClassPath() {
        assertThat(JobDefinition.all()).extracting(JobDefinition::name).containsExactly(job.name());
    }

    @Test
    void itsOptionsAreDocumented() throws IOException {
        page("OPTIONS.md").says(OptionsDoc.markdown(job.name(), job.options()));
    }

    @Test
    void itsMetricsAreDocumented() throws IOException {
        page("METRICS.md").says(MetricsDoc.markdown(job.name(), job.metrics()));
    }

    @Test
    void everyDeclaredMetricIsListedOnce() {
        assertThat(job.metrics()).containsAll(declared());
        assertThat(job.metrics()).extracting(DeclaredMetric::name).doesNotHaveDuplicates();
    }

    @Test
    void operatorsHaveTheExpectedUidsAndNames() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        StreamGraph graph = added(configuration).getStreamGraph(false);

        assertThat(graph.getStreamNodes().stream().map(JobChecks::line).sorted())
                .containsExactlyElementsOf(operators.lines().toList());
        // Rejects operators without a uid.
        assertThat(graph.getJobGraph().getNumberOfVertices()).isPositive();
    }

    @Test
    void itsOperatorsFlushAtTheSameTime() {
        StreamGraph graph = added(new Configuration()).getStreamGraph();

        assertThat(graph.getJobConfiguration().get(RocksDBOptions.OPTIONS_FACTORY))
                .isEqualTo(RocksDbTuning.class.getName());
    }

    @Test
    void rejectsUnalignedCheckpoints() {
        Configuration unaligned =
                new Configuration()
                        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1))
                        .set(CheckpointingOptions.ENABLE_UNALIGNED, true);

        assertThatThrownBy(() -> added(unaligned))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("execution.checkpointing.unaligned.enabled: got 'true'");
    }

    @Test
    void failedCheckpointsDoNotRestartIt() {
        assertThat(tolerableFailedCheckpoints(new Configuration(), new Configuration()))
                .isEqualTo(Integer.MAX_VALUE);

        Configuration set =
                new Configuration().set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 7);
        assertThat(tolerableFailedCheckpoints(set, new Configuration())).isEqualTo(7);
    }

    /** Otherwise the broker drops a transaction before a checkpoint commits it. */
    @Test
    void failedCheckpointsRestartItBeforeItsTransactionsExpire() {
        Configuration options =
                new Configuration()
                        .set(KafkaOptions.GUARANTEE, KafkaOptions.Guarantee.EXACTLY_ONCE);
        Configuration checkpoints =
                new Configuration()
                        .set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(2))
                        .set(
                                CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS,
                                Duration.ofSeconds(5));
        assertThat(tolerableFailedCheckpoints(checkpoints, options))
                .as("a transaction of 15 min lives through seven that take 2 min 5 s each")
                .isEqualTo(5);

        checkpoints.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(7));
        assertThat(tolerableFailedCheckpoints(checkpoints, options)).isZero();

        checkpoints.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(10));
        assertThatThrownBy(() -> added(checkpoints, options))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("got a timeout of 600000 ms");

        options.set(KafkaOptions.TRANSACTION_TIMEOUT, Duration.ofDays(1));
        assertThat(tolerableFailedCheckpoints(checkpoints, options))
                .as("a day lives through 142 of 10 min 5 s")
                .isEqualTo(140);
    }

    private int tolerableFailedCheckpoints(Configuration configuration, Configuration options) {
        return added(configuration, options)
                .getCheckpointConfig()
                .getTolerableCheckpointFailureNumber();
    }

    private StreamExecutionEnvironment added(Configuration configuration) {
        return added(configuration, new Configuration());
    }

    private StreamExecutionEnvironment added(Configuration configuration, Configuration options) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        job.addTo(env, options);
        return env;
    }

    private List<DeclaredMetric> declared() {
        return Arrays.stream(metrics.getFields())
                .filter(field -> field.getType() == DeclaredMetric.class)
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(JobChecks::value)
                .toList();
    }

    private static DeclaredMetric value(Field field) {
        try {
            return (DeclaredMetric) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static String line(StreamNode node) {
        return node.getTransformationUID() + " = " + node.getOperatorName();
    }

    private GeneratedPage page(String name) {
        return new GeneratedPage(Path.of(name), "jobs/" + job.name(), getClass());
    }
}
