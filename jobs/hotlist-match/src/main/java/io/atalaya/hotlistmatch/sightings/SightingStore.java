package io.atalaya.hotlistmatch.sightings;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sightings of one subtask's folded plates: a list each, appended to without being read.
 * Bounded in number at the append and in age by {@link #sweep}; Flink's TTL on a list of elements
 * of varying length would filter through JNI at every compaction.
 */
final class SightingStore {
    private static final String ROWS = "sightings";

    private final KeyedStateBackend<Long> backend;
    private final ListState<Row> rows;
    private final SightingIndex index = new SightingIndex();
    private final long retention;
    private final int maxPerPlate;
    private PastListener listener;
    private long[] sweep = {};
    private int swept;

    SightingStore(KeyedStateBackend<Long> backend, Duration retention, int maxPerPlate)
            throws Exception {
        this.backend = backend;
        this.retention = retention.toMillis();
        this.maxPerPlate = maxPerPlate;
        this.rows =
                backend.getPartitionedState(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        new ListStateDescriptor<>(ROWS, RowFormat.INSTANCE.typeInfo()));
    }

    /** To be called before anything is kept or restored. */
    void tell(PastListener to) {
        listener = to;
    }

    SightingIndex index() {
        return index;
    }

    /**
     * Reads the index back from state after a restore, by its keys alone: to decode every row of
     * the retention would hold up the start. Each plate counts as seen at {@code now}, at most a
     * look-up too many, until {@link #sweep} passes it.
     */
    void restoreIndex(long now) {
        try (Stream<Long> keys = backend.getKeys(ROWS, VoidNamespace.INSTANCE)) {
            keys.forEach(
                    key -> {
                        index.set(key, now, 1);
                        listener.restored(key);
                    });
        }
    }

    /** Appends under the current key. */
    void append(long key, Row row, long arrival) throws Exception {
        rows.add(row);
        // Twice the bound, so that the cost of pruning is spread over as many appends.
        if (index.touch(key, arrival, 1) > 2 * maxPerPlate) {
            prune(key, Long.MIN_VALUE);
        }
    }

    /** The elements of a plate, oldest first; empty when there are none. */
    List<Row> read(long key) throws Exception {
        backend.setCurrentKey(key);
        Iterable<Row> stored = rows.get();
        List<Row> list = new ArrayList<>();
        if (stored != null) {
            stored.forEach(list::add);
        }
        return list;
    }

    /**
     * Drops what is older than the retention from the next {@code plates} plates of an endless
     * walk.
     */
    void sweep(int plates, long now) throws Exception {
        for (int i = 0; i < plates; i++) {
            if (swept == sweep.length) {
                index.endWalk();
                sweep = index.keys();
                swept = 0;
                index.beginWalk();
                if (sweep.length == 0) {
                    return;
                }
            }
            prune(sweep[swept++], now - retention);
        }
    }

    private void prune(long key, long horizon) throws Exception {
        List<Row> list = read(key);
        List<Row> kept =
                new ArrayList<>(list.subList(Math.max(0, list.size() - maxPerPlate), list.size()));
        kept.removeIf(row -> row.event().at() < horizon);
        if (kept.size() < list.size()) {
            rows.update(kept);
            listener.kept(key, kept);
        }
        index.set(key, lastArrival(kept), kept.size());
    }

    private static long lastArrival(List<Row> list) {
        long last = 0;
        for (Row row : list) {
            last = Math.max(last, row.event().at());
        }
        return last;
    }
}
