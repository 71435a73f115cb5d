package io.atalaya.flink.state;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamingJobGraphGenerator;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("try") // An interrupted close of the harness fails the test anyway.
class StateBackendByOperatorTest {
    private final Configuration cluster = new Configuration();

    @Test
    void onlyTheNamedOperatorsKeepTheirStateOnTheHeap() throws Exception {
        StreamExecutionEnvironment env = environment();
        StateBackendByOperator.in(env, List.of("small", "changing"));
        StateBackendByOperator.in(env, List.of("of-another-job"));

        assertThat(opened(env, "small")).isInstanceOf(HeapKeyedStateBackend.class);
        assertThat(opened(env, "changing")).isInstanceOf(HeapKeyedStateBackend.class);
        assertThat(opened(env, "of-another-job")).isInstanceOf(HeapKeyedStateBackend.class);
        assertThat(opened(env, "large")).isInstanceOf(RocksDBKeyedStateBackend.class);
        assertThat(backend(env).useManagedMemory()).as("for RocksDB").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "org.example.Own"})
    void keepsAnotherBackendThatIsConfigured(String chosen) {
        cluster.set(StateBackendOptions.STATE_BACKEND, chosen);
        StreamExecutionEnvironment env = environment();

        StateBackendByOperator.in(env, List.of("small"));

        assertThat(env.getConfiguration().get(StateBackendOptions.STATE_BACKEND)).isEqualTo(chosen);
    }

    @Test
    void aJobWithoutSuchAnOperatorKeepsItsBackend() {
        StreamExecutionEnvironment env = environment();

        StateBackendByOperator.in(env, List.of());

        assertThat(env.getConfiguration().getOptional(StateBackendOptions.STATE_BACKEND)).isEmpty();
    }

    private StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.getExecutionEnvironment(cluster);
    }

    private static StateBackend backend(StreamExecutionEnvironment env) throws Exception {
        Configuration ofCluster = new Configuration();
        ofCluster.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        ofCluster.set(RocksDBOptions.USE_MANAGED_MEMORY, false);
        return StateBackendLoader.fromApplicationOrConfigOrDefault(
                null,
                (Configuration) env.getConfiguration(),
                ofCluster,
                StateBackendByOperatorTest.class.getClassLoader(),
                null);
    }

    private static KeyedStateBackend<?> opened(StreamExecutionEnvironment env, String uid)
            throws Exception {
        OperatorID id = StreamingJobGraphGenerator.generateOperatorID(uid);
        var operator = new StreamMap<Integer, Integer>(number -> number);
        try (var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        operator, number -> number, Types.INT)) {
            harness.getStreamConfig().setOperatorID(id);
            harness.getStreamConfig().serializeAllConfigs();
            harness.setStateBackend(backend(env));
            harness.open();
            return operator.getKeyedStateBackend();
        }
    }
}
