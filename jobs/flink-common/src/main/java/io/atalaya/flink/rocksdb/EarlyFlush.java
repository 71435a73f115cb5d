package io.atalaya.flink.rocksdb;

import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend.RocksDbKvStateInfo;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keeps short the time for which a barrier stops a step whose state is in RocksDB.
 *
 * <p>At a barrier a step stands until RocksDB has written its memory tables, which hold all changes
 * since the last checkpoint, and its records and alerts wait. Flink passes the barrier on first, so
 * all steps write at the same time and each takes as long as all of them together. Here
 *
 * <ul>
 *   <li>most is written before, in the background, when the next barrier is expected: as long after
 *       the last one as that came after the one before. This costs one more file for each table and
 *       checkpoint;
 *   <li>steps on the way of alerts do so as late as they can, and write the rest before they pass
 *       the barrier on, so one after the other does, each with the whole machine;
 *   <li>all tables of a step are begun at once. Flink has one written after the other, and for each
 *       the step waits until a thread of RocksDB has a processor, and then for one of its own,
 *       which takes longer than writing a few rows.
 * </ul>
 *
 * <p>A checkpoint's content stays the same.
 */
public final class EarlyFlush {
    private static final Logger LOG = LoggerFactory.getLogger(EarlyFlush.class);

    /** Time for writing everything before the barrier, ms. */
    private static final long LEAD_MS = 1_000;

    /** The same on the way of alerts: what changes after it is written at the barrier. */
    private static final long SHORT_LEAD_MS = 300;

    /** Checkpoints at shorter intervals, as tests have them, find little to write anyway. */
    private static final long MIN_INTERVAL_MS = 4_000;

    /** Pause between two parts of the write-back in ms, in which records are processed. */
    private static final long PAUSE_MS = 5;

    /** A smaller table is written at the barrier, because each file costs compaction. */
    private static final long MIN_BYTES = 3 << 19;

    private static final String BYTES = "rocksdb.cur-size-active-mem-table";
    private static final String ENTRIES = "rocksdb.num-entries-active-mem-table";

    /** What only the heap of a step holds of its state. */
    @FunctionalInterface
    public interface WriteBack {
        /** Writes a part that takes some milliseconds; true if nothing is left. */
        boolean writePart() throws Exception;
    }

    private final RocksDB db;

    /** By name of the state; grows when a state is used for the first time. */
    private final Map<String, RocksDbKvStateInfo> states;

    private final ProcessingTimeService clock;
    private final boolean writesBeforeBarrier;
    private final WriteBack writeBack;
    private long lastBarrier;

    private EarlyFlush(
            RocksDB db,
            Map<String, RocksDbKvStateInfo> states,
            ProcessingTimeService clock,
            boolean writesBeforeBarrier,
            WriteBack writeBack) {
        this.db = db;
        this.states = states;
        this.clock = clock;
        this.writesBeforeBarrier = writesBeforeBarrier;
        this.writeBack = writeBack;
    }

    /**
     * For the state of one subtask; null if it is not in RocksDB, or if this version of Flink keeps
     * its database elsewhere.
     *
     * @param writesBeforeBarrier whether all is written before a barrier is passed on
     */
    public static EarlyFlush of(
            KeyedStateBackend<?> backend,
            ProcessingTimeService clock,
            boolean writesBeforeBarrier,
            WriteBack writeBack) {
        if (!(backend instanceof RocksDBKeyedStateBackend)) {
            return null;
        }
        try {
            @SuppressWarnings("unchecked")
            var states = (Map<String, RocksDbKvStateInfo>) valueOf("kvStateInformation", backend);
            return new EarlyFlush(
                    (RocksDB) valueOf("db", backend),
                    states,
                    clock,
                    writesBeforeBarrier,
                    writeBack);
        } catch (ReflectiveOperationException e) {
            LOG.warn("State is written at barriers only, because Flink's RocksDB is not found", e);
            return null;
        }
    }

    /** Flink offers no other way to the database. */
    private static Object valueOf(String field, KeyedStateBackend<?> backend)
            throws ReflectiveOperationException {
        Field declared = RocksDBKeyedStateBackend.class.getDeclaredField(field);
        declared.setAccessible(true);
        return declared.get(backend);
    }

    /** Must be called at each barrier, before it is passed on. */
    public void onBarrier() throws Exception {
        long now = clock.getCurrentProcessingTime();
        long interval = now - lastBarrier;
        boolean isFirst = lastBarrier == 0;
        lastBarrier = now;
        if (!isFirst && interval >= MIN_INTERVAL_MS) {
            writeAt(now + interval - (writesBeforeBarrier ? SHORT_LEAD_MS : LEAD_MS), now);
        }
        if (writesBeforeBarrier) {
            boolean isWritten;
            do {
                isWritten = writeBack.writePart();
            } while (!isWritten);
            flushAll();
        }
    }

    /** Writes what keyed state has in memory to disk. */
    public void flushAll() throws RocksDBException {
        List<ColumnFamilyHandle> tables = tables(ENTRIES, 1);
        flush(tables, false);
        flush(tables, true);
    }

    private void writeAt(long time, long barrier) {
        clock.registerTimer(time, ignored -> write(barrier));
    }

    /**
     * @param barrier the last one when this was planned; a later one has written everything
     */
    private void write(long barrier) throws Exception {
        if (barrier != lastBarrier) {
            return;
        }
        if (writeBack.writePart()) {
            flush(tables(BYTES, MIN_BYTES), false);
        } else {
            writeAt(clock.getCurrentProcessingTime() + PAUSE_MS, barrier);
        }
    }

    /** The tables of which a property has at least that value. */
    private List<ColumnFamilyHandle> tables(String property, long least) throws RocksDBException {
        List<ColumnFamilyHandle> tables = new ArrayList<>();
        for (RocksDbKvStateInfo state : states.values()) {
            if (db.getLongProperty(state.columnFamilyHandle, property) >= least) {
                tables.add(state.columnFamilyHandle);
            }
        }
        return tables;
    }

    /** Begins to write tables. A call that waits for each waits for what was begun before, too. */
    private void flush(List<ColumnFamilyHandle> tables, boolean waits) throws RocksDBException {
        if (!tables.isEmpty()) {
            try (FlushOptions options =
                    new FlushOptions().setWaitForFlush(waits).setAllowWriteStall(true)) {
                db.flush(options, tables);
            }
        }
    }
}
