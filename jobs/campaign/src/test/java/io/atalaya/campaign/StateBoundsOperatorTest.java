package io.atalaya.campaign;

import io.atalaya.campaign.Finding.Kind;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.PipelineHarness;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** The checks of state, and the harness below them, on a step that keeps what it receives. */
class StateBoundsOperatorTest {
    private final List<Finding> findings = new ArrayList<>();
    private final List<Object> outputs = new ArrayList<>();

    /** Keeps the text of each key; one that ends in an exclamation mark sets a timer. */
    private static final class Keeper extends KeyedProcessFunction<Character, String, Integer> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<String> kept;

        @Override
        public void open(OpenContext context) {
            kept = getRuntimeContext().getState(new ValueStateDescriptor<>("kept", Types.STRING));
        }

        @Override
        public void processElement(String text, Context context, Collector<Integer> out)
                throws Exception {
            String before = kept.value();
            out.collect(before == null ? 0 : before.length());
            kept.update(text);
            if (text.endsWith("!")) {
                context.timerService().registerEventTimeTimer(1_000);
            }
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<Integer> out) {
            kept.clear();
        }
    }

    @Test
    void reportsStateAndTimersOfRemovedKeys() throws Exception {
        try (PipelineHarness harness = start()) {
            harness.feed("texts", "a!", 0);
            harness.drain();
            check(harness);
            assertThat(findings)
                    .extracting(Finding::signature)
                    .containsExactly("STATE_LEFT keeper: kept", "TIMER_LEFT keeper");

            findings.clear();
            harness.watermark("texts", 1_000);
            harness.drain();
            check(harness);
            assertThat(findings).isEmpty();
        }
    }

    /** Keeps what is broadcast. */
    private static final class Listener
            extends KeyedBroadcastProcessFunction<Character, String, String, Integer> {
        private static final long serialVersionUID = 1L;

        private static final MapStateDescriptor<String, String> HEARD =
                new MapStateDescriptor<>("heard", Types.STRING, Types.STRING);

        @Override
        public void processElement(String text, ReadOnlyContext context, Collector<Integer> out) {}

        @Override
        public void processBroadcastElement(String text, Context context, Collector<Integer> out)
                throws Exception {
            context.getBroadcastState(HEARD).put(text, text);
        }
    }

    @Test
    void reportsBroadcastState() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        DataStream<Integer> nothing =
                PipelineHarness.source(env, "texts", Types.STRING)
                        .keyBy(text -> text.charAt(0), Types.CHAR)
                        .connect(
                                PipelineHarness.source(env, "all", Types.STRING)
                                        .broadcast(Listener.HEARD))
                        .process(new Listener(), Types.INT)
                        .uid("listener");
        try (PipelineHarness harness = start(nothing, Backend.HEAP)) {
            harness.feed("all", "CAM-1", 0);
            harness.feed("all", StateBounds.LAST_KEY, 1);
            harness.drain();
            check(harness);
        }
        assertThat(findings)
                .extracting(Finding::signature, Finding::key)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("STATE_LEFT listener: heard", "CAM-1"));
    }

    @Test
    void reportsATooLargeKey() throws Exception {
        try (PipelineHarness harness = start()) {
            harness.feed("texts", "x".repeat(70_000), 0);
            harness.feed("texts", "y".repeat(60_000), 0);
            harness.drain();
            Map<String, Integer> largest = new TreeMap<>();
            new StateBounds(findings::add, largest).check(harness.steps().get(0));

            assertThat(findings)
                    .extracting(Finding::kind, Finding::key)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(Kind.STATE_TOO_LARGE, "x"));
            assertThat(largest.get("keeper")).isGreaterThan(70_000);
        }
    }

    @Test
    void restoresTheCheckpoint() throws Exception {
        for (Backend backend : Backend.values()) {
            outputs.clear();
            try (PipelineHarness harness = start(backend)) {
                harness.feed("texts", "abc", 0);
                harness.restart();
                harness.feed("texts", "a", 0);
                harness.drain();
            }
            assertThat(outputs).containsExactly(0, 3);
        }
    }

    private void check(PipelineHarness harness) throws Exception {
        new StateBounds(findings::add, new TreeMap<>()).requireEmpty(harness.steps().get(0));
    }

    private PipelineHarness start() throws Exception {
        return start(Backend.HEAP);
    }

    private PipelineHarness start(Backend backend) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        DataStream<Integer> lengths =
                PipelineHarness.source(env, "texts", Types.STRING)
                        .keyBy(text -> text.charAt(0), Types.CHAR)
                        .process(new Keeper(), Types.INT)
                        .uid("keeper");
        return start(lengths, backend);
    }

    private PipelineHarness start(DataStream<Integer> end, Backend backend) throws Exception {
        return new PipelineHarness(
                Map.of(end, (element, timestamp) -> outputs.add(element)),
                backend,
                0,
                (step, element) -> {});
    }
}
