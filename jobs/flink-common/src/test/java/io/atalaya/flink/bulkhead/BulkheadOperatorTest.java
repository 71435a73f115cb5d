package io.atalaya.flink.bulkhead;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.flink.serializer.RecordSerializer;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.OutputTag;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

@SuppressWarnings("try") // An interrupted close of the harness fails the test anyway.
class BulkheadOperatorTest {
    private static final long NOON = 1_700_000_000_000L;
    private static final OutputTag<String> SIDE = new OutputTag<>("side", Types.STRING);

    /** A number to add up by key, with the point of the work at which it fails. */
    private record Input(String key, int number, Fault fault) implements Traceable {
        @Override
        public Origin origin() {
            return Origin.of(
                    key,
                    new RecordAddress("numbers", 0, number),
                    String.valueOf(number).getBytes(StandardCharsets.UTF_8));
        }
    }

    private enum Fault {
        NONE,
        AT_THE_START,
        AFTER_THE_STATE,
        AFTER_THE_OUTPUT,
        AFTER_THE_TIMER,
        IN_A_PART,
        IN_THE_TIMER,
        STACK_OVERFLOW,
        OUT_OF_MEMORY,
        REFUSED_WRITE,
        REFUSED_WRITE_IN_OUR_CODE
    }

    private static final class Sum extends BulkheadOperator<String>
            implements OneInputStreamOperator<Input, String>, Triggerable<String, VoidNamespace> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<Integer> sum;
        private transient ValueState<Integer> poison;
        private transient InternalTimerService<VoidNamespace> timers;

        Sum(BulkheadSettings settings) {
            super(settings, true);
        }

        @Override
        public void open() throws Exception {
            super.open();
            sum = valueState(new ValueStateDescriptor<>("sum", Types.INT));
            poison = valueState(new ValueStateDescriptor<>("poison", Types.INT));
            timers = getInternalTimerService("sums", VoidNamespaceSerializer.INSTANCE, this);
        }

        @Override
        public void processElement(StreamRecord<Input> element) throws Exception {
            Input input = element.getValue();
            run(input.key(), element, () -> add(input, element.getTimestamp()));
        }

        private void add(Input input, long arrival) throws Exception {
            throwAt(Fault.AT_THE_START, input);
            if (input.fault() == Fault.STACK_OVERFLOW) {
                throw new StackOverflowError("deep");
            }
            if (input.fault() == Fault.OUT_OF_MEMORY) {
                throw new IllegalStateException(new OutOfMemoryError("full"));
            }
            if (input.fault() == Fault.REFUSED_WRITE) {
                // As Flink's map state throws it.
                throw new FlinkRuntimeException("Error while adding data to RocksDB.", refused());
            }
            if (input.fault() == Fault.REFUSED_WRITE_IN_OUR_CODE) {
                throw new IllegalStateException(refused());
            }
            Integer old = sum.value();
            int next = (old == null ? 0 : old) + input.number();
            sum.update(next);
            throwAt(Fault.AFTER_THE_STATE, input);
            output.collect(new StreamRecord<>(input.key() + "=" + next, arrival));
            output.collect(SIDE, new StreamRecord<>(input.key() + "+" + input.number(), arrival));
            throwAt(Fault.AFTER_THE_OUTPUT, input);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, arrival + 10);
            throwAt(Fault.AFTER_THE_TIMER, input);
            bulkhead.runPart(
                    "part of " + input.key(),
                    input,
                    () -> {
                        output.collect(new StreamRecord<>("part " + input.number(), arrival));
                        throwAt(Fault.IN_A_PART, input);
                    });
            if (input.fault() == Fault.IN_THE_TIMER) {
                poison.update(1);
            }
        }

        /** RocksDB's answer to a write that does not wait while writers are stopped. */
        private static RocksDBException refused() {
            return new RocksDBException(
                    "Write stall", new Status(Status.Code.Incomplete, Status.SubCode.None, null));
        }

        private static void throwAt(Fault fault, Input input) {
            if (input.fault() == fault) {
                throw new IllegalStateException("injected: " + fault);
            }
        }

        @Override
        public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
            output.collect(new StreamRecord<>("timer of " + timer.getKey(), timer.getTimestamp()));
            sum.update(sum.value() + 1_000);
            if (poison.value() != null) {
                throw new IllegalStateException("injected: in the timer");
            }
        }

        @Override
        public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
            throw new IllegalStateException("none is set");
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Input, String> harness(
            BulkheadSettings settings) throws Exception {
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new Sum(settings), Input::key, Types.STRING);
        harness.open();
        return harness;
    }

    private static final BulkheadSettings TOLERANT = new BulkheadSettings(1, 1);

    private static final long APART = FailureHistory.MAX_PAUSE_MS + FailureHistory.RECENT_MS;

    /**
     * Sends the inputs so far apart that failures do not count as repeated and keys are not paused.
     */
    private static List<Object> outputs(List<Input> inputs) throws Exception {
        try (var harness = harness(TOLERANT)) {
            for (int i = 0; i < inputs.size(); i++) {
                if (inputs.get(i) != null) {
                    harness.processElement(inputs.get(i), NOON + i * APART);
                }
                harness.processWatermark(NOON + i * APART + 9);
            }
            harness.processWatermark(NOON + inputs.size() * APART + 9);
            List<Object> all = new ArrayList<>(harness.extractOutputValues());
            var side = harness.getSideOutput(SIDE);
            if (side != null) {
                side.forEach(record -> all.add(record.getValue()));
            }
            return all;
        }
    }

    /** The oracle is the same inputs without the failing ones. */
    @Property(tries = 200)
    void aFailedUnitLeavesNothingBehind(
            @ForAll @Size(max = 12) List<@IntRange(max = 9) Integer> numbers,
            @ForAll @Size(value = 12) List<@IntRange(max = 7) Integer> kinds)
            throws Exception {
        List<Input> all = new ArrayList<>();
        List<Input> good = new ArrayList<>();
        Fault[] faults = {
            Fault.NONE,
            Fault.NONE,
            Fault.NONE,
            Fault.AT_THE_START,
            Fault.AFTER_THE_STATE,
            Fault.AFTER_THE_OUTPUT,
            Fault.AFTER_THE_TIMER,
            Fault.STACK_OVERFLOW
        };
        String lastFailed = "";
        for (int i = 0; i < numbers.size(); i++) {
            String key = "key-" + numbers.get(i) % 3;
            Fault fault = faults[kinds.get(i)];
            if (key.equals(lastFailed)) {
                // Two failures of a key in a row replace its state, which another test covers.
                fault = Fault.NONE;
            }
            lastFailed = fault == Fault.NONE ? "" : key;
            all.add(new Input(key, numbers.get(i), fault));
            good.add(fault == Fault.NONE ? all.get(i) : null);
        }
        assertThat(outputs(all)).isEqualTo(outputs(good));
    }

    @Test
    void aNumberThatIsRejectedIsKnownByTheLineThatMadeIt() {
        Throwable rejected = catchThrowable(() -> Field.finite("value", Double.NaN));

        assertThat(Bulkhead.thrownAt(rejected)).contains("BulkheadOperatorTest");
    }

    @Test
    void theDeadLetterHasTheRecordItsAddressAndTheError() throws Exception {
        try (var harness = harness(TOLERANT)) {
            harness.processElement(new Input("CAM-1", 7, Fault.AFTER_THE_OUTPUT), NOON);
            List<DeadLetter> letters = letters(harness);
            assertThat(letters).hasSize(1);
            DeadLetter letter = letters.get(0);
            assertThat(letter.address()).isEqualTo(new RecordAddress("numbers", 0, 7));
            assertThat(letter.value()).asString().isEqualTo("7");
            assertThat(letter.key()).asString().isEqualTo("CAM-1");
            assertThat(letter.arrivalTime()).isEqualTo(NOON);
            assertThat(letter.reason()).isEqualTo("internal-error");
            assertThat(letter.error().deviceId()).isEqualTo("CAM-1");
            assertThat(letter.error().exception()).contains("injected: AFTER_THE_OUTPUT");
            assertThat(letter.error().exceptionClass())
                    .isEqualTo("java.lang.IllegalStateException");
            assertThat(letter.error().thrownAt()).contains("BulkheadOperatorTest$Sum.throwAt");
            assertThat(letter.error().pausedUntil()).isNull();
        }
    }

    @Test
    void aPartThatFailsTakesNothingElseWithIt() throws Exception {
        try (var harness = harness(TOLERANT)) {
            harness.processElement(new Input("a", 1, Fault.IN_A_PART), NOON);
            harness.processElement(new Input("a", 2, Fault.NONE), NOON);
            assertThat(harness.extractOutputValues()).containsExactly("a=1", "a=3", "part 2");
            assertThat(letters(harness)).hasSize(1);
        }
    }

    @Test
    void aRecordThatThePauseOfAPartHoldsBackIsADeadLetter() throws Exception {
        try (var harness = harness(TOLERANT)) {
            harness.processElement(new Input("a", 1, Fault.IN_A_PART), NOON);
            harness.processElement(new Input("a", 2, Fault.IN_A_PART), NOON);
            harness.processElement(new Input("a", 4, Fault.NONE), NOON + 1);
            assertThat(harness.extractOutputValues()).containsExactly("a=1", "a=3", "a=7");
            assertThat(letters(harness)).hasSize(3);
            assertThat(letters(harness).get(2).error().pausedUntil())
                    .isEqualTo(NOON + FailureHistory.MIN_PAUSE_MS);
        }
    }

    @Test
    void aRepeatedFailureMakesTheStateNewAndPausesTheKey() throws Exception {
        try (var harness = harness(TOLERANT)) {
            harness.processElement(new Input("a", 1, Fault.NONE), NOON);
            harness.processElement(new Input("b", 1, Fault.NONE), NOON);
            harness.processElement(new Input("a", 2, Fault.AFTER_THE_STATE), NOON);
            harness.processElement(new Input("a", 3, Fault.AFTER_THE_STATE), NOON);
            harness.processElement(new Input("a", 4, Fault.NONE), NOON + 1);
            harness.processElement(new Input("b", 4, Fault.NONE), NOON + 1);
            long resumed = NOON + FailureHistory.MIN_PAUSE_MS;
            harness.processElement(new Input("a", 5, Fault.NONE), resumed);
            assertThat(harness.extractOutputValues())
                    .containsExactly(
                            "a=1", "part 1", "b=1", "part 1", "b=5", "part 4", "a=5", "part 5");
            assertThat(letters(harness))
                    .extracting(letter -> new String(letter.value(), StandardCharsets.UTF_8))
                    .containsExactly("2", "3", "4");
            assertThat(letters(harness).get(2).error().pausedUntil()).isEqualTo(resumed);
        }
    }

    @Test
    void aTimerThatFailsIsReportedAndLeavesTheState() throws Exception {
        try (var harness = harness(TOLERANT)) {
            harness.processElement(new Input("a", 1, Fault.IN_THE_TIMER), NOON);
            harness.processElement(new Input("b", 1, Fault.NONE), NOON);
            harness.processWatermark(NOON + 10);
            harness.processElement(new Input("a", 1, Fault.NONE), NOON + 20);
            assertThat(harness.extractOutputValues())
                    .containsExactly(
                            "a=1", "part 1", "b=1", "part 1", "timer of b", "a=2", "part 1");
            assertThat(letters(harness)).hasSize(1);
            assertThat(letters(harness).get(0).address()).isNull();
            assertThat(letters(harness).get(0).error().deviceId()).isEqualTo("a");
        }
    }

    /** A serializer of texts that fails for one text. */
    public static final class Texts implements RecordSerializer<String> {
        @Override
        public void write(String value, DataOutputView out) throws IOException {
            out.writeBytes(value);
            if (value.equals("a=2")) {
                throw new IllegalStateException("injected: in the form");
            }
        }

        @Override
        public String read(DataInputView in) {
            throw new IllegalStateException("none is read");
        }
    }

    /** Serializes records as an edge does. */
    @SuppressWarnings("unchecked")
    private static Output<StreamRecord<String>> edge(List<Object> written) {
        TypeSerializer<String> serializer = BinaryTypeInfo.of(String.class).createSerializer(null);
        return (Output<StreamRecord<String>>)
                Proxy.newProxyInstance(
                        Output.class.getClassLoader(),
                        new Class<?>[] {Output.class},
                        (proxy, method, arguments) -> {
                            if (arguments != null
                                    && arguments[arguments.length - 1]
                                            instanceof StreamRecord<?> record) {
                                if (record.getValue() instanceof String text) {
                                    serializer.serialize(text, new DataOutputSerializer(64));
                                }
                                written.add(record.getValue());
                            }
                            return null;
                        });
    }

    @Test
    void anOutputThatCannotBeWrittenIsReportedAndTheOthersAreWritten() throws Exception {
        List<Object> written = new ArrayList<>();
        try (var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new Sum(TOLERANT), Input::key, Types.STRING)) {
            harness.setOutputCreator(serializer -> edge(written));
            harness.open();
            harness.processElement(new Input("a", 2, Fault.NONE), NOON);
            harness.processElement(new Input("a", 3, Fault.NONE), NOON);
        }

        assertThat(written)
                .filteredOn(String.class::isInstance)
                .containsExactly("a+2", "part 2", "a=5", "a+3", "part 3");
        assertThat(written)
                .filteredOn(DeadLetter.class::isInstance)
                .singleElement(InstanceOfAssertFactories.type(DeadLetter.class))
                .satisfies(
                        letter -> {
                            assertThat(letter.address())
                                    .isEqualTo(new RecordAddress("numbers", 0, 2));
                            assertThat(letter.error().exception())
                                    .contains("injected: in the form");
                        });
    }

    @Test
    void errorsOfTheTaskAreNotCaught() throws Exception {
        try (var harness = harness(TOLERANT)) {
            assertThatThrownBy(
                            () ->
                                    harness.processElement(
                                            new Input("a", 1, Fault.OUT_OF_MEMORY), NOON))
                    .hasRootCauseInstanceOf(OutOfMemoryError.class);
        }
    }

    /** The record has no fault, so a dead letter would only drop it. */
    @ParameterizedTest
    @EnumSource(names = {"REFUSED_WRITE", "REFUSED_WRITE_IN_OUR_CODE"})
    void aWriteThatRocksDbRefusesFailsTheTaskWithoutADeadLetter(Fault fault) throws Exception {
        try (var harness = harness(TOLERANT)) {
            assertThatThrownBy(() -> harness.processElement(new Input("a", 1, fault), NOON))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            RocksDBException.class,
                            refused ->
                                    assertThat(refused.getStatus().getCode())
                                            .isEqualTo(Status.Code.Incomplete));
            assertThat(harness.getSideOutput(Bulkhead.DEAD_LETTERS)).isNullOrEmpty();
        }
    }

    @Test
    void theJobFailsWhenFailuresAreNoLongerSingle() throws Exception {
        try (var harness = harness(BulkheadSettings.DEFAULT)) {
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < FailureHistory.MIN_FAILED_RECORDS; i++) {
                                    harness.processElement(
                                            new Input("k" + i, i, Fault.AT_THE_START), NOON + i);
                                }
                            })
                    .isInstanceOf(Bulkhead.WidespreadFailureException.class)
                    .hasMessageContaining("20 of 20 records")
                    .hasRootCauseMessage("injected: AT_THE_START");
        }
    }

    private static List<DeadLetter> letters(
            KeyedOneInputStreamOperatorTestHarness<String, Input, String> harness) {
        return harness.getSideOutput(Bulkhead.DEAD_LETTERS).stream()
                .map(StreamRecord::getValue)
                .toList();
    }
}
