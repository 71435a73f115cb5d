package io.atalaya.bench.overload;

import io.atalaya.flink.rocksdb.RocksDbTuning;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionJobInfo;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.FlushJobInfo;
import org.rocksdb.Priority;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteStallCondition;
import org.rocksdb.WriteStallInfo;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Databases whose flushes and compactions wait while the test wants. With compactions held, a few
 * flushes are enough for RocksDB to stop its writers. All is static, because Flink creates the
 * factory by its name; one test at a time can use it.
 */
final class HeldRocksDb {
    static final Gate FLUSHES = new Gate();
    static final Gate COMPACTIONS = new Gate();

    private static final AtomicInteger STOPPED_TABLES = new AtomicInteger();

    private static final long MEMORY_TABLE_BYTES = 64 << 10;

    /** Many, so that flushes that wait stop no writers. */
    private static final int MEMORY_TABLES = 64;

    /** With fewer a checkpoint could wait for a compaction that is not due. */
    private static final int FILES_BEFORE_COMPACTION = 2;

    private static final int FILES_BEFORE_STOP = 4;

    /** As many as the job has databases, because held compactions keep the threads of all tests. */
    private static final int COMPACTION_THREADS = 32;

    private HeldRocksDb() {}

    /** What goes through it waits while it is closed. */
    static final class Gate {
        private boolean isClosed;

        synchronized void close() {
            isClosed = true;
        }

        synchronized void open() {
            isClosed = false;
            notifyAll();
        }

        private synchronized void pass() {
            try {
                while (isClosed) {
                    wait();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("a thread of RocksDB was interrupted", e);
            }
        }
    }

    /** The settings of a job whose databases are held. */
    static Configuration settings() {
        return new Configuration().set(RocksDBOptions.OPTIONS_FACTORY, Options.class.getName());
    }

    /** Whether any database stops its writers. */
    static boolean areWritersStopped() {
        return STOPPED_TABLES.get() > 0;
    }

    private static final class Listener extends AbstractEventListener {
        Listener() {
            super(
                    EnabledEventCallback.ON_FLUSH_BEGIN,
                    EnabledEventCallback.ON_COMPACTION_BEGIN,
                    EnabledEventCallback.ON_STALL_CONDITIONS_CHANGED);
        }

        @Override
        public void onFlushBegin(RocksDB db, FlushJobInfo flush) {
            FLUSHES.pass();
        }

        @Override
        public void onCompactionBegin(RocksDB db, CompactionJobInfo compaction) {
            COMPACTIONS.pass();
        }

        @Override
        public void onStallConditionsChanged(WriteStallInfo table) {
            if (table.getCurrentCondition() == WriteStallCondition.STOPPED) {
                STOPPED_TABLES.incrementAndGet();
            } else if (table.getPreviousCondition() == WriteStallCondition.STOPPED) {
                STOPPED_TABLES.decrementAndGet();
            }
        }
    }

    /** The project's settings of RocksDB, with the listener and the low limits. */
    public static final class Options implements RocksDBOptionsFactory {
        private static final long serialVersionUID = 1L;

        private final RocksDbTuning tuning = new RocksDbTuning();

        @Override
        public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> handles) {
            Env.getDefault().incBackgroundThreadsIfNeeded(COMPACTION_THREADS, Priority.LOW);
            Listener listener = new Listener();
            handles.add(listener);
            return tuning.createDBOptions(options, handles).setListeners(List.of(listener));
        }

        @Override
        public ColumnFamilyOptions createColumnOptions(
                ColumnFamilyOptions options, Collection<AutoCloseable> handles) {
            return tuning.createColumnOptions(options, handles)
                    .setWriteBufferSize(MEMORY_TABLE_BYTES)
                    .setMaxWriteBufferNumber(MEMORY_TABLES)
                    .setLevel0FileNumCompactionTrigger(FILES_BEFORE_COMPACTION)
                    .setLevel0SlowdownWritesTrigger(FILES_BEFORE_STOP)
                    .setLevel0StopWritesTrigger(FILES_BEFORE_STOP);
        }
    }
}
