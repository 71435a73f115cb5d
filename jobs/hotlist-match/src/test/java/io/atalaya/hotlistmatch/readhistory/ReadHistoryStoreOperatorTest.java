package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.flink.progress.SubtaskKeys;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.StoredRead;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.StoredRead.ReadHistoryListener;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.SerializedEvent;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.enrichedRead;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static org.assertj.core.api.Assertions.assertThat;

/** The store does what one list for each plate would do. */
class ReadHistoryStoreOperatorTest {
    private static final int PLATES = 60;
    private static final int MAX_PER_PLATE = 40;
    private static final Duration RETENTION = Duration.ofHours(6);

    /** Rows of one block differ by at most this and by the disorder of the arrivals. */
    private static final long MAX_SPAN_MS = 3_600_000;

    private static final long DISORDER_MS = 60_000;

    /** A call of the store for a key. */
    private record Call(long key, Use use) {}

    @FunctionalInterface
    private interface Use {
        void on(StoreOperator operator) throws Exception;
    }

    /** A stored read of the oracle. */
    private record Row(StoredRead read, long arrival) {}

    private final Map<Long, List<Row>> oracle = new HashMap<>();
    private long horizon;
    private long now = NOON;
    private int reads;

    @ParameterizedTest
    @CsvSource({"HEAP, 1", "HEAP, 2", "HEAP, 3", "ROCKSDB, 4"})
    void isTheSameAsOneListPerPlate(Backend backend, long seed) throws Exception {
        Random random = new Random(seed);
        List<Subtask<Call, Void, EntryEvent>> subtasks =
                List.of(Subtask.start(store(), backend, NOON));
        for (int round = 0; round < 30; round++) {
            // Busy and quiet times: full blocks, and blocks that hold rows for long.
            boolean isBusy = random.nextBoolean();
            for (int i = 0; i < (isBusy ? 3_000 : 20); i++) {
                now += random.nextInt(isBusy ? 50 : 600_000);
                step(subtasks, random);
            }
            switch (random.nextInt(4)) {
                case 0 -> subtasks.get(0).checkpoint();
                case 1 -> subtasks = Subtask.rescale(subtasks, 1 + random.nextInt(3));
                case 2 -> sweep(subtasks);
                default -> {}
            }
            requireSame(subtasks);
        }
        now += RETENTION.toMillis() + MAX_SPAN_MS + DISORDER_MS;
        for (int i = 0; i < 20; i++) {
            sweep(subtasks);
        }
        requireSame(subtasks);
        for (Subtask<Call, Void, EntryEvent> subtask : subtasks) {
            if (backend == Backend.HEAP) {
                assertThat(subtask.keyedStateEntries()).isZero();
            }
            subtask.close();
        }
    }

    private void step(List<Subtask<Call, Void, EntryEvent>> subtasks, Random random)
            throws Exception {
        // A few plates have most of the reads.
        int plate = (int) (PLATES * Math.pow(random.nextDouble(), 3));
        long key = plate % 7 == 6 ? Long.MIN_VALUE + plate : key(plate);
        int what = random.nextInt(500);
        if (what == 0) {
            call(
                    subtasks,
                    key,
                    operator -> {
                        operator.store.evict(key);
                        operator.listened.remove(key);
                    });
            oracle.remove(key);
        } else if (what == 1) {
            fails(subtasks, key, operator -> operator.store.evict(key));
        } else {
            long arrival = now - random.nextInt((int) DISORDER_MS);
            String device = "ARCO-".repeat(1 + random.nextInt(5));
            StoredRead row =
                    new StoredRead(
                            key < 0 ? 0 : random.nextBoolean() ? key : key + 1,
                            SerializedEvent.of(
                                    enrichedRead(read(device, "R" + reads++, arrival, "YBC1001"))));
            Use append = operator -> operator.store.append(key, row, arrival);
            if (what < 100) {
                fails(subtasks, key, append);
            } else {
                call(
                        subtasks,
                        key,
                        operator -> {
                            append.on(operator);
                            operator.listened.add(key);
                        });
                oracle.computeIfAbsent(key, any -> new ArrayList<>()).add(new Row(row, arrival));
            }
        }
    }

    private static void call(List<Subtask<Call, Void, EntryEvent>> subtasks, long key, Use use)
            throws Exception {
        subtasks.get(Subtask.of(key, subtasks.size()))
                .first(
                        new Call(
                                key,
                                operator -> {
                                    operator.undoes.clear();
                                    use.on(operator);
                                    assertThat(operator.getCurrentKey()).isEqualTo(key);
                                }));
    }

    private static void fails(List<Subtask<Call, Void, EntryEvent>> subtasks, long key, Use use)
            throws Exception {
        call(
                subtasks,
                key,
                operator -> {
                    use.on(operator);
                    if (operator.store.index().size() % 2 == 0) {
                        use.on(operator);
                    }
                    operator.undo();
                    operator.setCurrentKey(key);
                });
    }

    private void sweep(List<Subtask<Call, Void, EntryEvent>> subtasks) throws Exception {
        horizon = now - RETENTION.toMillis();
        forEach(
                subtasks,
                operator -> {
                    operator.undoes.clear();
                    operator.store.sweep(now, (key, work) -> work.run());
                });
    }

    private void requireSame(List<Subtask<Call, Void, EntryEvent>> subtasks) throws Exception {
        Set<Long> stored = new HashSet<>();
        for (int plate = 0; plate < PLATES; plate++) {
            long key = plate % 7 == 6 ? Long.MIN_VALUE + plate : key(plate);
            List<Row> all = oracle.getOrDefault(key, List.of());
            call(
                    subtasks,
                    key,
                    operator -> {
                        List<StoredRead> found = operator.store.read(key);
                        assertThat(found)
                                .isEqualTo(
                                        all.subList(all.size() - found.size(), all.size()).stream()
                                                .map(Row::read)
                                                .toList());
                        int missing = all.size() - found.size();
                        if (found.size() < MAX_PER_PLATE) {
                            assertThat(all.subList(0, missing))
                                    .allMatch(row -> row.arrival() < horizon);
                        }
                        assertThat(all.subList(missing, all.size()))
                                .allMatch(
                                        row ->
                                                row.arrival()
                                                        >= horizon - MAX_SPAN_MS - DISORDER_MS);
                        assertThat(operator.store.index().contains(key))
                                .isEqualTo(!found.isEmpty());
                        if (!found.isEmpty()) {
                            stored.add(key);
                            long last = all.stream().mapToLong(Row::arrival).max().orElseThrow();
                            assertThat(operator.store.index().keysSince(last)).contains(key);
                            if (!TagKey.isTag(key)) {
                                LongArrayList near = new LongArrayList();
                                operator.store.index().forEachNear(key, near::add);
                                assertThat(near.contains(key)).isTrue();
                            }
                        }
                    });
        }
        Set<Long> known = new HashSet<>();
        forEach(
                subtasks,
                operator -> {
                    Set<Long> own = new HashSet<>();
                    for (long key : operator.store.index().keys()) {
                        own.add(key);
                    }
                    assertThat(operator.listened).isEqualTo(own);
                    known.addAll(own);
                });
        assertThat(known).isEqualTo(stored);
    }

    private static void forEach(List<Subtask<Call, Void, EntryEvent>> subtasks, Use use)
            throws Exception {
        long[] keys = SubtaskKeys.of(Subtask.MAX_PARALLELISM, subtasks.size());
        for (int i = 0; i < keys.length; i++) {
            subtasks.get(i).first(new Call(keys[i], use));
        }
    }

    private static long key(int plate) {
        return CanonicalPlate.fold(CanonicalPlate.pack("YBC" + (1_000 + 7 * plate)));
    }

    private static Subtask.Blueprint<EntryEvent> store() {
        return new Subtask.Blueprint<>(
                EntryEvent.class,
                (maxParallelism, parallelism, index) ->
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                new StoreOperator(),
                                Call::key,
                                Types.LONG,
                                maxParallelism,
                                parallelism,
                                index));
    }

    /** Gives the store its state. */
    private static final class StoreOperator extends AbstractStreamOperator<EntryEvent>
            implements OneInputStreamOperator<Call, EntryEvent> {
        private static final long serialVersionUID = 1L;

        private transient ReadHistoryStore store;
        private transient List<Work> undoes;

        /** The plates that the listener knows. */
        private transient Set<Long> listened;

        @Override
        public void initializeState(StateInitializationContext context) throws Exception {
            super.initializeState(context);
            undoes = new ArrayList<>();
            listened = new HashSet<>();
            TaskInfo task = getRuntimeContext().getTaskInfo();
            store =
                    new ReadHistoryStore(
                            getKeyedStateBackend(),
                            task.getMaxNumberOfParallelSubtasks(),
                            KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                                    task.getMaxNumberOfParallelSubtasks(),
                                    task.getNumberOfParallelSubtasks(),
                                    task.getIndexOfThisSubtask()),
                            RETENTION,
                            MAX_PER_PLATE,
                            undoes::add);
            store.emit(
                    new ReadHistoryListener() {
                        @Override
                        public void restored(long key) {
                            listened.add(key);
                        }

                        @Override
                        public void dropped(long key) {
                            listened.remove(key);
                        }
                    });
            store.restore();
        }

        @Override
        public void processElement(StreamRecord<Call> call) throws Exception {
            call.getValue().use().on(this);
        }

        @Override
        public void snapshotState(StateSnapshotContext context) throws Exception {
            super.snapshotState(context);
            store.flush();
        }

        void undo() throws Exception {
            for (int i = undoes.size() - 1; i >= 0; i--) {
                undoes.get(i).run();
            }
            undoes.clear();
        }
    }
}
