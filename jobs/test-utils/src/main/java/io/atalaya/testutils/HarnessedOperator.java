package io.atalaya.testutils;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.DefaultOperatorStateBackend;
import org.apache.flink.runtime.state.StateEntry;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.runtime.state.heap.StateTable;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.runtime.state.ttl.TtlAwareSerializer;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.transformations.KeyedBroadcastStateTransformation;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The operator of a transformation in Flink's harness, created again at each start. */
public final class HarnessedOperator {
    private static final int MAX_PARALLELISM = 128;

    private final Transformation<?> transformation;
    private final Output<StreamRecord<Object>> output;
    private AbstractStreamOperatorTestHarness<Object> harness;

    /**
     * One entry of keyed state.
     *
     * @param isExpiring whether it has a time to live, after which Flink drops it at some time
     * @param bytes its serialized size
     */
    public record Entry(String state, Object key, Object value, boolean isExpiring, int bytes) {}

    HarnessedOperator(Transformation<?> transformation, Output<StreamRecord<Object>> output) {
        this.transformation = transformation;
        this.output = output;
    }

    void open(Backend backend, long now, OperatorSubtaskState snapshot) throws Exception {
        harness = harness();
        harness.getStreamConfig().setOperatorName(transformation.getName());
        harness.getExecutionConfig().enableObjectReuse();
        harness.setStateBackend(backend.create());
        // The default rejects more than 5 MB, but the list of a million entries has 130 MB.
        harness.setCheckpointStorage(new JobManagerCheckpointStorage(Integer.MAX_VALUE));
        harness.setOutputCreator(serializer -> output);
        harness.setProcessingTime(now);
        harness.setStateTtlProcessingTime(now);
        harness.setup(serializer(transformation.getOutputType()));
        if (snapshot == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(snapshot);
        }
        harness.open();
    }

    @SuppressWarnings("unchecked")
    private static TypeSerializer<Object> serializer(TypeInformation<?> type) {
        return (TypeSerializer<Object>) type.createSerializer(null);
    }

    @SuppressWarnings("unchecked")
    private AbstractStreamOperatorTestHarness<Object> harness() throws Exception {
        if (transformation instanceof OneInputTransformation<?, ?> one) {
            return harness((OneInputTransformation<Object, Object>) one);
        }
        if (transformation instanceof TwoInputTransformation<?, ?, ?> two) {
            return harness((TwoInputTransformation<Object, Object, Object>) two);
        }
        return harness(
                (KeyedBroadcastStateTransformation<Object, Object, Object, Object>) transformation);
    }

    @SuppressWarnings("unchecked")
    private static AbstractStreamOperatorTestHarness<Object> harness(
            OneInputTransformation<Object, Object> one) throws Exception {
        StreamOperatorFactory<Object> factory = InstantiationUtil.clone(one.getOperatorFactory());
        if (one.getStateKeySelector() != null) {
            return new KeyedOneInputStreamOperatorTestHarness<>(
                    factory,
                    (KeySelector<Object, Object>) one.getStateKeySelector(),
                    (TypeInformation<Object>) one.getStateKeyType(),
                    MAX_PARALLELISM,
                    1,
                    0);
        }
        OneInputStreamOperatorTestHarness<Object, Object> harness =
                new OneInputStreamOperatorTestHarness<>(factory, MAX_PARALLELISM, 1, 0);
        harness.getStreamConfig().setupNetworkInputs(serializer(one.getInputType()));
        harness.getStreamConfig().serializeAllConfigs();
        return harness;
    }

    @SuppressWarnings("unchecked")
    private static AbstractStreamOperatorTestHarness<Object> harness(
            TwoInputTransformation<Object, Object, Object> two) throws Exception {
        SimpleOperatorFactory<Object> factory =
                (SimpleOperatorFactory<Object>) InstantiationUtil.clone(two.getOperatorFactory());
        TwoInputStreamOperator<Object, Object, Object> operator =
                (TwoInputStreamOperator<Object, Object, Object>) factory.getOperator();
        if (two.getStateKeySelector1() == null) {
            return new TwoInputStreamOperatorTestHarness<>(operator, MAX_PARALLELISM, 1, 0);
        }
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                operator,
                (KeySelector<Object, Object>) two.getStateKeySelector1(),
                (KeySelector<Object, Object>) two.getStateKeySelector2(),
                (TypeInformation<Object>) two.getStateKeyType(),
                MAX_PARALLELISM,
                1,
                0);
    }

    private static AbstractStreamOperatorTestHarness<Object> harness(
            KeyedBroadcastStateTransformation<Object, Object, Object, Object> broadcast)
            throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        InstantiationUtil.clone(broadcast.getUserFunction()),
                        broadcast.getBroadcastStateDescriptors()),
                broadcast.getKeySelector(),
                null,
                broadcast.getStateKeyType(),
                MAX_PARALLELISM,
                1,
                0);
    }

    @SuppressWarnings("unchecked")
    void element(int input, StreamRecord<?> element) throws Exception {
        StreamRecord<Object> record = (StreamRecord<Object>) element;
        if (harness instanceof OneInputStreamOperatorTestHarness<?, ?> one) {
            ((OneInputStreamOperatorTestHarness<Object, Object>) one).processElement(record);
        } else if (input == 0) {
            two().processElement1(record);
        } else {
            two().processElement2(record);
        }
    }

    void watermark(int input, Watermark watermark) throws Exception {
        if (harness instanceof OneInputStreamOperatorTestHarness<?, ?> one) {
            one.processWatermark(watermark);
        } else if (input == 0) {
            two().processWatermark1(watermark);
        } else {
            two().processWatermark2(watermark);
        }
    }

    void status(int input, WatermarkStatus status) throws Exception {
        if (harness instanceof OneInputStreamOperatorTestHarness<?, ?> one) {
            one.processWatermarkStatus(status);
        } else if (input == 0) {
            two().processWatermarkStatus1(status);
        } else {
            two().processWatermarkStatus2(status);
        }
    }

    @SuppressWarnings("unchecked")
    private TwoInputStreamOperatorTestHarness<Object, Object, Object> two() {
        return (TwoInputStreamOperatorTestHarness<Object, Object, Object>)
                (AbstractStreamOperatorTestHarness<?>) harness;
    }

    void now(long time) throws Exception {
        harness.setStateTtlProcessingTime(time);
        harness.setProcessingTime(time);
    }

    /** Runs the mails that other threads have enqueued. */
    void runMails() throws Exception {
        TaskMailbox mailbox = harness.getTaskMailbox();
        for (Optional<Mail> mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY);
                mail.isPresent();
                mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY)) {
            mail.get().run();
        }
    }

    OperatorSubtaskState snapshot(long checkpoint, long time) throws Exception {
        harness.prepareSnapshotPreBarrier(checkpoint);
        return harness.snapshot(checkpoint, time);
    }

    void completed(long checkpoint) throws Exception {
        harness.notifyOfCompletedCheckpoint(checkpoint);
    }

    void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing an operator's harness", e);
        }
    }

    /** The operator itself, for access to its heap data. */
    public Object operator() {
        return harness.getOperator();
    }

    /** Number of keyed timers; a timer must not outlive its key. */
    public int keyedTimers() {
        if (harness.getOperator().getKeyedStateBackend() == null) {
            return 0;
        }
        return harness.numProcessingTimeTimers() + harness.numEventTimeTimers();
    }

    /** Its keyed state since the last checkpoint or later; empty unless on the heap backend. */
    public List<Entry> keyedState() throws IOException, ReflectiveOperationException {
        List<Entry> entries = new ArrayList<>();
        if (harness.getOperator().getKeyedStateBackend()
                instanceof HeapKeyedStateBackend<?> onHeap) {
            // By reflection, because Flink only exposes the count of these entries.
            Field tables = HeapKeyedStateBackend.class.getDeclaredField("registeredKVStates");
            tables.setAccessible(true);
            for (Map.Entry<?, ?> table : ((Map<?, ?>) tables.get(onHeap)).entrySet()) {
                read((String) table.getKey(), (StateTable<?, ?, ?>) table.getValue(), entries);
            }
        }
        return entries;
    }

    /** Its broadcast state by state name. */
    public Map<String, Map<?, ?>> broadcastState() throws Exception {
        Map<String, Map<?, ?>> states = new TreeMap<>();
        if (harness.getOperator().getOperatorStateBackend()
                instanceof DefaultOperatorStateBackend backend) {
            // By reflection, because Flink exposes a state only with its descriptor.
            Field registered =
                    DefaultOperatorStateBackend.class.getDeclaredField("registeredBroadcastStates");
            registered.setAccessible(true);
            for (Map.Entry<?, ?> state : ((Map<?, ?>) registered.get(backend)).entrySet()) {
                Map<Object, Object> entries = new HashMap<>();
                for (Map.Entry<?, ?> entry :
                        ((BroadcastState<?, ?>) state.getValue()).immutableEntries()) {
                    entries.put(entry.getKey(), entry.getValue());
                }
                states.put((String) state.getKey(), entries);
            }
        }
        return states;
    }

    private static <K, N, S> void read(String state, StateTable<K, N, S> table, List<Entry> entries)
            throws IOException {
        DataOutputSerializer buffer = new DataOutputSerializer(256);
        TypeSerializer<S> serializer = table.getStateSerializer();
        boolean isExpiring = TtlAwareSerializer.isSerializerTtlEnabled(serializer);
        for (StateEntry<K, N, S> each : table) {
            buffer.clear();
            serializer.serialize(each.getState(), buffer);
            entries.add(
                    new Entry(state, each.getKey(), each.getState(), isExpiring, buffer.length()));
        }
    }
}
