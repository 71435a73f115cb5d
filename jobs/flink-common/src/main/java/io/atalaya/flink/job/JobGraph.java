package io.atalaya.flink.job;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.bulkhead.FaultAlertOperator;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.flink.kafka.RawRecordSerializationSchema;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.flink.state.StateOnHeap;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.streaming.api.datastream.ConnectedStreams;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The operators of a job between its sources and its outputs. Each has a uid, which identifies its
 * state in savepoints, so changing it drops state, and a name for Flink's pages and metrics.
 */
public final class JobGraph {
    /**
     * Buffer timeout of an operator with little output. Each record is sent at once, which saves
     * each of its edges a thread that would wake every few milliseconds with seldom anything to
     * send.
     */
    public static final long AT_ONCE = 0;

    private final Function<Source, DataStream<RawRecord>> sources;
    private final List<SingleOutputStreamOperator<?>> operators = new ArrayList<>();
    private final List<String> onHeap = new ArrayList<>();
    private final List<Output<?>> outputs = new ArrayList<>();
    private final Map<String, DataStream<Alert>> alerts = new LinkedHashMap<>();
    private final DataStream<DeviceChange> devices;
    private DataStream<DeadLetter> deadLetters;

    /**
     * A topic that the job reads.
     *
     * @param isWhole whether it is reference data, which is read from the beginning without
     *     restored state, by one subtask; otherwise its records advance the watermark
     */
    public record Source(String topic, String uid, String name, boolean isWhole) {}

    /** What the job writes to a topic beside alerts and dead letters. */
    public record Output<T>(
            String topic,
            String name,
            DataStream<T> stream,
            KafkaRecordSerializationSchema<T> records) {}

    private JobGraph(Function<Source, DataStream<RawRecord>> sources, BulkheadSettings bulkhead) {
        this.sources = sources;
        this.devices =
                add(
                                "parse-devices",
                                "parse devices",
                                whole(Topics.DEVICES, "devices"),
                                ParseOperator.ofDevices(bulkhead, DeviceChange::read),
                                BinaryTypeInfo.of(DeviceChange.class))
                        .setParallelism(1)
                        .setBufferTimeout(AT_ONCE);
    }

    /**
     * Builds the graph of a job.
     *
     * @param sources raw records of a topic, whose Flink timestamp is their arrival time
     */
    public static <S extends JobSettings> JobGraph of(
            JobDefinition<S> job, S settings, Function<Source, DataStream<RawRecord>> sources) {
        JobGraph graph = new JobGraph(sources, settings.bulkhead());
        job.build(graph, settings);
        graph.deadLetters = graph.collectDeadLetters();
        graph.addAlerts("faults", graph.faults(job.name()));
        return graph;
    }

    /** The records of a topic that grows with the traffic; they advance the watermark. */
    public DataStream<RawRecord> reads(String topic, String name) {
        return reads(topic, topic, name);
    }

    /** The same under another uid than the topic's name, which a sink may have. */
    public DataStream<RawRecord> reads(String topic, String uid, String name) {
        return sources.apply(new Source(topic, uid, name, false));
    }

    /** The records of a topic with reference data. */
    public DataStream<RawRecord> whole(String topic, String name) {
        return whole(topic, topic, name);
    }

    /** The same under another uid than the topic's name, which a sink may have. */
    public DataStream<RawRecord> whole(String topic, String uid, String name) {
        return sources.apply(new Source(topic, uid, name, true));
    }

    /** The registrations of devices, which every job reads, in order for each device. */
    public DataStream<DeviceChange> devices() {
        return devices;
    }

    /** Adds an operator with one input. */
    public <I, O> SingleOutputStreamOperator<O> add(
            String uid,
            String name,
            DataStream<I> input,
            OneInputStreamOperator<I, O> operator,
            TypeInformation<O> type) {
        return added(uid, operator, input.transform(name, type, operator));
    }

    /** Adds an operator with two inputs. */
    public <A, B, O> SingleOutputStreamOperator<O> add(
            String uid,
            String name,
            ConnectedStreams<A, B> inputs,
            TwoInputStreamOperator<A, B, O> operator,
            TypeInformation<O> type) {
        return added(uid, operator, inputs.transform(name, type, operator));
    }

    /**
     * Adds an operator with a keyed and a broadcast input, for which Flink has no public API unless
     * it is a function.
     */
    public <A, B, O> SingleOutputStreamOperator<O> add(
            String uid,
            String name,
            KeyedStream<A, ?> keyed,
            DataStream<B> broadcast,
            TwoInputStreamOperator<A, B, O> operator,
            TypeInformation<O> type) {
        SingleOutputStreamOperator<O> added =
                add(uid, name, keyed.connect(broadcast.broadcast()), operator, type);
        keyByFirstInput((TwoInputTransformation<?, ?, ?>) added.getTransformation(), keyed);
        return added;
    }

    @SuppressWarnings("unchecked")
    private static <A> void keyByFirstInput(
            TwoInputTransformation<?, ?, ?> transformation, KeyedStream<A, ?> keyed) {
        ((TwoInputTransformation<A, ?, ?>) transformation)
                .setStateKeySelectors(keyed.getKeySelector(), null);
        transformation.setStateKeyType(keyed.getKeyType());
    }

    private <O> SingleOutputStreamOperator<O> added(
            String uid, StreamOperator<O> operator, SingleOutputStreamOperator<O> stream) {
        if (operator instanceof StateOnHeap) {
            onHeap.add(uid);
        }
        operators.add(stream.uid(uid));
        return stream;
    }

    /**
     * Adds alerts beside those about the job's own failures, which every job has. Each stream has a
     * sink of its own, because a sink of several would hold back the alerts of the first at each
     * barrier until the barrier of the slowest arrives.
     *
     * @param name of the stream, for the uids and names of its sink
     */
    public void addAlerts(String name, DataStream<Alert> stream) {
        alerts.put(name, stream);
    }

    /** Adds an output beside alerts and dead letters, with its stream's parallelism. */
    public <T> void output(
            String topic,
            String name,
            DataStream<T> stream,
            KafkaRecordSerializationSchema<T> records) {
        outputs.add(new Output<>(topic, name, stream, records));
    }

    /** Adds an output of complete records to a topic. */
    public void output(String topic, String name, DataStream<RawRecord> records) {
        output(topic, name, records, new RawRecordSerializationSchema());
    }

    /** The job's alerts, with those about its own failures. */
    public DataStream<Alert> alerts() {
        return alerts.values().stream().reduce((some, others) -> some.union(others)).orElseThrow();
    }

    /** The same by the name of the stream. */
    public Map<String, DataStream<Alert>> alertStreams() {
        return Collections.unmodifiableMap(alerts);
    }

    /** The dead letters of all operators. */
    public DataStream<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** The uids of the operators whose keyed state is on the heap. */
    public List<String> onHeap() {
        return Collections.unmodifiableList(onHeap);
    }

    /** The outputs beside alerts and dead letters. */
    public List<Output<?>> outputs() {
        return outputs;
    }

    private DataStream<DeadLetter> collectDeadLetters() {
        return operators.stream()
                .map(JobGraph::deadLettersOf)
                .reduce((some, others) -> some.union(others))
                .orElseThrow();
    }

    /**
     * The operator's dead letters. An operator with little output in the same task passes them on,
     * so that the edge has no thread that wakes often even where the operator itself is busy.
     */
    static DataStream<DeadLetter> deadLettersOf(SingleOutputStreamOperator<?> operator) {
        return operator.getSideOutput(Bulkhead.DEAD_LETTERS)
                .map(letter -> letter, BinaryTypeInfo.of(DeadLetter.class))
                .uid(operator.getTransformation().getUid() + "-dead-letters")
                .name(operator.getName() + ": dead letters")
                .setParallelism(operator.getParallelism())
                .setBufferTimeout(AT_ONCE);
    }

    /**
     * An operator that is not among those whose dead letters it reads. One subtask, because each
     * with state is a database more that writes to disk at every barrier.
     */
    private DataStream<Alert> faults(String job) {
        return deadLetters
                .keyBy(FaultAlertOperator::key, Types.STRING)
                .connect(
                        devices()
                                .keyBy(
                                        each -> FaultAlertOperator.key(each.deviceId()),
                                        Types.STRING))
                .transform(
                        "faults: alerts about failures",
                        BinaryTypeInfo.of(Alert.class),
                        new FaultAlertOperator(job))
                .uid("faults")
                .setParallelism(1)
                .setBufferTimeout(AT_ONCE);
    }
}
