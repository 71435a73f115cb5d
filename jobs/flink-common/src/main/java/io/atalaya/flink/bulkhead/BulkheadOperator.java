package io.atalaya.flink.bulkhead;

import io.atalaya.contracts.topic.Traceable;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

import java.util.ArrayList;
import java.util.List;

/**
 * An operator whose work on a key is a unit of a {@link Bulkhead}. Keyed timers are units by
 * themselves; a subclass runs its inputs, and what else it does for a key, by {@link #bulkhead}.
 *
 * @param <OUT> type of its main output
 */
public abstract class BulkheadOperator<OUT> extends AbstractStreamOperator<OUT> {
    private static final long serialVersionUID = 1L;

    /** A failed timer whose work must not be lost is set again after this time. */
    protected static final long RETRY_MS = 60_000;

    private final BulkheadSettings settings;
    private final boolean isKeyedByDevice;

    protected transient Bulkhead bulkhead;
    private transient List<ValueState<?>> states;

    /**
     * @param isKeyedByDevice keys are device ids
     */
    protected BulkheadOperator(BulkheadSettings settings, boolean isKeyedByDevice) {
        this.settings = settings;
        this.isKeyedByDevice = isKeyedByDevice;
    }

    /**
     * Puts the state of the current key in order after a failure. What {@link #valueState} gave is
     * as it was before the unit already.
     *
     * @param isRepeated the key failed again at once, so its state has to be a new one
     */
    protected void recover(Object key, boolean isRepeated) throws Exception {
        if (isRepeated) {
            clearStates();
        }
    }

    /** A keyed state whose changes a failed unit takes back. */
    protected final <T> ValueState<T> valueState(ValueStateDescriptor<T> descriptor)
            throws Exception {
        ValueState<T> state = bulkhead.guard(getPartitionedState(descriptor));
        states.add(state);
        return state;
    }

    /** Clears all that {@link #valueState} gave, for the current key. */
    protected final void clearStates() {
        states.forEach(ValueState::clear);
    }

    /** Works on an input of a key; see {@link Bulkhead#run}. */
    protected final boolean run(
            Object key, StreamRecord<? extends Traceable> input, Bulkhead.Work work)
            throws Exception {
        return bulkhead.run(key, input.getTimestamp(), input.getValue(), work);
    }

    @Override
    protected void setup(
            StreamTask<?, ?> task, StreamConfig config, Output<StreamRecord<OUT>> target) {
        bulkhead = new Bulkhead(settings, isKeyedByDevice);
        states = new ArrayList<>();
        super.setup(task, config, bulkhead.hold(target));
    }

    /** Nothing is worked on before this. */
    @Override
    public void open() throws Exception {
        super.open();
        // Flink's own getOperatorName() is the task's: all operators chained in it, and its
        // attempt.
        String name = config.getOperatorName();
        bulkhead.open(
                name == null ? getOperatorName() : name,
                getKeyedStateBackend(),
                getMetricGroup(),
                getProcessingTimeService()::getCurrentProcessingTime,
                this::recover);
    }

    @Override
    public <K, N> InternalTimerService<N> getInternalTimerService(
            String name, TypeSerializer<N> namespaces, Triggerable<K, N> triggerable) {
        return bulkhead.hold(
                super.getInternalTimerService(name, namespaces, bulkhead.guard(triggerable)));
    }
}
