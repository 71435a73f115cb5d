package io.atalaya.testutils;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.transformations.KeyedBroadcastStateTransformation;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.apache.flink.streaming.api.transformations.UnionTransformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput.DataOutput;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.StatusWatermarkValve;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * A whole job graph on operator harnesses, one subtask per step, wired like the pipeline itself,
 * without broker, cluster or threads. Every edge is a queue of serialized elements. As in a
 * cluster, order holds within an edge but not between edges: {@link #deliver} picks the next edge
 * at random, {@link #drain} empties all of them.
 */
public final class PipelineHarness implements AutoCloseable {
    private static final int FIRST_BUFFER = 4_096;

    private final Map<Transformation<?>, HarnessedStep> steps = new LinkedHashMap<>();
    private final Map<String, Port> sources = new LinkedHashMap<>();
    private final List<Edge> busy = new ArrayList<>();
    private final DataOutputSerializer buffer = new DataOutputSerializer(FIRST_BUFFER);
    private final DataInputDeserializer input = new DataInputDeserializer();
    private final BiConsumer<String, Object> onElement;
    private final Backend backend;
    private long now;
    private long checkpoints;

    /**
     * Starts the steps that the outputs need.
     *
     * @param outputs output streams and their consumers
     * @param onElement receives every element that leaves a step, with the step's uid
     */
    public PipelineHarness(
            Map<DataStream<?>, BiConsumer<Object, Long>> outputs,
            Backend backend,
            long now,
            BiConsumer<String, Object> onElement)
            throws Exception {
        this.backend = backend;
        this.now = now;
        this.onElement = onElement;
        for (var output : outputs.entrySet()) {
            for (Port port : ports(output.getKey().getTransformation())) {
                port.edges.add(new Edge(port, new Sink(output.getValue()), 0, 0));
            }
        }
        for (HarnessedStep step : steps.values()) {
            step.open(backend, now, null);
        }
    }

    /** An input of a graph, fed by {@link #feed}. */
    public static <T> DataStream<T> source(
            StreamExecutionEnvironment env, String name, TypeInformation<T> type) {
        return new DataStream<>(env, new SourceTransformation<>(name, type));
    }

    private static final class SourceTransformation<T> extends Transformation<T> {
        private SourceTransformation(String name, TypeInformation<T> type) {
            super(name, type, 1);
        }

        @Override
        protected List<Transformation<?>> getTransitivePredecessorsInternal() {
            return List.of(this);
        }

        @Override
        public List<Transformation<?>> getInputs() {
            return List.of();
        }
    }

    private List<Port> ports(Transformation<?> transformation) throws Exception {
        if (transformation instanceof UnionTransformation<?>) {
            List<Port> all = new ArrayList<>();
            for (Transformation<?> each : transformation.getInputs()) {
                all.addAll(ports(each));
            }
            return all;
        }
        if (transformation instanceof PartitionTransformation<?>) {
            return ports(transformation.getInputs().get(0));
        }
        if (transformation instanceof SideOutputTransformation<?> side) {
            List<Port> ports = new ArrayList<>();
            for (Port main : ports(side.getInputs().get(0))) {
                ports.add(main.step.sidePort(side.getOutputTag()));
            }
            return ports;
        }
        if (transformation instanceof SourceTransformation<?>) {
            return List.of(
                    sources.computeIfAbsent(
                            transformation.getName(),
                            name -> new Port(null, transformation.getOutputType())));
        }
        HarnessedStep step = steps.get(transformation);
        if (step == null) {
            step = step(transformation);
        }
        return List.of(step.main);
    }

    private HarnessedStep step(Transformation<?> transformation) throws Exception {
        List<List<Port>> inputs = new ArrayList<>();
        for (Transformation<?> each : inputs(transformation)) {
            inputs.add(ports(each));
        }
        HarnessedStep step = new HarnessedStep(transformation);
        // Added after its inputs, so that the steps are in the order in which a barrier reaches
        // them.
        steps.put(transformation, step);
        for (int i = 0; i < inputs.size(); i++) {
            List<Port> channels = inputs.get(i);
            step.valves.add(null);
            step.channels.add(channels.size());
            for (int channel = 0; channel < channels.size(); channel++) {
                Port port = channels.get(channel);
                port.edges.add(new Edge(port, step, i, channel));
            }
        }
        return step;
    }

    private static List<Transformation<?>> inputs(Transformation<?> transformation) {
        if (transformation instanceof OneInputTransformation<?, ?>
                || transformation instanceof TwoInputTransformation<?, ?, ?>
                || transformation instanceof KeyedBroadcastStateTransformation<?, ?, ?, ?>) {
            return transformation.getInputs();
        }
        throw new IllegalArgumentException(
                transformation
                        + ": got "
                        + transformation.getClass().getSimpleName()
                        + ", expected one that has an operator, or joins streams");
    }

    /** Adds an element to the edges of a source. */
    public void feed(String source, Object element, long timestamp) {
        Port port = source(source);
        // Not serialized, because the operator after a source is chained to it.
        for (Edge edge : port.edges) {
            edge.add(new StreamRecord<>(element, timestamp));
        }
    }

    /** Advances the watermark of a source. */
    public void watermark(String source, long time) {
        Watermark watermark = new Watermark(time);
        source(source).edges.forEach(edge -> edge.add(watermark));
    }

    /** Sets whether a source is idle, that is, excluded from the watermark. */
    public void idle(String source, boolean isIdle) {
        WatermarkStatus status = isIdle ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE;
        source(source).edges.forEach(edge -> edge.add(status));
    }

    private Port source(String name) {
        Port port = sources.get(name);
        if (port == null) {
            throw new IllegalArgumentException(
                    "source: got " + name + ", expected one of " + sources.keySet());
        }
        return port;
    }

    /** Whether any edge holds elements. */
    public boolean isBusy() {
        return !busy.isEmpty();
    }

    /** Delivers up to {@code most} elements of one randomly chosen edge. */
    public void deliver(Random random, int most) throws Exception {
        Edge edge = busy.get(random.nextInt(busy.size()));
        for (int i = 0; i < most && !edge.elements.isEmpty(); i++) {
            edge.deliver();
        }
    }

    /** Delivers all elements, including those that result. */
    public void drain() throws Exception {
        while (!busy.isEmpty()) {
            Edge edge = busy.get(busy.size() - 1);
            while (!edge.elements.isEmpty()) {
                edge.deliver();
            }
        }
    }

    /** Advances the processing time of every step, including that of state TTL. */
    public void now(long time) throws Exception {
        now = time;
        for (HarnessedStep step : steps.values()) {
            step.operator.now(time);
        }
    }

    /** Runs the mails that other threads have enqueued for the steps. */
    public void runMails() throws Exception {
        for (HarnessedStep step : steps.values()) {
            step.operator.runMails();
        }
    }

    /** Takes a checkpoint with one aligned barrier; the steps continue. */
    public void checkpoint() throws Exception {
        snapshot();
        for (HarnessedStep step : steps.values()) {
            step.completed(checkpoints);
        }
    }

    /** The same, but every step is closed and restored from it. */
    public void restart() throws Exception {
        restart(now);
    }

    /** The same after a downtime, in which no timer acts. */
    public void restart(long time) throws Exception {
        snapshot();
        now = time;
        for (HarnessedStep step : steps.values()) {
            step.restart(backend, now);
        }
    }

    private void snapshot() throws Exception {
        drain();
        checkpoints++;
        for (HarnessedStep step : steps.values()) {
            step.snapshot(checkpoints, now);
            drain();
        }
    }

    /** The steps, in graph order. */
    public List<HarnessedStep> steps() {
        return List.copyOf(steps.values());
    }

    @Override
    public void close() {
        for (HarnessedStep step : steps.values()) {
            step.operator.close();
        }
    }

    /** Receives the elements of an edge. */
    interface Consumer {
        void element(int input, StreamRecord<?> element) throws Exception;

        void watermark(int input, int channel, Watermark watermark) throws Exception;

        void status(int input, int channel, WatermarkStatus status) throws Exception;
    }

    private record Sink(BiConsumer<Object, Long> target) implements Consumer {
        @Override
        public void element(int input, StreamRecord<?> element) {
            target.accept(
                    element.getValue(), element.hasTimestamp() ? element.getTimestamp() : null);
        }

        @Override
        public void watermark(int input, int channel, Watermark watermark) {}

        @Override
        public void status(int input, int channel, WatermarkStatus status) {}
    }

    /** An output of a step or a source: the main output or a side output. */
    final class Port {
        private final HarnessedStep step;
        private final TypeSerializer<Object> serializer;
        private final List<Edge> edges = new ArrayList<>();

        @SuppressWarnings("unchecked")
        private Port(HarnessedStep step, TypeInformation<?> type) {
            this.step = step;
            serializer = (TypeSerializer<Object>) type.createSerializer(null);
        }
    }

    /** A serialized element on an edge; its timestamp may be null. */
    private record Serialized(byte[] bytes, Long timestamp) {}

    private final class Edge {
        private final Port from;
        private final Consumer to;
        private final int input;
        private final int channel;
        private final Deque<Object> elements = new ArrayDeque<>();

        private Edge(Port from, Consumer to, int input, int channel) {
            this.from = from;
            this.to = to;
            this.input = input;
            this.channel = channel;
        }

        private void add(Object element) {
            if (elements.isEmpty()) {
                busy.add(this);
            }
            elements.add(element);
        }

        private void deliver() throws Exception {
            Object element = elements.remove();
            if (elements.isEmpty()) {
                busy.remove(this);
            }
            if (element instanceof Watermark watermark) {
                to.watermark(input, channel, watermark);
            } else if (element instanceof WatermarkStatus status) {
                to.status(input, channel, status);
            } else if (element instanceof Serialized serialized) {
                to.element(input, read(serialized));
            } else {
                to.element(input, (StreamRecord<?>) element);
            }
        }

        private StreamRecord<Object> read(Serialized serialized) throws IOException {
            PipelineHarness.this.input.setBuffer(serialized.bytes);
            Object value = from.serializer.deserialize(PipelineHarness.this.input);
            return serialized.timestamp == null
                    ? new StreamRecord<>(value)
                    : new StreamRecord<>(value, serialized.timestamp);
        }
    }

    /** One step of the graph with its outputs. */
    public final class HarnessedStep implements Consumer {
        private final HarnessedOperator operator;
        private final String uid;
        private final Port main;
        private final Map<OutputTag<?>, Port> sides = new LinkedHashMap<>();
        private final List<Integer> channels = new ArrayList<>();
        private final List<StatusWatermarkValve> valves = new ArrayList<>();
        private OperatorSubtaskState taken;

        private HarnessedStep(Transformation<?> transformation) {
            uid = transformation.getUid();
            operator = new HarnessedOperator(transformation, new PortOutput(this));
            main = new Port(this, transformation.getOutputType());
        }

        public String uid() {
            return uid;
        }

        /** The harness of its operator. */
        public HarnessedOperator operator() {
            return operator;
        }

        private Port sidePort(OutputTag<?> tag) {
            return sides.computeIfAbsent(tag, each -> new Port(this, each.getTypeInfo()));
        }

        private void open(Backend backend, long now, OperatorSubtaskState snapshot)
                throws Exception {
            Collections.fill(valves, null);
            for (int i = 0; i < valves.size(); i++) {
                valves.set(i, new StatusWatermarkValve(channels.get(i)));
            }
            operator.open(backend, now, snapshot);
        }

        @Override
        public void element(int index, StreamRecord<?> element) throws Exception {
            operator.element(index, element);
        }

        @Override
        public void watermark(int index, int channel, Watermark watermark) throws Exception {
            valves.get(index).inputWatermark(watermark, channel, new ValveOutput(operator, index));
        }

        @Override
        public void status(int index, int channel, WatermarkStatus status) throws Exception {
            valves.get(index)
                    .inputWatermarkStatus(status, channel, new ValveOutput(operator, index));
        }

        private void snapshot(long checkpoint, long time) throws Exception {
            taken = operator.snapshot(checkpoint, time);
        }

        private void restart(Backend backend, long time) throws Exception {
            operator.close();
            open(backend, time, taken);
            taken = null;
        }

        private void completed(long checkpoint) throws Exception {
            operator.completed(checkpoint);
            taken = null;
        }

        private void put(Port port, StreamRecord<?> record) {
            onElement.accept(uid, record.getValue());
            if (port == null || port.edges.isEmpty()) {
                return;
            }
            buffer.clear();
            try {
                port.serializer.serialize(record.getValue(), buffer);
            } catch (IOException e) {
                throw new IllegalStateException(uid + ": serializing an output", e);
            }
            Serialized serialized =
                    new Serialized(
                            buffer.getCopyOfBuffer(),
                            record.hasTimestamp() ? record.getTimestamp() : null);
            port.edges.forEach(edge -> edge.add(serialized));
        }

        private void toAll(Object element) {
            main.edges.forEach(edge -> edge.add(element));
            sides.values().forEach(port -> port.edges.forEach(edge -> edge.add(element)));
        }
    }

    /** Passes the output of an operator to the edges of its step. */
    private static final class PortOutput implements Output<StreamRecord<Object>> {
        private final HarnessedStep step;

        private PortOutput(HarnessedStep step) {
            this.step = step;
        }

        @Override
        public void collect(StreamRecord<Object> record) {
            step.put(step.main, record);
        }

        @Override
        public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
            step.put(step.sides.get(tag), record);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            step.toAll(watermark);
        }

        @Override
        public void emitWatermarkStatus(WatermarkStatus status) {
            step.toAll(status);
        }

        @Override
        public void emitLatencyMarker(LatencyMarker marker) {}

        @Override
        public void emitRecordAttributes(RecordAttributes attributes) {}

        @Override
        public void emitWatermark(WatermarkEvent watermark) {}

        @Override
        public void close() {}
    }

    /** Passes the output of a valve to one input of an operator. */
    private record ValveOutput(HarnessedOperator operator, int input)
            implements DataOutput<Object> {
        @Override
        public void emitRecord(StreamRecord<Object> record) throws Exception {
            operator.element(input, record);
        }

        @Override
        public void emitWatermark(Watermark watermark) throws Exception {
            operator.watermark(input, watermark);
        }

        @Override
        public void emitWatermarkStatus(WatermarkStatus status) throws Exception {
            operator.status(input, status);
        }

        @Override
        public void emitLatencyMarker(LatencyMarker marker) {}

        @Override
        public void emitRecordAttributes(RecordAttributes attributes) {}

        @Override
        public void emitWatermark(WatermarkEvent watermark) {}
    }
}
