package io.atalaya.flink.bulkhead;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.FaultEvidence;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.DeviceKey;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.DeadLetter.InternalError;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.flink.logging.DecisionLog;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/**
 * Raises an alert for each device whose data the job fails to analyse: one {@code analytics-fault}
 * per device, or per operator where the device is unknown. It ends after an hour without failures.
 * The inputs are all dead letters, of which only internal errors count, and the devices, both under
 * {@link #key}. It is not a {@link BulkheadOperator}, because it would have to report its own
 * failures.
 */
public final class FaultAlertOperator extends AbstractStreamOperator<Alert>
        implements TwoInputStreamOperator<DeadLetter, DeviceChange, Alert>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(FaultAlertOperator.class);

    /** Time without a failure after which a device counts as working again. */
    private static final long QUIET_MS = Duration.ofHours(1).toMillis();

    private static final int PRIORITY = 60;

    private final String job;

    private transient ValueState<Alert> open;
    private transient ValueState<DeviceHistory> registrations;
    private transient InternalTimerService<VoidNamespace> timers;

    /**
     * @param job that fails, because two jobs may fail on one device
     */
    public FaultAlertOperator(String job) {
        this.job = job;
    }

    /** The key of a device's failures, and of its registration. */
    public static String key(String deviceId) {
        return "device/" + deviceId;
    }

    /** The key of a dead letter; invalid records share one key. */
    public static String key(DeadLetter letter) {
        if (letter.error() == null) {
            return "invalid";
        }
        String deviceId = deviceId(letter.error());
        return deviceId == null ? "operator/" + letter.error().operator() : key(deviceId);
    }

    /** Null also for a record's key that is no deviceId, which no alert could name. */
    private static String deviceId(InternalError error) {
        String id = error.deviceId();
        return id == null || id.isEmpty() || id.length() > DeviceKey.MAX_ID ? null : id;
    }

    @Override
    public void open() throws Exception {
        super.open();
        open =
                getPartitionedState(
                        new ValueStateDescriptor<>("fault", BinaryTypeInfo.of(Alert.class)));
        registrations =
                getPartitionedState(
                        new ValueStateDescriptor<>(
                                "registrations", BinaryTypeInfo.of(DeviceHistory.class)));
        timers = getInternalTimerService("faults", VoidNamespaceSerializer.INSTANCE, this);
    }

    @Override
    public void processElement1(StreamRecord<DeadLetter> element) throws Exception {
        DeadLetter letter = element.getValue();
        if (letter.error() == null) {
            return;
        }
        Alert old = open.value();
        Alert next = old == null ? begin(letter) : update(old, letter);
        if (old == null) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, endOf(next));
        }
        if (old == null || isWorthEmitting(evidence(old), evidence(next))) {
            long last = old == null ? 0 : old.revision();
            next = next.as(next.status(), Alert.revisionAfter(last, next.causedAt()));
            emit(next, "dead letter of " + letter.address(), null);
        }
        open.update(next);
    }

    /**
     * Whether an update is worth emitting: a pause starts or ends, or the number of failures
     * reaches a power of two. Emitting each failure could mean one message per frame.
     */
    private static boolean isWorthEmitting(FaultEvidence old, FaultEvidence next) {
        return (old.pausedUntil() == null) != (next.pausedUntil() == null)
                || Integer.bitCount(next.failures()) == 1;
    }

    private Alert begin(DeadLetter letter) throws Exception {
        InternalError error = letter.error();
        String first =
                letter.address() == null
                        ? String.valueOf(letter.arrivalTime())
                        : letter.address().toString();
        DeviceHistory history = registrations.value();
        Device device = history == null ? null : history.at(letter.arrivalTime());
        String deviceId = deviceId(error);
        return new Alert(
                new Alert.Identity(
                        AlertId.of(AlertType.ANALYTICS_FAULT, job, key(letter), first),
                        AlertType.ANALYTICS_FAULT),
                new Alert.Emission(1, letter.arrivalTime(), letter.arrivalTime()),
                new Alert.Lifecycle(
                        Alert.Status.NEW, letter.arrivalTime(), letter.arrivalTime(), null),
                deviceId == null ? Alert.Place.NONE : Alert.Place.of(deviceId, device),
                Alert.Subject.NONE,
                new Alert.Assessment(Alert.Action.REVIEW, 1, PRIORITY, headline(error)),
                evidence(letter, 1),
                null,
                Alert.Disclosure.EVERYONE);
    }

    private static Text headline(InternalError error) {
        String deviceId = deviceId(error);
        return deviceId == null
                ? Message.of(MessageCode.STEP_FAILS, error.operator())
                : Message.of(MessageCode.DEVICE_ANALYSIS_FAILS, deviceId);
    }

    private static Alert update(Alert old, DeadLetter letter) {
        return old.with(
                Alert.Status.UPDATED,
                evidence(letter, evidence(old).failures() + 1),
                Math.max(old.causedAt(), letter.arrivalTime()));
    }

    private static FaultEvidence evidence(DeadLetter letter, int failures) {
        InternalError error = letter.error();
        return new FaultEvidence(
                error.operator(),
                error.exceptionClass(),
                error.thrownAt(),
                failures,
                letter.address() == null ? null : letter.address().toString(),
                error.pausedUntil());
    }

    private static FaultEvidence evidence(Alert alert) {
        return (FaultEvidence) alert.evidence();
    }

    private static long endOf(Alert alert) {
        Long paused = evidence(alert).pausedUntil();
        return Math.max(alert.causedAt(), paused == null ? 0 : paused) + QUIET_MS;
    }

    @Override
    public void processElement2(StreamRecord<DeviceChange> element) throws Exception {
        DeviceChange change = element.getValue();
        DeviceHistory known =
                DeviceHistory.with(
                        registrations.value(),
                        new DeviceHistory.Registration(change.arrivalTime(), change.device()));
        if (known.isRemoved()) {
            registrations.clear();
        } else {
            registrations.update(known);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        Alert alert = open.value();
        if (alert == null) {
            return;
        }
        long end = endOf(alert);
        if (timer.getTimestamp() < end) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, end);
            return;
        }
        emit(
                alert.ended(end).as(Alert.Status.ENDED, Alert.revisionAfter(alert.revision(), end)),
                "timer",
                "nothing has failed for an hour");
        open.clear();
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("faults set no processing-time timers");
    }

    private void emit(Alert alert, String cause, String reason) {
        DecisionLog.emitted(LOG, alert, () -> cause, reason);
        output.collect(
                new StreamRecord<>(
                        alert.withDetectedAt(
                                getProcessingTimeService().getCurrentProcessingTime())));
    }
}
