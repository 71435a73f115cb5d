package io.atalaya.flink.bulkhead;

import io.atalaya.contracts.topic.Traceable;
import io.atalaya.flink.logging.LimitedLog;
import io.atalaya.flink.state.CachedValueState;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/**
 * An operator whose work on a key is a unit of a {@link Bulkhead}. Keyed timers are units by
 * themselves; a subclass runs its inputs and other work on a key by {@link #bulkhead}.
 *
 * @param <OUT> type of its main output
 */
public abstract class BulkheadOperator<OUT> extends AbstractStreamOperator<OUT> {
    private static final long serialVersionUID = 1L;

    /** Delay until a failed timer is set again, for work that must not be lost. */
    protected static final long RETRY_MS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(BulkheadOperator.class);

    private final BulkheadSettings settings;
    private final boolean isKeyedByDevice;

    protected transient Bulkhead bulkhead;
    private transient List<ValueState<?>> states;
    private transient List<CachedValueState<?>> caches;
    private transient long restoredAt;

    /**
     * @param isKeyedByDevice whether keys are device ids
     */
    protected BulkheadOperator(BulkheadSettings settings, boolean isKeyedByDevice) {
        this.settings = settings;
        this.isKeyedByDevice = isKeyedByDevice;
    }

    /**
     * Repairs the state of the current key after a failure. States from {@link #valueState} already
     * have their values from before the unit.
     *
     * @param isRepeated whether the key failed again at once, so that its state must be replaced
     */
    protected void recover(Object key, boolean isRepeated) throws Exception {
        if (isRepeated) {
            clearStates();
        }
    }

    /** A keyed state whose changes are undone if the unit fails. */
    protected final <T> ValueState<T> valueState(ValueStateDescriptor<T> descriptor)
            throws Exception {
        return guarded(getPartitionedState(descriptor));
    }

    /**
     * The same for values that are used again soon and are costly to decode and encode; see {@link
     * CachedValueState}. The operator must call {@link #trimCaches} after its inputs.
     */
    protected final <T> ValueState<T> cachedValueState(
            ValueStateDescriptor<T> descriptor, int capacity) throws Exception {
        CachedValueState<T> cached =
                new CachedValueState<>(
                        getPartitionedState(descriptor),
                        this::getCurrentKey,
                        this::setCurrentKey,
                        capacity);
        caches.add(cached);
        return guarded(cached);
    }

    /** Evicts values of cached states; to be called between two inputs. */
    protected final void trimCaches() throws Exception {
        for (CachedValueState<?> cached : caches) {
            cached.trim(this::write);
        }
    }

    private boolean write(Object key, CachedValueState.Write write) throws Exception {
        return bulkhead.runTimer(key, write::run);
    }

    private <T> ValueState<T> guarded(ValueState<T> state) {
        ValueState<T> guarded = bulkhead.guard(state);
        states.add(guarded);
        return guarded;
    }

    /** Clears all states from {@link #valueState} for the current key. */
    protected final void clearStates() {
        states.forEach(ValueState::clear);
    }

    /** Processes an input of a key; see {@link Bulkhead#run}. */
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
        caches = new ArrayList<>();
        super.setup(task, config, bulkhead.hold(target));
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        if (context.isRestored()) {
            restoredAt = getProcessingTimeService().getCurrentProcessingTime();
            LOG.info(
                    "{} continues from the state of checkpoint {}",
                    name(),
                    context.getRestoredCheckpointId().orElse(0));
        }
    }

    /** Opens the bulkhead before any work. */
    @Override
    public void open() throws Exception {
        super.open();
        bulkhead.open(
                name(),
                getKeyedStateBackend(),
                getMetricGroup(),
                getProcessingTimeService()::getCurrentProcessingTime,
                this::recover);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        for (CachedValueState<?> cached : caches) {
            cached.flush(this::write);
        }
    }

    /**
     * The operator alone. Flink's own getOperatorName() is the name of the task: all operators
     * chained in it, and its attempt.
     */
    protected final String name() {
        String name = config.getOperatorName();
        return name == null ? getOperatorName() : name;
    }

    /**
     * The wall clock at which this operator continued from a snapshot, epoch ms; 0 if it began with
     * empty state. It may have sent messages after that snapshot that its state does not know, but
     * none with a revision above this time.
     */
    protected final long restoredAt() {
        return restoredAt;
    }

    /** A log for warnings that a burst of records may repeat. */
    protected final LimitedLog limited(Logger log) {
        return new LimitedLog(log, getProcessingTimeService()::getCurrentProcessingTime);
    }

    @Override
    public <K, N> InternalTimerService<N> getInternalTimerService(
            String name, TypeSerializer<N> namespaces, Triggerable<K, N> triggerable) {
        return bulkhead.hold(
                super.getInternalTimerService(name, namespaces, bulkhead.guard(triggerable)));
    }
}
