package io.atalaya.testutils;

import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * One subtask of an operator in Flink's harness. It can be stopped and restored from its snapshot
 * at any time; as in a cluster, processing time continues and the watermark is reset.
 *
 * @param <B> type of the second input; {@link Void} if there is none
 */
public final class Subtask<A, B, O> implements AutoCloseable {
    /** Number of key groups. */
    public static final int MAX_PARALLELISM = 128;

    /** The factory of one subtask's harness, and the type of its output. */
    public record Blueprint<O>(Class<O> output, Factory<O> factory) {}

    /** Creates the harness of one subtask. */
    @FunctionalInterface
    public interface Factory<O> {
        AbstractStreamOperatorTestHarness<O> create(int maxParallelism, int parallelism, int index)
                throws Exception;
    }

    /** What a subtask does while a checkpoint is written. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private final Blueprint<O> blueprint;
    private final Backend backend;
    private final int parallelism;
    private final int index;
    private AbstractStreamOperatorTestHarness<O> harness;
    private long checkpoints;

    private Subtask(Blueprint<O> blueprint, Backend backend, int parallelism, int index) {
        this.blueprint = blueprint;
        this.backend = backend;
        this.parallelism = parallelism;
        this.index = index;
    }

    /** The only subtask, without state. */
    public static <A, B, O> Subtask<A, B, O> start(
            Blueprint<O> blueprint, Backend backend, long now) throws Exception {
        return start(blueprint, backend, now, 1, 0);
    }

    /** One of several subtasks, without state. */
    public static <A, B, O> Subtask<A, B, O> start(
            Blueprint<O> blueprint, Backend backend, long now, int parallelism, int index)
            throws Exception {
        Subtask<A, B, O> subtask = new Subtask<>(blueprint, backend, parallelism, index);
        subtask.open(now, null);
        return subtask;
    }

    /** The subtasks of a stopped operator at another parallelism. */
    public static <A, B, O> List<Subtask<A, B, O>> rescale(
            List<Subtask<A, B, O>> old, int parallelism) throws Exception {
        Subtask<A, B, O> any = old.get(0);
        OperatorSubtaskState[] states = new OperatorSubtaskState[old.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = old.get(i).snapshot();
        }
        OperatorSubtaskState all = AbstractStreamOperatorTestHarness.repackageState(states);
        long now = any.now();
        for (Subtask<A, B, O> subtask : old) {
            subtask.close();
        }
        List<Subtask<A, B, O>> subtasks = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            Subtask<A, B, O> subtask = new Subtask<>(any.blueprint, any.backend, parallelism, i);
            subtask.open(
                    now,
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            all, MAX_PARALLELISM, old.size(), parallelism, i));
            subtasks.add(subtask);
        }
        return subtasks;
    }

    /** Index of the subtask that owns a key. */
    public static int of(Object key, int parallelism) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                key, MAX_PARALLELISM, parallelism);
    }

    /** Stops the subtask and starts it from its snapshot. Output that was not taken is lost. */
    public void restart() throws Exception {
        restart(now());
    }

    /** The same after an outage that lasted until {@code now} in processing time. */
    public void restart(long now) throws Exception {
        OperatorSubtaskState state = snapshot();
        close();
        open(now, state);
    }

    /**
     * Restarts the subtask from a checkpoint that Flink writes only after more work, which the
     * checkpoint does not contain.
     */
    public void restartFromBefore(Work work) throws Exception {
        checkpoints++;
        harness.prepareSnapshotPreBarrier(checkpoints);
        OperatorSnapshotFutures unwritten =
                harness.getOperator()
                        .snapshotState(
                                checkpoints,
                                now(),
                                CheckpointOptions.forCheckpointWithDefaultLocation(),
                                new MemCheckpointStreamFactory(Integer.MAX_VALUE));
        work.run();
        OperatorSubtaskState state =
                OperatorSnapshotFinalizer.create(unwritten).getJobManagerOwnedState();
        long now = now();
        close();
        open(now, state);
    }

    /** Signals the end of the input. */
    public void finish() throws Exception {
        harness.getOperator().finish();
    }

    /** Takes a checkpoint, continues, and returns the checkpoint's size in bytes. */
    public long checkpoint() throws Exception {
        return snapshot().getStateSize();
    }

    private OperatorSubtaskState snapshot() throws Exception {
        checkpoints++;
        harness.prepareSnapshotPreBarrier(checkpoints);
        return harness.snapshot(checkpoints, now());
    }

    private void open(long now, OperatorSubtaskState state) throws Exception {
        harness = blueprint.factory().create(MAX_PARALLELISM, parallelism, index);
        harness.setStateBackend(backend.create());
        harness.setProcessingTime(now);
        harness.setStateTtlProcessingTime(now);
        harness.setup(BinaryTypeInfo.of(blueprint.output()).createSerializer(null));
        if (state == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(state);
        }
        harness.open();
    }

    public void first(A value) throws Exception {
        first(new StreamRecord<>(value));
    }

    public void first(A value, long timestamp) throws Exception {
        first(new StreamRecord<>(value, timestamp));
    }

    @SuppressWarnings("unchecked")
    private void first(StreamRecord<A> record) throws Exception {
        if (harness instanceof KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> two) {
            ((KeyedTwoInputStreamOperatorTestHarness<?, A, B, O>) two).processElement1(record);
        } else {
            ((KeyedOneInputStreamOperatorTestHarness<?, A, O>) harness).processElement(record);
        }
    }

    @SuppressWarnings("unchecked")
    public void second(B value) throws Exception {
        ((KeyedTwoInputStreamOperatorTestHarness<?, A, B, O>) harness)
                .processElement2(new StreamRecord<>(value));
    }

    /** Advances the watermark on every input. */
    public void watermark(long time) throws Exception {
        if (harness instanceof KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> two) {
            two.processBothWatermarks(new Watermark(time));
        } else {
            ((KeyedOneInputStreamOperatorTestHarness<?, ?, ?>) harness)
                    .processWatermark(new Watermark(time));
        }
    }

    /** Advances processing time, including that of state TTL. */
    public void now(long time) throws Exception {
        harness.setStateTtlProcessingTime(time);
        harness.setProcessingTime(time);
    }

    public long now() {
        return harness.getProcessingTime();
    }

    /** Removes and returns the output since the last call. */
    @SuppressWarnings("unchecked")
    public List<O> drain() {
        List<O> values = new ArrayList<>();
        for (Object element : harness.getOutput()) {
            if (element instanceof StreamRecord<?> record) {
                values.add((O) record.getValue());
            }
        }
        harness.getOutput().clear();
        return values;
    }

    /** Removes and returns the side output since the last call. */
    public <S> List<S> drain(OutputTag<S> tag) {
        Queue<StreamRecord<S>> side = harness.getSideOutput(tag);
        List<S> values = new ArrayList<>();
        if (side != null) {
            side.forEach(record -> values.add(record.getValue()));
            side.clear();
        }
        return values;
    }

    /** Number of keyed state entries; on the heap backend only. */
    public int keyedStateEntries() {
        return harness instanceof KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> two
                ? two.numKeyedStateEntries()
                : ((KeyedOneInputStreamOperatorTestHarness<?, ?, ?>) harness)
                        .numKeyedStateEntries();
    }

    /** Number of keyed timers; a timer must not outlive its key. */
    public int keyedTimers() {
        return harness.numProcessingTimeTimers() + harness.numEventTimeTimers();
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing an operator's harness", e);
        }
    }
}
