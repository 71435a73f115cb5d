package io.atalaya.dispatch.source;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.device.DeviceState;
import io.atalaya.dispatch.device.DeviceSupervisor;
import io.atalaya.dispatch.device.Heard;
import io.atalaya.dispatch.incident.IncidentInput;
import io.atalaya.dispatch.metrics.DispatchMetrics;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.PolicyUpdate;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;

/**
 * Runs the {@link DeviceSupervisor} of each device. Its timers follow the watermark, so that no
 * device counts as silent while nothing at all arrives.
 */
public final class SupervisionOperator extends SourceOperator
        implements TwoInputStreamOperator<DeviceMessage, PolicyUpdate, IncidentInput>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(SupervisionOperator.class);

    private static final ListStateDescriptor<Heard> HEARD =
            new ListStateDescriptor<>("heard", BinaryTypeInfo.of(Heard.class));

    private transient DeviceSupervisor supervisor;
    private transient ListState<Heard> heard;
    private transient ValueState<DeviceState> device;
    private transient ValueState<DeviceHistory> registrations;

    /** When the only timer that counts acts; others are outdated. */
    private transient ValueState<Long> timerAt;

    private transient InternalTimerService<VoidNamespace> timers;
    private transient Counter events;

    /**
     * @param policyOfSettings files of the policy that is in force until another is requested
     */
    public SupervisionOperator(
            BulkheadSettings bulkhead, Map<String, String> policyOfSettings, String job) {
        super(bulkhead, true, policyOfSettings, job);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        heard = context.getOperatorStateStore().getUnionListState(HEARD);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        heard.update(List.of(supervisor.heard()));
    }

    @Override
    public void open() throws Exception {
        super.open();
        device =
                valueState(
                        new ValueStateDescriptor<>("device", BinaryTypeInfo.of(DeviceState.class)));
        registrations =
                valueState(
                        new ValueStateDescriptor<>(
                                "registrations", BinaryTypeInfo.of(DeviceHistory.class)));
        timerAt = valueState(new ValueStateDescriptor<>("timer", Types.LONG));
        timers = getInternalTimerService("supervision", VoidNamespaceSerializer.INSTANCE, this);
        events = DispatchMetrics.DEVICE_EVENTS.countIn(getMetricGroup());
    }

    @Override
    protected void govern(Policy policy) throws Exception {
        supervisor =
                new DeviceSupervisor(policy, supervisor == null ? latest() : supervisor.heard());
        LOG.info("devices are supervised by policy {}", policy.version());
    }

    /** That of the subtask that heard a device last, because devices are spread again. */
    private Heard latest() throws Exception {
        Heard latest = Heard.NOTHING;
        for (Heard each : heard.get()) {
            latest = each.at() > latest.at() ? each : latest;
        }
        return latest;
    }

    @Override
    public void processElement1(StreamRecord<DeviceMessage> element) throws Exception {
        DeviceMessage message = element.getValue();
        if (message instanceof DeviceMessage.Registered registered) {
            bulkhead.runUnpaused(message.deviceId(), message, () -> register(registered));
        } else if (message instanceof DeviceMessage.Happened happened) {
            events.inc();
            run(message.deviceId(), element, () -> apply(happened));
        }
    }

    @Override
    public void processElement2(StreamRecord<PolicyUpdate> element) throws Exception {
        PolicyUpdate update = element.getValue();
        bulkhead.runStateless("policy", update, () -> govern(update));
    }

    private void register(DeviceMessage.Registered registered) throws Exception {
        DeviceHistory history =
                DeviceHistory.with(
                        registrations.value(),
                        new DeviceHistory.Registration(
                                registered.arrivalTime(), registered.change().device()));
        if (history.isRemoved() && device.value() == null) {
            registrations.clear();
        } else {
            registrations.update(history);
        }
    }

    private void apply(DeviceMessage.Happened happened) throws Exception {
        long arrival = happened.arrivalTime();
        emit(
                happened.deviceId(),
                supervisor.onEvent(
                        device.value(), happened.event(), arrival, registeredAt(arrival)),
                arrival,
                happened.position().in(Topics.DEVICE_EVENTS));
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        DeviceState known = device.value();
        Long expected = timerAt.value();
        if (known == null || expected == null || expected != timer.getTimestamp()) {
            return;
        }
        timerAt.clear();
        long now = timer.getTimestamp();
        if (supervisor.nextTimer(known) > now) {
            schedule(known);
            return;
        }
        emit(
                timer.getKey(),
                supervisor.onTimer(known, timer.getKey(), now, registeredAt(now)),
                now,
                null);
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("devices set no processing-time timers");
    }

    private void emit(
            String deviceId, DeviceSupervisor.Result result, long arrival, RecordAddress address)
            throws Exception {
        result.outcomes().forEach(outcome -> emit(outcome, arrival, address));
        if (result.state() == null) {
            LOG.info("device {} is forgotten: it has not sent for long", deviceId);
            device.clear();
            DeviceHistory history = registrations.value();
            if (history != null && history.isRemoved()) {
                registrations.clear();
            }
        } else {
            device.update(result.state());
            schedule(result.state());
        }
    }

    /** An early timer only checks and sets the next, so that a heartbeat moves none. */
    private void schedule(DeviceState state) throws Exception {
        long next = supervisor.nextTimer(state);
        Long set = timerAt.value();
        if (set == null || next < set) {
            setTimer(next);
        }
    }

    private void setTimer(long time) throws Exception {
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
        timerAt.update(time);
    }

    /** The device's registration outlives its state, and a failed timer is set again. */
    @Override
    protected void recover(Object key, boolean isRepeated) throws Exception {
        if (isRepeated) {
            device.clear();
        }
        DeviceState known = device.value();
        if (known != null) {
            setTimer(Math.max(timers.currentWatermark(), known.arrivalTime()) + RETRY_MS);
        }
    }

    /** The registration in force; a removed device has its last one. */
    private Device registeredAt(long arrival) throws Exception {
        DeviceHistory history = registrations.value();
        if (history == null) {
            return null;
        }
        Device device = history.at(arrival);
        for (DeviceHistory.Registration each : history.registrations()) {
            if (device == null || each.inForceFrom() <= arrival && each.device() != null) {
                device = each.device();
            }
        }
        return device;
    }
}
