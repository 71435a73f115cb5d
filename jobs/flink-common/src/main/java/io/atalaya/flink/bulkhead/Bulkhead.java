package io.atalaya.flink.bulkhead;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.DeadLetter.InternalError;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.flink.logging.LimitedLog;
import io.atalaya.flink.metrics.DeclaredMetric;
import io.atalaya.flink.serializer.BinarySerializer.UnwritableValueException;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

import static io.atalaya.contracts.json.InvalidRecordException.printable;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Isolates a failure in one key's data from all other keys. Work on a key is a unit: its outputs
 * and timers are held until it is done, and its state changes can be undone, so that a failed unit
 * leaves no trace. The failed input goes to the dead letter, and the operator repairs the key's
 * state ({@link Recovery}). See docs/reliability.md.
 *
 * <p>Each operator and subtask has its own instance, which only the task's thread uses.
 */
public final class Bulkhead {
    /** The side output for records that operators reject or fail to process. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", BinaryTypeInfo.of(DeadLetter.class));

    public static final DeclaredMetric INTERNAL_ERRORS =
            DeclaredMetric.counter(
                    "internalErrors",
                    "records, timers",
                    "Work that an error in this program kept from being done; in dead-letter as internal-error.");

    public static final DeclaredMetric PAUSED_RECORDS =
            DeclaredMetric.counter(
                    "pausedRecords",
                    "records",
                    "Records of paused keys, sent to dead-letter as internal-error.");

    public static final DeclaredMetric PAUSED_KEYS =
            DeclaredMetric.gauge(
                    "pausedKeys",
                    "keys",
                    "Cameras, devices, plates or entries that are not worked on because of internal errors.");

    /** The metrics of every operator with a bulkhead. */
    public static final List<DeclaredMetric> METRICS =
            List.of(INTERNAL_ERRORS, PAUSED_RECORDS, PAUSED_KEYS);

    private static final Logger LOG = LoggerFactory.getLogger(Bulkhead.class);

    private static final Recovery NO_RECOVERY = (key, isRepeated) -> {};

    /** Work that may throw. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Repairs the state of a key after a failure; the key is the current one. */
    @FunctionalInterface
    public interface Recovery {
        /**
         * @param isRepeated whether the key failed again at once, so that its state must be
         *     replaced
         */
        void recover(Object key, boolean isRepeated) throws Exception;
    }

    /** Failures have become so frequent that the job must fail. */
    public static final class WidespreadFailureException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WidespreadFailureException(String message, Throwable last) {
            super(message, last);
        }
    }

    /** Releases a held record, to its side output or to the main one. */
    private final class Emission implements Work {
        private final OutputTag<?> tag;
        private final StreamRecord<?> record;

        /**
         * @param tag null: the main output
         */
        Emission(OutputTag<?> tag, StreamRecord<?> record) {
            this.tag = tag;
            this.record = record;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void run() {
            if (tag == null) {
                ((Output<StreamRecord<?>>) output).collect(record);
            } else {
                output.collect((OutputTag<Object>) tag, (StreamRecord<Object>) record);
            }
        }
    }

    private final FailureHistory history;
    private final boolean isKeyedByDevice;
    private final List<Emission> emissions = new ArrayList<>();
    private final List<Work> timerChanges = new ArrayList<>();
    private final List<Work> undoes = new ArrayList<>();
    private int depth;
    private long unit;

    private Output<?> output;
    private String operator;
    private KeyedStateBackend<Object> backend;
    private Recovery recovery;
    private LimitedLog log;
    private Counter errors;
    private Counter pausedRecords;
    private LongSupplier clock;
    private long latestArrivalTime = Long.MIN_VALUE;

    /**
     * @param isKeyedByDevice whether keys are device ids, so that a timer's device is known
     */
    public Bulkhead(BulkheadSettings settings, boolean isKeyedByDevice) {
        this.history = new FailureHistory(settings);
        this.isKeyedByDevice = isKeyedByDevice;
    }

    /**
     * Prepares the bulkhead when the operator opens.
     *
     * @param keyed the operator's backend, or null without keyed state
     * @param wallClock epoch ms, to limit the log, and for failures before the first arrival
     */
    @SuppressWarnings("unchecked")
    public void open(
            String name,
            KeyedStateBackend<?> keyed,
            MetricGroup metrics,
            LongSupplier wallClock,
            Recovery whenFailed) {
        operator = name;
        backend = (KeyedStateBackend<Object>) keyed;
        clock = wallClock;
        log = new LimitedLog(LOG, clock);
        recovery = whenFailed;
        errors = INTERNAL_ERRORS.countIn(metrics);
        pausedRecords = PAUSED_RECORDS.countIn(metrics);
        PAUSED_KEYS.showIn(metrics, history::pausedKeys);
    }

    /**
     * Processes an input of a key. An error in this program is caught and reported; an error of the
     * task itself is thrown.
     *
     * @param arrivalTime of the input, epoch ms
     * @return whether the work was done
     */
    public boolean run(Object key, long arrivalTime, Traceable cause, Work work) throws Exception {
        boolean isDone = runBeginning(key, arrivalTime, cause, work);
        if (isDone) {
            history.succeeded(key);
        }
        return isDone;
    }

    /**
     * Processes the first part of an input. The key counts as working only after {@link #runRest}
     * succeeds.
     */
    public boolean runBeginning(Object key, long arrivalTime, Traceable cause, Work work)
            throws Exception {
        count(key, arrivalTime);
        InternalError pausedBy = history.pausedBy(key, cause, arrivalTime);
        if (pausedBy != null) {
            history.uncountPaused();
            pausedRecords.inc();
            emit(deadLetter(key, origin(cause), pausedBy));
            return false;
        }
        return runUnpaused(key, cause, work);
    }

    /** Like {@link #run}, for an input that a pause must not hold back. */
    public boolean runWhilePaused(Object key, long arrivalTime, Traceable cause, Work work)
            throws Exception {
        count(key, arrivalTime);
        return runRest(key, cause, work);
    }

    private void count(Object key, long arrivalTime) {
        latestArrivalTime = Math.max(latestArrivalTime, arrivalTime);
        history.count(key, arrivalTime);
    }

    /** Processes the rest of an input that {@link #runBeginning} began. */
    public boolean runRest(Object key, Traceable cause, Work work) throws Exception {
        boolean isDone = runUnpaused(key, cause, work);
        if (isDone) {
            history.succeeded(key);
        }
        return isDone;
    }

    /**
     * Runs work that a pause must not hold back, because it would be missing afterwards. Success
     * does not count as a sign that the key works.
     */
    public boolean runUnpaused(Object key, Traceable cause, Work work) throws Exception {
        return runAlways(key, cause, recovery, work);
    }

    /** Like {@link #runUnpaused}, for work whose failure leaves no keyed state to repair. */
    public boolean runStateless(Object key, Traceable cause, Work work) throws Exception {
        return runAlways(key, cause, NO_RECOVERY, work);
    }

    private boolean runAlways(Object key, Traceable cause, Recovery how, Work work)
            throws Exception {
        Throwable failure = attempt(work);
        if (failure != null) {
            fail(key, cause, failure, how);
        }
        complete(key, cause);
        return failure == null;
    }

    /** Runs a key's timer. A pause does not hold it back, because timers only maintain state. */
    public boolean runTimer(Object key, Work work) throws Exception {
        return runUnpaused(key, timer(key), work);
    }

    /**
     * Like {@link #runTimer(Object, Work)}, for a timer that a record caused: a failure reports the
     * record's address.
     *
     * @param last looks up the last change of the key, which is the current key; returns null
     *     without a change
     */
    public boolean runTimer(Object key, Callable<? extends Traceable> last, Work work)
            throws Exception {
        return runUnpaused(key, () -> lastOrigin(key, last), work);
    }

    private Traceable.Origin lastOrigin(Object key, Callable<? extends Traceable> last) {
        backend.setCurrentKey(key);
        Traceable found;
        try {
            found = last.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("what changed the key last cannot be looked up", e);
        }
        return (found == null ? timer(key) : found).origin();
    }

    /** Tries work that a {@link Recovery} can do without. */
    public boolean tryTo(Work work) throws Exception {
        Throwable failure = attempt(work);
        if (failure != null) {
            log.error("{}: a part of the state cannot be rescued\n{}", operator, stack(failure));
        }
        return failure == null;
    }

    /**
     * Runs a part of a unit that has a key but no state of its own, so that its failure does not
     * undo the rest of the unit.
     */
    public boolean runPart(Object key, Traceable cause, Work work) throws Exception {
        InternalError pausedBy = history.pausedBy(key, cause, latestArrivalTime);
        if (pausedBy != null) {
            pausedRecords.inc();
            emit(deadLetter(key, origin(cause), pausedBy));
            return false;
        }
        return runShared(key, cause, work);
    }

    /** Like {@link #runPart}, for work that is done in another way while its key is paused. */
    public boolean runShared(Object key, Traceable cause, Work work) throws Exception {
        if (history.pausedBy(key, cause, latestArrivalTime) != null) {
            return false;
        }
        history.count(key, latestArrivalTime);
        Throwable failure = attempt(work);
        if (failure == null) {
            history.succeeded(key);
        } else {
            fail(key, cause, failure, NO_RECOVERY);
        }
        complete(key, cause);
        return failure == null;
    }

    /**
     * Emits the output for an input outside of a unit. A record that cannot be serialized is
     * reported as a failure of the work.
     */
    public void emit(Object key, Traceable cause, Work collect) throws Exception {
        try {
            collect.run();
        } catch (Exception e) {
            Throwable failure = writingFailure(e);
            if (failure == null) {
                throw e;
            }
            fail(key, cause, failure, NO_RECOVERY);
        }
    }

    /** The reason why a record cannot be serialized, or null for another failure. */
    private static Throwable writingFailure(Throwable error) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (e instanceof UnwritableValueException) {
                return e.getCause();
            }
        }
        return null;
    }

    /** Registers how to undo a state change of the current unit. */
    public void onUndo(Work undo) {
        if (depth > 0) {
            undoes.add(undo);
        }
    }

    private Throwable attempt(Work work) throws Exception {
        int firstEmission = emissions.size();
        int firstTimerChange = timerChanges.size();
        int firstUndo = undoes.size();
        depth++;
        unit++;
        try {
            work.run();
            return null;
        } catch (Throwable e) {
            if (isOfTask(e)) {
                throw e;
            }
            removeFrom(emissions, firstEmission);
            removeFrom(timerChanges, firstTimerChange);
            for (int i = undoes.size() - 1; i >= firstUndo; i--) {
                undoes.remove(i).run();
            }
            return e;
        } finally {
            depth--;
            unit++;
        }
    }

    private static void removeFrom(List<?> list, int first) {
        list.subList(first, list.size()).clear();
    }

    /**
     * Whether the error concerns the task, its state backend or Kafka, rather than the work on one
     * key.
     */
    private static boolean isOfTask(Throwable error) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            String type = e.getClass().getName();
            if (e instanceof VirtualMachineError && !(e instanceof StackOverflowError)
                    || e instanceof LinkageError
                    || e instanceof InterruptedException
                    || e instanceof InterruptedIOException
                    || e instanceof ClosedByInterruptException
                    || e instanceof WidespreadFailureException
                    || type.startsWith("org.apache.flink.")
                    || type.startsWith("org.apache.kafka.")
                    || type.startsWith("org.rocksdb.")) {
                return true;
            }
        }
        return false;
    }

    /** Releases the held timers and records of the outermost unit. */
    private void complete(Object key, Traceable cause) throws Exception {
        if (depth > 0) {
            return;
        }
        undoes.clear();
        if (!timerChanges.isEmpty()) {
            for (int i = 0; i < timerChanges.size(); i++) {
                timerChanges.get(i).run();
            }
            timerChanges.clear();
        }
        for (int i = 0; i < emissions.size(); i++) {
            emit(key, cause, emissions.get(i));
        }
        emissions.clear();
    }

    private void fail(Object key, Traceable cause, Throwable failure, Recovery how)
            throws Exception {
        errors.inc();
        Traceable.Origin origin = origin(cause);
        FailureHistory.Verdict verdict = history.failed(key, cause.part());
        InternalError error =
                new InternalError(
                        operator,
                        origin.deviceId(),
                        failure.toString(),
                        thrownAt(failure),
                        verdict.isPaused() ? verdict.pausedUntil() : null);
        history.describe(verdict, error);
        emit(deadLetter(key, origin, error));
        log(origin, error, failure);
        recover(key, verdict.isRepeated(), how);
        String widespread = history.widespread();
        if (widespread != null) {
            throw new WidespreadFailureException(operator + ": " + widespread, failure);
        }
    }

    /** Repairs the state after a failure; if that fails, replaces it by a new one. */
    private void recover(Object key, boolean isRepeated, Recovery how) throws Exception {
        if (backend != null && how == recovery) {
            backend.setCurrentKey(key);
        }
        Throwable failure = attempt(() -> how.recover(key, isRepeated));
        if (failure != null && !isRepeated) {
            LOG.error(
                    "{}: the state before the failure cannot be restored\n{}",
                    operator,
                    stack(failure));
            failure = attempt(() -> how.recover(key, true));
        }
        if (failure != null) {
            throw new WidespreadFailureException(
                    operator + ": the state of a key cannot be made new", failure);
        }
    }

    private void emit(DeadLetter letter) {
        Emission emission =
                new Emission(DEAD_LETTERS, new StreamRecord<>(letter, letter.arrivalTime()));
        if (depth == 0) {
            emission.run();
        } else {
            emissions.add(emission);
        }
    }

    private DeadLetter deadLetter(Object key, Traceable.Origin origin, InternalError error) {
        return new DeadLetter(
                origin.address(),
                latestArrivalTime == Long.MIN_VALUE ? clock.getAsLong() : latestArrivalTime,
                origin.key() == null ? key.toString().getBytes(UTF_8) : origin.key(),
                origin.value(),
                origin.headers(),
                "",
                InternalError.REASON,
                error);
    }

    /** Describes an input; the description may fail for the same reason as the work on it. */
    private static Traceable.Origin origin(Traceable cause) {
        try {
            return cause.origin();
        } catch (RuntimeException e) {
            String text = "The input cannot be written: " + e;
            return Traceable.Origin.of(null, null, text.getBytes(UTF_8));
        }
    }

    private Traceable timer(Object key) {
        return () ->
                Traceable.Origin.of(
                        isKeyedByDevice ? key.toString() : null,
                        null,
                        ("A timer of " + operator + ", key " + key).getBytes(UTF_8));
    }

    /**
     * The first line of this project in the stack trace, because libraries throw many exceptions.
     * {@link Field} is skipped, because all code calls it.
     */
    public static String thrownAt(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        for (StackTraceElement element : trace) {
            if (element.getClassName().startsWith("io.atalaya.")
                    && !element.getClassName().equals(Field.class.getName())) {
                return element.toString();
            }
        }
        return trace.length == 0 ? "unknown" : trace[0].toString();
    }

    /**
     * Logs the failure without the exception's message, because it may hold the plate of an
     * unlisted vehicle.
     */
    private void log(Traceable.Origin origin, InternalError error, Throwable failure) {
        log.error(
                "{}: internal error on {} of device {}, {}\n{}",
                operator,
                origin.address() == null ? "no single record" : origin.address(),
                origin.deviceId() == null ? "unknown" : printable(origin.deviceId()),
                error.pausedUntil() == null ? "not paused" : "paused until " + error.pausedUntil(),
                stack(failure));
    }

    private static String stack(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable e = failure; e != null; e = e.getCause()) {
            text.append(e == failure ? "" : "caused by ").append(e.getClass().getName());
            for (StackTraceElement element : e.getStackTrace()) {
                text.append("\n\tat ").append(element);
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** The operator's output, which holds records until the unit is done. */
    <T> Output<StreamRecord<T>> hold(Output<StreamRecord<T>> target) {
        output = target;
        return new HeldOutput<>(target);
    }

    /** A timer service that holds changes until the unit is done. */
    <N> InternalTimerService<N> hold(InternalTimerService<N> timers) {
        return new HeldTimers<>(timers);
    }

    /** A timer's target, where each call is a unit. */
    <K, N> Triggerable<K, N> guard(Triggerable<K, N> target) {
        return new Triggerable<>() {
            @Override
            public void onEventTime(InternalTimer<K, N> timer) throws Exception {
                runTimer(timer.getKey(), () -> target.onEventTime(timer));
            }

            @Override
            public void onProcessingTime(InternalTimer<K, N> timer) throws Exception {
                runTimer(timer.getKey(), () -> target.onProcessingTime(timer));
            }
        };
    }

    /** A state whose changes are undone if the unit fails. */
    public <T> ValueState<T> guard(ValueState<T> state) {
        return new GuardedValueState<>(state);
    }

    private final class HeldOutput<T> extends ForwardingOutput<T> {
        HeldOutput(Output<StreamRecord<T>> target) {
            super(target);
        }

        /** Copies the record, because a collector may reuse it for the next value. */
        @Override
        public void collect(StreamRecord<T> record) {
            if (depth == 0) {
                target.collect(record);
            } else {
                emissions.add(new Emission(null, record.copy(record.getValue())));
            }
        }

        @Override
        public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
            if (depth == 0) {
                target.collect(tag, record);
            } else {
                emissions.add(new Emission(tag, record.copy(record.getValue())));
            }
        }
    }

    private final class HeldTimers<N> extends ForwardingTimerService<N> {
        HeldTimers(InternalTimerService<N> target) {
            super(target);
        }

        @Override
        void change(Runnable change) {
            if (depth == 0) {
                change.run();
            } else {
                Object key = backend.getCurrentKey();
                timerChanges.add(
                        () -> {
                            backend.setCurrentKey(key);
                            change.run();
                        });
            }
        }
    }

    /**
     * Caches the value that the unit read, so that a change needs no second read of the backend.
     */
    private final class GuardedValueState<T> implements ValueState<T> {
        private final ValueState<T> state;
        private T read;
        private Object readKey;
        private long readIn = -1;

        GuardedValueState(ValueState<T> state) {
            this.state = state;
        }

        @Override
        public T value() throws IOException {
            T value = state.value();
            remember(value);
            return value;
        }

        @Override
        public void update(T value) throws IOException {
            noteOld();
            state.update(value);
            remember(value);
        }

        @Override
        public void clear() {
            try {
                noteOld();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            state.clear();
            remember(null);
        }

        private void remember(T value) {
            if (depth > 0) {
                read = value;
                readKey = backend.getCurrentKey();
                readIn = unit;
            }
        }

        private void noteOld() throws IOException {
            if (depth == 0) {
                return;
            }
            Object key = backend.getCurrentKey();
            T old = readIn == unit && key.equals(readKey) ? read : state.value();
            undoes.add(
                    () -> {
                        backend.setCurrentKey(key);
                        readIn = -1;
                        if (old == null) {
                            state.clear();
                        } else {
                            state.update(old);
                        }
                    });
        }
    }
}
