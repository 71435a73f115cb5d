package io.atalaya.testutils;

import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

import java.util.function.Supplier;

/** Where state lives: objects on the heap tear if they are changed, bytes in RocksDB do not. */
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

    /** The harness has no managed memory to speak of. */
    private static StateBackend rocksDb() {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.getMemoryConfiguration().setUseManagedMemory(false);
        return backend;
    }
}
