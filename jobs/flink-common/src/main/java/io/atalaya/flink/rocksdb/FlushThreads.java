package io.atalaya.flink.rocksdb;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.Priority;

import java.util.Collection;

/**
 * Threads enough that the steps of a job flush their memory tables at the same time.
 *
 * <p>A checkpoint stops each step until RocksDB has written what its tables hold in memory. The
 * threads that write are common to all databases of a process, and RocksDB starts a quarter as many
 * of them as one database may have background jobs: of Flink's two, one. Twenty databases with two
 * or three tables each then wait for one another, each for the disk. How many compactions run at a
 * time stays as configured ({@code state.backend.rocksdb.thread.num}).
 */
public final class FlushThreads implements RocksDBOptionsFactory {
    private static final long serialVersionUID = 1L;

    /** As many as a job of ours has steps with state. They wait for the disk most of the time. */
    private static final int THREADS = 16;

    /** Sets it for a job, unless its cluster or its user has set a factory of options. */
    public static void in(StreamExecutionEnvironment env) {
        if (!env.getConfiguration().getOptional(RocksDBOptions.OPTIONS_FACTORY).isPresent()) {
            Configuration own = new Configuration();
            own.set(RocksDBOptions.OPTIONS_FACTORY, FlushThreads.class.getName());
            env.configure(own);
        }
    }

    @Override
    public DBOptions createDBOptions(
            DBOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
        Env.getDefault().incBackgroundThreadsIfNeeded(THREADS, Priority.HIGH);
        return currentOptions;
    }

    @Override
    public ColumnFamilyOptions createColumnOptions(
            ColumnFamilyOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
        return currentOptions;
    }
}
