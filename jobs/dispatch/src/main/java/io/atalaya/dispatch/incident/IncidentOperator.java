package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.dispatch.metrics.DispatchMetrics;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.PolicyUpdate;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.metrics.LatencyHistogram;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.ThrowingConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the {@link IncidentEngine} of all incidents in one subtask under one key, so that budgets,
 * health of sites and links need no exchange between subtasks. The engine is on the heap; before
 * each checkpoint the values that changed are written to keyed state.
 *
 * <p>Each input is a unit of the bulkhead. If it fails, the engine is made again from the last
 * written state, and the inputs since then are applied again without output, except the failed one.
 * So a failure is isolated to its event although all share one key.
 */
public final class IncidentOperator extends BulkheadOperator<RawRecord>
        implements OneInputStreamOperator<IncidentInput, RawRecord> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(IncidentOperator.class);

    /** The only key. */
    public static final String KEY = "all";

    /** What the job writes beside incidents, which are the main output. */
    private static final Map<String, OutputTag<RawRecord>> OUTPUTS =
            Stream.of(
                            Topics.DISPATCH_TOLUCA,
                            Topics.DISPATCH_ECATEPEC,
                            Topics.DECISIONS,
                            Topics.DISPOSITIONS)
                    .collect(
                            Collectors.toMap(
                                    topic -> topic,
                                    topic ->
                                            new OutputTag<>(
                                                    topic, BinaryTypeInfo.of(RawRecord.class))));

    /** The side output for what others than dispatch systems need of each revision. */
    public static final OutputTag<IncidentSummary> SUMMARIES =
            new OutputTag<>("summaries", BinaryTypeInfo.of(IncidentSummary.class));

    private static final MapStateDescriptor<String, byte[]> STATE =
            new MapStateDescriptor<>(
                    "incidents",
                    Types.STRING,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    /** Keys of the operator's own values; those of the engine begin with their section. */
    private static final String CLOCK = "clock";

    private static final String POLICY = "policy";

    /** Key of the bulkhead for the passage of time. */
    private static final String DEADLINES = "deadlines";

    private static final long TICK_MS = 1_000;

    /** By the clock of deadlines; more often would cost a look at every incident. */
    private static final long MIN_TICK_MS = 500;

    /** Steps after which the state is written although no checkpoint is taken. */
    private static final int MAX_APPLIED = 2_000;

    private static final ListStateDescriptor<IncidentInput.Waiting> WAITING =
            new ListStateDescriptor<>("waiting", BinaryTypeInfo.of(IncidentInput.Waiting.class));

    /** An input that is read so long after its arrival shows that others wait before this step. */
    private static final long BEHIND_MS = 250;

    /** Some 40 MB. Beyond that inputs wait in their topics. */
    private static final int MAX_WAITING = 20_000;

    /** How long evidence is processed at once while none is read. */
    private static final long PART_MS = 10;

    private static final long PART_PAUSE_MS = 2;

    private final Map<String, String> policyOfSettings;
    private final boolean clockRunsWhenIdle;
    private final String job;

    private transient IncidentEngine engine;
    private transient ArrivalClock clock;
    private transient MapState<String, byte[]> state;

    /** Values that are not written to state yet, by their keys; empty if removed. */
    private transient Map<String, Optional<Supplier<byte[]>>> changed;

    /** What the engine did since the last write, to repeat it after a failure. */
    private transient List<Step> applied;

    /**
     * Evidence that is not urgent, while the job is behind. The rest overtakes it here, because in
     * topics and channels it could not. Its order is that of the events, which topics that are read
     * one before the other have lost: fusion has little to do for an event that is the last so far.
     */
    private transient Queue<IncidentInput.Waiting> waiting;

    private transient ListState<IncidentInput.Waiting> storedWaiting;
    private transient boolean isPartDue;

    /** Whether more is to be read, as far as this is known. */
    private transient boolean isBehind;

    private transient boolean isRepeating;
    private transient Step current;
    private transient long lastTick;

    /** What the engine knew at the last write beside what was written. */
    private transient IncidentEngine.Unstored unstoredAtWrite;

    /** The policy in force at the last write. */
    private transient Policy policyAtWrite;

    private transient Policy policy;
    private transient long retryAt;

    /** Parts of the passage of time that failed, and the wall clock of the next try. */
    private transient Map<String, Long> postponed;

    private transient String failedPart;
    private transient Emitter emitter;
    private transient Counter evidence;
    private transient Counter responses;

    /**
     * One call of the engine.
     *
     * @param input or null for the passage of time
     * @param now by the clock of deadlines, epoch ms
     * @param present wall clock at which it was done first, epoch ms; {@code now} in a replay
     * @param without parts that the passage of time leaves out
     * @param isCatchingUp whether the passage of time must wait for answers
     */
    private record Step(
            IncidentInput input,
            long now,
            long present,
            Set<String> without,
            boolean isCatchingUp) {}

    /**
     * @param policyOfSettings files of the policy that is in force until another is requested
     */
    public IncidentOperator(
            BulkheadSettings bulkhead,
            Map<String, String> policyOfSettings,
            boolean clockRunsWhenIdle,
            String job) {
        super(bulkhead, false);
        this.policyOfSettings = policyOfSettings;
        this.clockRunsWhenIdle = clockRunsWhenIdle;
        this.job = job;
    }

    /** The side output for records of a topic. */
    public static OutputTag<RawRecord> output(String topic) {
        return OUTPUTS.get(topic);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        storedWaiting = context.getOperatorStateStore().getListState(WAITING);
        waiting = new PriorityQueue<>();
        storedWaiting.get().forEach(waiting::add);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        storedWaiting.update(List.copyOf(waiting));
    }

    @Override
    public void open() throws Exception {
        super.open();
        emitter = new Emitter();
        evidence = DispatchMetrics.EVIDENCE.countIn(getMetricGroup());
        responses = DispatchMetrics.RESPONSES.countIn(getMetricGroup());
        DispatchMetrics.CLOCK_BEHIND.showIn(getMetricGroup(), this::clockBehind);
        DispatchMetrics.EVIDENCE_WAITING.showIn(getMetricGroup(), () -> (long) waiting.size());
        state = getPartitionedState(STATE);
        changed = new HashMap<>();
        applied = new ArrayList<>();
        postponed = new HashMap<>();
        lastTick = ArrivalClock.UNKNOWN;
        retryAt = Long.MIN_VALUE;
        getKeyedStateBackend().setCurrentKey(KEY);
        policy = policy();
        policyAtWrite = policy;
        restore();
        unstoredAtWrite = engine.unstored();
        clock = new ArrivalClock(clockRunsWhenIdle);
        byte[] stored = state.get(CLOCK);
        if (stored != null) {
            clock.restore(StoredValues.read(stored, ArrivalClock.State.class), wallClock());
        }
        getProcessingTimeService().registerTimer(wallClock() + TICK_MS, this::onTick);
        processRestSoon(PART_PAUSE_MS);
    }

    /**
     * In a replay at full speed every input is behind, and its time does not depend on the wait.
     */
    @Override
    public void processElement(StreamRecord<IncidentInput> element) throws Exception {
        IncidentInput input = element.getValue();
        if (!clockRunsWhenIdle || !(input.content() instanceof IncidentInput.OfEvidence content)) {
            process(input);
            return;
        }
        boolean isUrgent;
        try {
            isUrgent = isUrgent(content);
        } catch (RuntimeException e) {
            // A failure of the work on it: outside of the bulkhead it would stop all others.
            process(
                    input,
                    step -> {
                        throw e;
                    });
            return;
        }
        if (isUrgent) {
            process(input);
            return;
        }
        waiting.add(new IncidentInput.Waiting(input.arrivalTime(), input.address(), content));
        isBehind = wallClock() - input.arrivalTime() > BEHIND_MS;
        if (waiting.size() > MAX_WAITING) {
            process(waiting.remove().input());
        } else if (!isBehind && !isPartDue) {
            processWaiting(PART_MS);
        }
        processRestSoon(PART_PAUSE_MS);
    }

    private boolean isUrgent(IncidentInput.OfEvidence content) {
        return content instanceof IncidentInput.Found found && engine.isUrgent(found.evidence());
    }

    /** Returns how long it took: little longer than asked for, if an event costs little. */
    private long processWaiting(long millis) throws Exception {
        long start = wallClock();
        long spent = 0;
        while (!waiting.isEmpty() && spent < millis) {
            process(waiting.remove().input());
            spent = wallClock() - start;
        }
        return spent;
    }

    private void processRestSoon(long pause) {
        if (!waiting.isEmpty() && !isPartDue) {
            isPartDue = true;
            getProcessingTimeService().registerTimer(wallClock() + pause, timer -> processPart());
        }
    }

    /** While late inputs are read, pauses as long as it has processed, so that reading goes on. */
    private void processPart() throws Exception {
        isPartDue = false;
        boolean isReading = isBehind;
        // Until the next one is read.
        isBehind = false;
        long spent = processWaiting(PART_MS);
        processRestSoon(isReading ? Math.max(PART_PAUSE_MS, spent) : PART_PAUSE_MS);
    }

    @Override
    public void finish() throws Exception {
        processWaiting(Long.MAX_VALUE);
        super.finish();
    }

    private void process(IncidentInput input) throws Exception {
        process(input, this::run);
    }

    private void process(IncidentInput input, ThrowingConsumer<Step, Exception> work)
            throws Exception {
        if (lastTick == ArrivalClock.UNKNOWN) {
            // After a restart a late record must not set the time back.
            tick();
        }
        clock.update(input.arrivalTime(), wallClock());
        long now = input.arrivalTime();
        Step step = new Step(input, now, clockRunsWhenIdle ? wallClock() : now, Set.of(), false);
        bulkhead.run(
                input.content().subject(), input.arrivalTime(), input, () -> work.accept(step));
        if (lastTick == ArrivalClock.UNKNOWN || clock.now(wallClock()) - lastTick >= MIN_TICK_MS) {
            tick();
        }
        if (applied.size() >= MAX_APPLIED) {
            write();
        }
    }

    private void onTick(long timer) throws Exception {
        // Not after the timer's own time, because a machine that was asleep needs one tick only.
        getProcessingTimeService().registerTimer(wallClock() + TICK_MS, this::onTick);
        tick();
    }

    /** Lets time pass. If a part of that fails, it is left out, and done later. */
    private void tick() throws Exception {
        long wallClock = wallClock();
        long now = clock.now(wallClock);
        postponed.values().removeIf(until -> until <= wallClock);
        boolean isDue = now > lastTick || engine.hasChanged();
        while (isDue && wallClock >= retryAt) {
            Step step =
                    new Step(
                            null,
                            now,
                            now,
                            Set.copyOf(postponed.keySet()),
                            clock.isCatchingUp(wallClock));
            if (bulkhead.runTimer(DEADLINES, this::failedWork, () -> run(step))) {
                lastTick = now;
                isDue = false;
            } else if (failedPart == null
                    || postponed.put(failedPart, wallClock + RETRY_MS) != null) {
                retryAt = wallClock + RETRY_MS;
            }
        }
    }

    private Traceable failedWork() {
        return () ->
                Traceable.Origin.described(
                        null,
                        null,
                        failedPart == null ? "deadlines" : "deadlines of " + failedPart);
    }

    private void run(Step step) throws Exception {
        bulkhead.onUndo(this::undo);
        apply(step);
        applied.add(step);
    }

    private void apply(Step step) {
        current = step;
        if (step.input == null) {
            engine.tick(step.now, step.without, step.isCatchingUp);
            return;
        }
        IncidentInput.Content content = step.input.content();
        if (content instanceof IncidentInput.Found found) {
            count(evidence);
            engine.evidence(found.evidence(), step.now, step.present);
        } else if (content instanceof IncidentInput.Withdrawn withdrawn) {
            engine.withdraw(withdrawn.evidence(), step.now);
        } else if (content instanceof IncidentInput.Retracted retracted) {
            engine.retract(retracted.eventId(), retracted.revision(), step.now);
        } else if (content instanceof IncidentInput.Responded responded) {
            count(responses);
            engine.response(responded.response(), step.now);
        } else if (content instanceof IncidentInput.Present present) {
            engine.presence(present.presence(), step.now);
        } else if (content instanceof IncidentInput.Muted muted) {
            engine.mute(muted.muteId(), muted.mute(), step.now);
        } else if (content instanceof IncidentInput.Delivered delivered) {
            engine.delivery(delivered.delivery(), step.now);
        } else if (content instanceof IncidentInput.Governed governed) {
            PolicyUpdate update = governed.update();
            policy = update.read();
            changed.put(POLICY, Optional.of(() -> StoredValues.write(update, PolicyUpdate.class)));
            engine.policy(policy, step.now);
        }
    }

    private void count(Counter counter) {
        if (!isRepeating) {
            counter.inc();
        }
    }

    /**
     * Makes the engine as it was before the failed step, and writes it, so that the next failure
     * has less to repeat.
     */
    private void undo() throws Exception {
        failedPart = engine.inWork();
        changed.clear();
        policy = policyAtWrite;
        restore();
        engine.continueFrom(unstoredAtWrite);
        isRepeating = true;
        try {
            applied.forEach(this::apply);
        } finally {
            isRepeating = false;
        }
        write();
    }

    /** Makes the engine from what is written. */
    private void restore() throws Exception {
        getKeyedStateBackend().setCurrentKey(KEY);
        engine = new IncidentEngine(policy, emitter, new ChangedValues());
        for (Map.Entry<String, byte[]> entry : state.entries()) {
            int slash = entry.getKey().indexOf('/');
            if (slash >= 0) {
                Section section = Section.valueOf(entry.getKey().substring(0, slash));
                engine.restore(
                        section,
                        entry.getKey().substring(slash + 1),
                        section.read(entry.getValue()));
            }
        }
        engine.continueAt(restoredAt());
        engine.restored();
    }

    /** The requested policy, or that of the settings. */
    private Policy policy() throws Exception {
        byte[] requested = state.get(POLICY);
        return PolicyUpdate.inForce(
                requested == null ? null : StoredValues.read(requested, PolicyUpdate.class),
                policyOfSettings);
    }

    /** No input or timer can come between this call and the snapshot. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        write();
    }

    private void write() throws Exception {
        getKeyedStateBackend().setCurrentKey(KEY);
        for (Map.Entry<String, Optional<Supplier<byte[]>>> each : changed.entrySet()) {
            if (each.getValue().isPresent()) {
                state.put(each.getKey(), each.getValue().get().get());
            } else {
                state.remove(each.getKey());
            }
        }
        state.put(CLOCK, StoredValues.write(clock.state(), ArrivalClock.State.class));
        changed.clear();
        applied.clear();
        unstoredAtWrite = engine.unstored();
        policyAtWrite = policy;
    }

    private long wallClock() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    private long clockBehind() {
        long now = clock.now(wallClock());
        return now == ArrivalClock.UNKNOWN ? 0 : wallClock() - now;
    }

    /** Collects the engine's values until they are written. */
    private final class ChangedValues implements IncidentStore {
        @Override
        public void put(Section section, String key, Object value) {
            changed.put(section + "/" + key, Optional.of(() -> section.write(value)));
        }

        @Override
        public void remove(Section section, String key) {
            changed.put(section + "/" + key, Optional.empty());
        }
    }

    /** Emits what the engine decides, except when it repeats what was emitted before. */
    private final class Emitter implements IncidentOutput {
        private final IncidentRecords records = new IncidentRecords(job);
        private final Counter revisions =
                DispatchMetrics.INCIDENT_REVISIONS.countIn(getMetricGroup());
        private final Counter messages =
                DispatchMetrics.DISPATCH_MESSAGES.countIn(getMetricGroup());
        private final Counter decisions = DispatchMetrics.DECISIONS.countIn(getMetricGroup());
        private final Counter dispositions = DispatchMetrics.DISPOSITIONS.countIn(getMetricGroup());
        private final LatencyHistogram latency =
                DispatchMetrics.ARRIVAL_TO_MESSAGE.measureIn(getMetricGroup());

        @Override
        public void incident(Incident incident) {
            if (!isRepeating) {
                revisions.inc();
                RawRecord record = records.incident(incident);
                output.collect(new StreamRecord<>(record, record.timestamp()));
                output.collect(
                        SUMMARIES,
                        new StreamRecord<>(IncidentSummary.of(incident), record.timestamp()));
            }
        }

        @Override
        public void message(String site, DispatchMessage message) {
            if (!isRepeating) {
                messages.inc();
                emit(records.message(Topics.QUEUES.get(site), message, current.now));
                if (current.input != null) {
                    latency.update(Math.max(0, wallClock() - current.input.arrivalTime()));
                }
            }
        }

        @Override
        public void decision(Decision decision) {
            if (!isRepeating) {
                decisions.inc();
                LOG.debug(
                        "incident {}, event {}: {} because {}",
                        decision.incidentId(),
                        decision.eventId(),
                        decision.kind(),
                        decision.reason());
                emit(records.decision(decision));
            }
        }

        @Override
        public void disposition(Disposition disposition) {
            if (!isRepeating) {
                dispositions.inc();
                emit(records.disposition(disposition));
            }
        }

        private void emit(RawRecord record) {
            output.collect(
                    OUTPUTS.get(record.topic()), new StreamRecord<>(record, record.timestamp()));
        }
    }
}
