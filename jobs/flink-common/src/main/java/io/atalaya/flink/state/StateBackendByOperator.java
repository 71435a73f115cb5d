package io.atalaya.flink.state;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.StateBackendFactory;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamingJobGraphGenerator;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the keyed state of some operators on the heap, and of all others in RocksDB. Flink has one
 * state backend for a job, but asks it for each operator. A savepoint in the canonical format does
 * not depend on the choice; one in the native format does.
 */
public final class StateBackendByOperator implements StateBackend {
    private static final long serialVersionUID = 1L;

    private static final ConfigOption<List<String>> ON_HEAP =
            ConfigOptions.key("atalaya.state.on-heap")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription("Ids of the operators whose state is on the heap.");

    private final StateBackend heap;
    private final StateBackend rocksDb;
    private final ArrayList<String> onHeap;

    private StateBackendByOperator(ReadableConfig config, ClassLoader loader) {
        heap = new HashMapStateBackend().configure(config, loader);
        rocksDb = new EmbeddedRocksDBStateBackend().configure(config, loader);
        onHeap = new ArrayList<>(config.get(ON_HEAP));
    }

    /** Creates the backend that a job's configuration names. */
    public static final class Factory implements StateBackendFactory<StateBackendByOperator> {
        @Override
        public StateBackendByOperator createFromConfig(ReadableConfig config, ClassLoader loader) {
            return new StateBackendByOperator(config, loader);
        }
    }

    /**
     * Sets this backend for a job, unless its configuration names another one than RocksDB.
     *
     * @param uids of the operators whose state is on the heap
     */
    public static void in(StreamExecutionEnvironment env, List<String> uids) {
        ReadableConfig known = env.getConfiguration();
        String chosen =
                known.getOptional(StateBackendOptions.STATE_BACKEND)
                        .orElse(StateBackendLoader.ROCKSDB_STATE_BACKEND_NAME);
        boolean isOwn = chosen.equals(Factory.class.getName());
        if (uids.isEmpty()
                || !isOwn && !chosen.equals(StateBackendLoader.ROCKSDB_STATE_BACKEND_NAME)) {
            return;
        }
        // Several jobs may share an environment.
        List<String> ids = new ArrayList<>(known.get(ON_HEAP));
        for (String uid : uids) {
            ids.add(StreamingJobGraphGenerator.generateOperatorID(uid).toString());
        }
        Configuration own = new Configuration();
        own.set(StateBackendOptions.STATE_BACKEND, Factory.class.getName());
        own.set(ON_HEAP, ids);
        env.configure(own);
    }

    @Override
    public <K> CheckpointableKeyedStateBackend<K> createKeyedStateBackend(
            KeyedStateBackendParameters<K> parameters) throws Exception {
        // Class, id and subtask: CameraOperator_3b4…_(1/2)
        String operator = parameters.getOperatorIdentifier();
        boolean isOnHeap = onHeap.stream().anyMatch(id -> operator.contains("_" + id + "_"));
        return (isOnHeap ? heap : rocksDb).createKeyedStateBackend(parameters);
    }

    @Override
    public OperatorStateBackend createOperatorStateBackend(
            OperatorStateBackendParameters parameters) throws Exception {
        return rocksDb.createOperatorStateBackend(parameters);
    }

    @Override
    public boolean useManagedMemory() {
        return rocksDb.useManagedMemory();
    }

    @Override
    public boolean supportsNoClaimRestoreMode() {
        return rocksDb.supportsNoClaimRestoreMode();
    }

    @Override
    public boolean supportsSavepointFormat(SavepointFormatType format) {
        return rocksDb.supportsSavepointFormat(format);
    }
}
