package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.incident.ArrivalClock;
import io.atalaya.dispatch.incident.IncidentRecords;
import io.atalaya.dispatch.incident.IncidentSummary;
import io.atalaya.dispatch.metrics.DispatchMetrics;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.PolicyUpdate;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs {@link Outreach} in one subtask under one key, because a drone flies for one incident and a
 * wall shows all of a site's. It is on the heap; before each checkpoint the values that changed are
 * written to keyed state. Each input is a unit of the bulkhead, whose changes are undone if it
 * fails.
 */
public final class OutreachOperator extends BulkheadOperator<RawRecord>
        implements OneInputStreamOperator<OutreachInput, RawRecord> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(OutreachOperator.class);

    /** The only key. */
    public static final String KEY = "all";

    /** What the job writes beside announcements, which are the main output. */
    private static final Map<String, OutputTag<RawRecord>> OUTPUTS =
            Stream.of(Topics.VIDEOWALL, Topics.DRONE_TASKS, Topics.DECISIONS)
                    .collect(
                            Collectors.toMap(
                                    topic -> topic,
                                    topic ->
                                            new OutputTag<>(
                                                    topic, BinaryTypeInfo.of(RawRecord.class))));

    private static final long TICK_MS = 1_000;

    private final Map<String, String> policyOfSettings;
    private final boolean clockRunsWhenIdle;
    private final String job;

    private transient Outreach outreach;
    private transient ArrivalClock clock;
    private transient List<Stored<?>> stored;
    private transient ValueState<ArrivalClock.State> storedClock;
    private transient Counter unplayed;
    private transient long lastTick;

    /** Parts of the passage of time that failed, and the wall clock of the next try. */
    private transient Map<String, Long> postponed;

    /** Values of {@link Outreach} and the state that they are written to. */
    private record Stored<V>(HeldMap<V> values, MapState<String, V> state) {
        void restore() throws Exception {
            for (Map.Entry<String, V> each : state.entries()) {
                values.restore(each.getKey(), each.getValue());
            }
        }

        void write() throws Exception {
            for (Map.Entry<String, V> each : values.drain().entrySet()) {
                if (each.getValue() == null) {
                    state.remove(each.getKey());
                } else {
                    state.put(each.getKey(), each.getValue());
                }
            }
        }
    }

    /**
     * @param policyOfSettings files of the policy that is in force until another is requested
     */
    public OutreachOperator(
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
    public void open() throws Exception {
        super.open();
        unplayed = DispatchMetrics.UNPLAYED_ANNOUNCEMENTS.countIn(getMetricGroup());
        getKeyedStateBackend().setCurrentKey(KEY);
        outreach = new Outreach(new Emitter());
        stored = new ArrayList<>();
        store("incidents", outreach.incidents, BinaryTypeInfo.of(IncidentSummary.class));
        store("devices", outreach.devices, BinaryTypeInfo.of(PlacedDevice.class));
        store("drones", outreach.drones, BinaryTypeInfo.of(DroneTasks.Reported.class));
        store("announced", outreach.announced, BinaryTypeInfo.of(Announcer.Announced.class));
        store("walls", outreach.walls, BinaryTypeInfo.of(Wall.class));
        store("tasks", outreach.tasks, BinaryTypeInfo.of(DroneTasks.Tasks.class));
        store("numbers", outreach.numbers, Types.LONG);
        store("policies", outreach.policies, BinaryTypeInfo.of(PolicyUpdate.class));
        outreach.continueAt(restoredAt());
        outreach.restored(
                PolicyUpdate.inForce(outreach.policies.get(Outreach.REQUESTED), policyOfSettings));
        clock = new ArrivalClock(clockRunsWhenIdle);
        storedClock =
                getPartitionedState(
                        new ValueStateDescriptor<>(
                                "clock", BinaryTypeInfo.of(ArrivalClock.State.class)));
        if (storedClock.value() != null) {
            clock.restore(storedClock.value(), wallClock());
        }
        lastTick = ArrivalClock.UNKNOWN;
        postponed = new HashMap<>();
        getProcessingTimeService().registerTimer(wallClock() + TICK_MS, this::onTick);
    }

    private <V> void store(String name, HeldMap<V> values, TypeInformation<V> type)
            throws Exception {
        Stored<V> each =
                new Stored<>(
                        values,
                        getPartitionedState(new MapStateDescriptor<>(name, Types.STRING, type)));
        each.restore();
        stored.add(each);
    }

    @Override
    public void processElement(StreamRecord<OutreachInput> element) throws Exception {
        OutreachInput input = element.getValue();
        if (lastTick == ArrivalClock.UNKNOWN) {
            // After a restart a late record must not set the time back.
            tick();
        }
        clock.update(input.arrivalTime(), wallClock());
        outreach.present(clockRunsWhenIdle ? wallClock() : input.arrivalTime());
        boolean isDone =
                bulkhead.run(
                        input.content().subject(),
                        input.arrivalTime(),
                        input,
                        () -> unit(() -> apply(input)));
        if (!isDone
                && input.content() instanceof OutreachInput.Revised revised
                && revised.incident().isOver()) {
            // No other revision follows, so what comes of the incident is ended by the next ticks.
            String incidentId = revised.incident().incidentId();
            bulkhead.runTimer(
                    "end of " + incidentId, () -> unit(() -> outreach.forget(incidentId)));
        }
        if (lastTick == ArrivalClock.UNKNOWN || clock.now(wallClock()) - lastTick >= TICK_MS) {
            tick();
        }
    }

    private void onTick(long timer) throws Exception {
        // Not after the timer's own time, because a machine that was asleep needs one tick only.
        getProcessingTimeService().registerTimer(wallClock() + TICK_MS, this::onTick);
        tick();
    }

    /** Lets time pass. A part of that which fails is done again later, without the others. */
    private void tick() throws Exception {
        long now = clock.now(wallClock());
        if (now <= lastTick) {
            return;
        }
        lastTick = now;
        outreach.present(clockRunsWhenIdle ? wallClock() : now);
        long wallClock = wallClock();
        postponed.values().removeIf(until -> until <= wallClock);
        outreach.tick(now, clock.isCatchingUp(wallClock), this::attempt);
    }

    private boolean attempt(String part, Runnable work) throws Exception {
        if (postponed.containsKey(part)) {
            return false;
        }
        boolean isDone = bulkhead.runTimer(part, () -> unit(work));
        if (!isDone) {
            postponed.put(part, wallClock() + RETRY_MS);
        }
        return isDone;
    }

    private void unit(Runnable work) throws Exception {
        Policy before = outreach.policy();
        bulkhead.onUndo(
                () -> {
                    outreach.held().forEach(HeldMap::undo);
                    outreach.restored(before);
                });
        work.run();
        outreach.held().forEach(HeldMap::commit);
    }

    private void apply(OutreachInput input) {
        OutreachInput.Content content = input.content();
        long arrival = input.arrivalTime();
        if (content instanceof OutreachInput.Revised revised) {
            outreach.incident(revised.incident());
        } else if (content instanceof OutreachInput.Registered registered) {
            outreach.device(registered.change().deviceId(), registered.change().device(), arrival);
        } else if (content instanceof OutreachInput.Reported reported) {
            outreach.drone(reported.drone(), arrival);
        } else if (content instanceof OutreachInput.Answered answered) {
            outreach.answer(answered.response(), arrival);
        } else if (content instanceof OutreachInput.Received received) {
            Delivery.Result result = received.receipt().result();
            if (result == Delivery.Result.REJECTED || result == Delivery.Result.EXPIRED) {
                unplayed.inc();
            }
        } else if (content instanceof OutreachInput.Governed governed) {
            outreach.policy(governed.update(), arrival);
        }
    }

    /** No input or timer can come between this call and the snapshot. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        getKeyedStateBackend().setCurrentKey(KEY);
        for (Stored<?> each : stored) {
            each.write();
        }
        storedClock.update(clock.state());
    }

    private long wallClock() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    /** Emits what is decided. */
    private final class Emitter implements OutreachOutput {
        private final OutreachRecords records = new OutreachRecords(job);
        private final IncidentRecords decisionRecords = new IncidentRecords(job);
        private final Counter announcements =
                DispatchMetrics.ANNOUNCEMENTS.countIn(getMetricGroup());
        private final Counter walls = DispatchMetrics.WALLS.countIn(getMetricGroup());
        private final Counter tasks = DispatchMetrics.DRONE_TASKS.countIn(getMetricGroup());

        @Override
        public void announcement(Announcement announcement) {
            announcements.inc();
            RawRecord record = records.announcement(announcement, outreach.now());
            output.collect(new StreamRecord<>(record, record.timestamp()));
        }

        @Override
        public void wall(Wall wall) {
            walls.inc();
            emit(records.wall(wall, outreach.now()));
        }

        @Override
        public void task(DroneTask task) {
            tasks.inc();
            LOG.debug("incident {}: drone {} {}", task.incidentId(), task.droneId(), task.status());
            emit(records.task(task, outreach.now()));
        }

        @Override
        public void decision(Decision decision) {
            LOG.debug(
                    "incident {}: {} because {}",
                    decision.incidentId(),
                    decision.kind(),
                    decision.reason());
            emit(decisionRecords.decision(decision));
        }

        private void emit(RawRecord record) {
            output.collect(
                    OUTPUTS.get(record.topic()), new StreamRecord<>(record, record.timestamp()));
        }
    }
}
