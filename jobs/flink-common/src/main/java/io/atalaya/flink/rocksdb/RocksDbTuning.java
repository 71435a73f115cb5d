package io.atalaya.flink.rocksdb;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionOptionsUniversal;
import org.rocksdb.CompactionStyle;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.Priority;

import java.util.Collection;

/**
 * Settings of RocksDB that keep alerts from waiting for it, and that Flink has no options for.
 *
 * <ul>
 *   <li>Threads for all steps of a job to flush their memory tables at the same time. A checkpoint
 *       stops each step until RocksDB has written its memory tables. All databases of a process
 *       share the writing threads. RocksDB starts a quarter as many of them as one database may
 *       have background jobs: one, for Flink's two. Twenty databases with two or three tables each
 *       then wait for one another, and each for the disk. The number of concurrent compactions
 *       stays as configured ({@code state.backend.rocksdb.thread.num}).
 *   <li>One job of RocksDB flushes all tables of a step ("atomic flush"). Otherwise a checkpoint
 *       has each flushed alone, and for each the step waits until a thread of RocksDB has a
 *       processor, and then for one of its own, which takes longer than to write a few rows. The
 *       price: a table whose memory is full has the others flushed, too, which then have small
 *       files.
 *   <li>Compactions wait for more files, of which every checkpoint makes one or two, and join files
 *       of about the same age ("universal"). RocksDB's default joins what has changed with all that
 *       its keys lie between, so that a large state with few changes, such as a list of a million
 *       entries, is written again each time. The price is disk: what was overwritten or has expired
 *       takes at most as much of it as the state itself, plus a copy while all is joined.
 *   <li>Bloom filters, because a read would otherwise search each of these files for its key.
 * </ul>
 */
public final class RocksDbTuning implements RocksDBOptionsFactory {
    private static final long serialVersionUID = 1L;

    /** As many as a process may have steps that flush at a time. Most of the time they wait. */
    private static final int FLUSH_THREADS = 32;

    /** RocksDB's default is 4. A read looks into each of these files; writers slow down at 20. */
    private static final int FILES_BEFORE_COMPACTION = 8;

    /**
     * RocksDB's default is 200. All of a state is joined when more than this share of it is new.
     */
    private static final int MAX_STALE_PERCENT = 100;

    /** Sets this factory and the filters for a job, unless its cluster or user has set others. */
    public static void in(StreamExecutionEnvironment env) {
        Configuration own = new Configuration();
        set(RocksDBOptions.OPTIONS_FACTORY, RocksDbTuning.class.getName(), own, env);
        set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true, own, env);
        env.configure(own);
    }

    private static <T> void set(
            ConfigOption<T> option, T value, Configuration own, StreamExecutionEnvironment env) {
        if (!env.getConfiguration().getOptional(option).isPresent()) {
            own.set(option, value);
        }
    }

    @Override
    public DBOptions createDBOptions(
            DBOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
        Env.getDefault().incBackgroundThreadsIfNeeded(FLUSH_THREADS, Priority.HIGH);
        return currentOptions.setAtomicFlush(true);
    }

    @Override
    public ColumnFamilyOptions createColumnOptions(
            ColumnFamilyOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
        CompactionOptionsUniversal universal = new CompactionOptionsUniversal();
        handlesToClose.add(universal);
        return currentOptions
                .setLevel0FileNumCompactionTrigger(FILES_BEFORE_COMPACTION)
                .setCompactionStyle(CompactionStyle.UNIVERSAL)
                .setCompactionOptionsUniversal(
                        universal.setMaxSizeAmplificationPercent(MAX_STALE_PERCENT));
    }
}
