package io.atalaya.dispatch.source;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.warning.PublicWarning;
import io.atalaya.dispatch.evidence.EvidenceReader;
import io.atalaya.dispatch.evidence.Outcome;
import io.atalaya.dispatch.evidence.SenderState;
import io.atalaya.dispatch.evidence.WarningReader;
import io.atalaya.dispatch.incident.IncidentInput;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.flink.device.DeviceRegistrations;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;

/**
 * Reads what alerts, calls and public warnings say about incidents. It has one subtask, because
 * they are few, and keeps the registrations of devices, the policy and the warnings of each sender
 * on the heap.
 */
public final class EvidenceOperator extends SourceOperator
        implements OneInputStreamOperator<SourceMessage, IncidentInput> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceOperator.class);

    /** Far more than there are. Of further ones repeated messages are read again. */
    private static final int MAX_SENDERS = 1_000;

    private static final MapStateDescriptor<String, SenderState> SENDERS =
            new MapStateDescriptor<>("senders", Types.STRING, BinaryTypeInfo.of(SenderState.class));

    private transient BroadcastState<String, DeviceHistory> devices;
    private transient BroadcastState<String, SenderState> senders;
    private transient EvidenceReader reader;
    private transient WarningReader warnings;

    /**
     * @param policyOfSettings files of the policy that is in force until another is requested
     */
    public EvidenceOperator(
            BulkheadSettings bulkhead, Map<String, String> policyOfSettings, String job) {
        super(bulkhead, false, policyOfSettings, job);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        devices = context.getOperatorStateStore().getBroadcastState(DeviceRegistrations.STATE);
        senders = context.getOperatorStateStore().getBroadcastState(SENDERS);
    }

    @Override
    void govern(Policy policy) {
        EvidenceReader other = new EvidenceReader(policy);
        warnings = new WarningReader(policy);
        reader = other;
    }

    @Override
    public void processElement(StreamRecord<SourceMessage> element) throws Exception {
        SourceMessage message = element.getValue();
        run(message.content().subject(), element, () -> process(message));
    }

    private void process(SourceMessage message) throws Exception {
        SourceMessage.Content content = message.content();
        if (content instanceof SourceMessage.OfAlert of) {
            emit(reader.read(of.alert(), registered(of.alert(), message.arrivalTime())), message);
        } else if (content instanceof SourceMessage.OfCall of) {
            emit(reader.read(of.call(), message.arrivalTime()), message);
        } else if (content instanceof SourceMessage.OfWarning of) {
            read(of.warning(), message);
        } else if (content instanceof SourceMessage.OfDevice of) {
            DeviceRegistrations.apply(of.change(), devices);
        } else if (content instanceof SourceMessage.OfPolicy of) {
            govern(of.update());
        }
    }

    private Device registered(Alert alert, long arrivalTime) throws Exception {
        return alert.deviceId() == null
                ? null
                : DeviceRegistrations.at(alert.deviceId(), arrivalTime, devices);
    }

    private void read(PublicWarning warning, SourceMessage message) throws Exception {
        SenderState known = senders.get(warning.sender());
        WarningReader.Result result = warnings.read(known, warning, message.arrivalTime());
        result.outcomes().forEach(outcome -> emit(outcome, message));
        if (known != null || size(senders) < MAX_SENDERS) {
            senders.put(warning.sender(), result.state());
        } else {
            LOG.warn("the state of another sender of warnings is not kept");
        }
    }

    private static int size(BroadcastState<?, ?> state) throws Exception {
        int size = 0;
        for (Map.Entry<?, ?> each : state.immutableEntries()) {
            size++;
        }
        return size;
    }

    private void emit(Outcome outcome, SourceMessage message) {
        emit(outcome, message.arrivalTime(), message.address());
    }
}
