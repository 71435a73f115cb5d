package io.atalaya.testutils;

import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

import java.util.function.Supplier;

/**
 * State backend: the heap shows a corrupt state if a stored object is modified, RocksDB does not.
 */
public enum Backend {
    HEAP(HashMapStateBackend::new),
    ROCKSDB(Backend::rocksDb);

    private final Supplier<StateBackend> factory;

    Backend(Supplier<StateBackend> factory) {
        this.factory = factory;
    }

    StateBackend create() {
        return factory.get();
    }

    /** Not from managed memory, of which the harness has almost none. */
    private static StateBackend rocksDb() {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.getMemoryConfiguration().setUseManagedMemory(false);
        return backend;
    }
}
