package io.atalaya.dispatch.source;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.warning.PublicWarning;
import io.atalaya.dispatch.evidence.EvidenceReader;
import io.atalaya.dispatch.evidence.Outcome;
import io.atalaya.dispatch.evidence.SenderState;
import io.atalaya.dispatch.evidence.WarningReader;
import io.atalaya.dispatch.exchange.AgencyLog;
import io.atalaya.dispatch.exchange.AgencyState;
import io.atalaya.dispatch.exchange.NationalReader;
import io.atalaya.dispatch.incident.IncidentInput;
import io.atalaya.dispatch.metrics.DispatchMetrics;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.flink.device.DeviceRegistrations;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads what alerts, calls, public warnings and other agencies say about incidents. It has one
 * subtask, because they are few, and keeps the registrations of devices, the policy, the warnings
 * of each sender and the messages of each agency on the heap.
 */
public final class EvidenceOperator extends SourceOperator
        implements OneInputStreamOperator<SourceMessage, IncidentInput> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceOperator.class);

    /** Far more than there are. Of further ones repeated messages are read again. */
    private static final int MAX_SENDERS = 1_000;

    private static final MapStateDescriptor<String, SenderState> SENDERS =
            new MapStateDescriptor<>("senders", Types.STRING, BinaryTypeInfo.of(SenderState.class));

    private static final MapStateDescriptor<String, AgencyState> AGENCIES =
            new MapStateDescriptor<>(
                    "agencies", Types.STRING, BinaryTypeInfo.of(AgencyState.class));

    /** Changes of the hot list, as records of their topic. */
    public static final OutputTag<RawRecord> LISTINGS =
            new OutputTag<>("listings", BinaryTypeInfo.of(RawRecord.class));

    private transient BroadcastState<String, DeviceHistory> devices;
    private transient BroadcastState<String, SenderState> senders;
    private transient BroadcastState<String, AgencyState> storedAgencies;
    private transient Map<String, AgencyLog> agencies;
    private transient long latestArrival;
    private transient EvidenceReader reader;
    private transient WarningReader warnings;
    private transient NationalReader national;
    private transient Counter received;
    private transient Counter listed;
    private transient Counter rejected;

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
        storedAgencies = context.getOperatorStateStore().getBroadcastState(AGENCIES);
        agencies = new HashMap<>();
        for (Map.Entry<String, AgencyState> each : storedAgencies.immutableEntries()) {
            agencies.put(each.getKey(), new AgencyLog(each.getValue()));
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        received = DispatchMetrics.NATIONAL_RECEIVED.countIn(getMetricGroup());
        listed = DispatchMetrics.HOTLIST_CHANGES.countIn(getMetricGroup());
        rejected = ParseOperator.REJECTED_RECORDS.countIn(getMetricGroup());
    }

    @Override
    protected void govern(Policy policy) {
        EvidenceReader other = new EvidenceReader(policy);
        national = new NationalReader(policy);
        warnings = new WarningReader(policy);
        reader = other;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (!mark.equals(Watermark.MAX_WATERMARK)) {
            latestArrival = Math.max(latestArrival, mark.getTimestamp());
        }
        super.processWatermark(mark);
    }

    /** No input or timer can come between this call and the snapshot. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        for (Map.Entry<String, AgencyLog> each : Map.copyOf(agencies).entrySet()) {
            AgencyLog log = each.getValue();
            log.forget(latestArrival);
            if (log.isEmpty()) {
                agencies.remove(each.getKey());
                storedAgencies.remove(each.getKey());
            } else if (log.takeChanged()) {
                storedAgencies.put(each.getKey(), log.state());
            }
        }
    }

    @Override
    public void processElement(StreamRecord<SourceMessage> element) throws Exception {
        SourceMessage message = element.getValue();
        latestArrival = Math.max(latestArrival, message.arrivalTime());
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
        } else if (content instanceof SourceMessage.OfNational of) {
            read(of.record(), message);
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

    private void read(RawRecord record, SourceMessage message) throws Exception {
        NationalReader.Result result;
        try {
            result = national.read(record, this::log);
        } catch (InvalidRecordException e) {
            rejected.inc();
            LOG.warn(
                    "{}: a message of another agency is rejected: {}", record.address(), e.field());
            output.collect(
                    Bulkhead.DEAD_LETTERS,
                    new StreamRecord<>(DeadLetter.invalid(record, e.field(), e.getMessage())));
            return;
        }
        received.inc();
        listed.inc(result.listings().size());
        result.outcomes().forEach(outcome -> emit(outcome, message));
        for (NationalReader.Listing each : result.listings()) {
            output.collect(LISTINGS, new StreamRecord<>(listing(each, message.arrivalTime())));
        }
    }

    private AgencyLog log(String agency) {
        return agencies.computeIfAbsent(agency, any -> new AgencyLog());
    }

    private static RawRecord listing(NationalReader.Listing listing, long time) {
        return new RawRecord(
                Topics.HOTLIST,
                RawRecord.NOWHERE,
                RawRecord.NOWHERE,
                time,
                listing.entryId().getBytes(UTF_8),
                listing.entry() == null ? null : HotlistEntryCodec.write(listing.entry()),
                List.of());
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
