package io.atalaya.dispatch.exchange;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.NationalContent;
import io.atalaya.contracts.dispatch.NationalMessage;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordKey;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.dispatch.exchange.ExchangeBook.Changes;
import io.atalaya.dispatch.exchange.ExchangeBook.Message;
import io.atalaya.dispatch.jws.JwsKey;
import io.atalaya.dispatch.jws.SignedMessage;
import io.atalaya.dispatch.metrics.DispatchMetrics;
import io.atalaya.dispatch.policy.GovernedOperator;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.PolicyUpdate;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.kafka.CloudEventRecords;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Shares incidents with other agencies, signed. It has one subtask, because what one agency may
 * know of an incident depends on what it knows of those that are linked to it.
 */
public final class ExchangeOperator extends GovernedOperator<RawRecord>
        implements TwoInputStreamOperator<RawRecord, PolicyUpdate, RawRecord> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeOperator.class);

    /** Far more than are open at once. */
    private static final int MAX_INCIDENTS = 20_000;

    private static final long FIRST_LOOK_MS = 1_000;
    private static final long LOG_AGAIN_MS = 60_000;

    private static final MapStateDescriptor<String, SharingState> SHARING =
            new MapStateDescriptor<>(
                    "sharing", Types.STRING, BinaryTypeInfo.of(SharingState.class));

    private final String keyFile;
    private final boolean isSignedByWallClock;
    private final CloudEventRecords events;

    private transient BroadcastState<String, SharingState> state;
    private transient SharingBook book;
    private transient Policy policy;

    /** Null without a key file; then nothing is sent, and what is owed waits for one. */
    private transient JwsKey key;

    private transient Counter messages;
    private transient Counter unshared;

    /** Wall clock of the next line about it. */
    private transient long nextLogAt;

    /**
     * @param policyOfSettings files of the policy that is in force until another is requested
     * @param keyFile with the private key, on every machine; or empty
     * @param isSignedByWallClock otherwise by the time of the cause
     */
    public ExchangeOperator(
            BulkheadSettings bulkhead,
            Map<String, String> policyOfSettings,
            String keyFile,
            boolean isSignedByWallClock,
            String job) {
        super(bulkhead, false, policyOfSettings);
        this.keyFile = keyFile;
        this.isSignedByWallClock = isSignedByWallClock;
        events = new CloudEventRecords(job);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state = context.getOperatorStateStore().getBroadcastState(SHARING);
        book = new SharingBook();
        for (Map.Entry<String, SharingState> each : state.immutableEntries()) {
            book.put(each.getKey(), each.getValue());
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        messages = DispatchMetrics.NATIONAL_MESSAGES.countIn(getMetricGroup());
        DispatchMetrics.INCIDENTS_SHARED.showIn(getMetricGroup(), () -> (long) book.size());
        unshared = DispatchMetrics.REVISIONS_UNSHARED.countIn(getMetricGroup());
        if (book.size() > 0) {
            // The settings can have changed in the meantime.
            getProcessingTimeService()
                    .registerTimer(
                            getProcessingTimeService().getCurrentProcessingTime() + FIRST_LOOK_MS,
                            now ->
                                    bulkhead.run(
                                            "policy",
                                            now,
                                            policyOfSettings(),
                                            () -> shareByPolicy(now)));
        }
    }

    private static Traceable policyOfSettings() {
        return () -> Traceable.Origin.described(null, null, "policy of the settings");
    }

    /** The key is read again with each policy, so that it can change without a restart. */
    @Override
    protected void govern(Policy other) throws IOException {
        JwsKey read = keyFile.isEmpty() ? null : readKey();
        if (read == null && other.exchange().isSharing()) {
            throw new IllegalStateException(
                    "policy %s shares incidents, and exchange.key-file is not set"
                            .formatted(other.version()));
        }
        key = read;
        policy = other;
    }

    /** A file that was damaged since must not keep a policy from coming into force. */
    private JwsKey readKey() throws IOException {
        try {
            return JwsKey.privateKey(Path.of(keyFile));
        } catch (IOException e) {
            if (key == null) {
                throw e;
            }
            LOG.error("the former key {} signs on: {}", key.kid(), e.getMessage());
            return key;
        }
    }

    @Override
    public void processElement1(StreamRecord<RawRecord> element) throws Exception {
        if (book.size() == 0 && (key == null || !policy.exchange().isSharing())) {
            return;
        }
        RawRecord record = element.getValue();
        String incidentId = RecordKey.text(record.key());
        Traceable input = () -> Traceable.Origin.described(null, null, "incident " + incidentId);
        bulkhead.run(incidentId, record.timestamp(), input, () -> share(record));
    }

    @Override
    public void processElement2(StreamRecord<PolicyUpdate> element) throws Exception {
        PolicyUpdate update = element.getValue();
        run(
                "policy",
                element,
                () -> {
                    govern(update);
                    shareByPolicy(update.arrivalTime());
                });
    }

    private void share(RawRecord record) throws Exception {
        Incident incident = Incident.CODEC.read(record.value());
        ExchangeBook exchange = new ExchangeBook(policy, book, MAX_INCIDENTS);
        apply(
                key == null ? exchange.missed(incident) : exchange.revised(incident),
                record.timestamp());
        for (String over : exchange.forgotten(record.timestamp())) {
            book.remove(over);
            state.remove(over);
        }
    }

    private void shareByPolicy(long now) throws Exception {
        if (key != null && book.size() > 0) {
            apply(new ExchangeBook(policy, book, MAX_INCIDENTS).governed(now), now);
        }
    }

    private void apply(Changes changes, long time) throws Exception {
        List<RawRecord> records = new ArrayList<>();
        for (Message message : changes.messages()) {
            records.add(record(message, time));
        }
        for (Map.Entry<String, SharingState> each : changes.states().entrySet()) {
            book.put(each.getKey(), each.getValue());
            state.put(each.getKey(), each.getValue());
        }
        records.forEach(each -> output.collect(new StreamRecord<>(each, time)));
        messages.inc(records.size());
        unshared.inc(changes.unshared().size());
        long now = getProcessingTimeService().getCurrentProcessingTime();
        if (!changes.unshared().isEmpty() && now >= nextLogAt) {
            nextLogAt = now + LOG_AGAIN_MS;
            LOG.error(
                    "incident {} and maybe others are not shared: {} that are not over are",
                    changes.unshared().iterator().next(),
                    MAX_INCIDENTS);
        }
    }

    private RawRecord record(Message message, long time) {
        long signedAt =
                isSignedByWallClock ? getProcessingTimeService().getCurrentProcessingTime() : time;
        String jws =
                key.sign(
                        new SignedMessage.Claims(
                                policy.exchange().agency(),
                                message.agency(),
                                signedAt / 1000,
                                message.id()),
                        NationalContent.CODEC.write(message.content()));
        LOG.debug(
                "{} of incident {} to {}",
                message.purpose(),
                message.incidentId(),
                message.agency());
        return events.record(
                Topics.NATIONAL_EXCHANGE,
                time,
                message.id(),
                "io.atalaya.national." + message.purpose().name().toLowerCase(Locale.ROOT),
                signedAt,
                message.incidentId(),
                NationalMessage.CODEC.write(
                        new NationalMessage(
                                message.id(),
                                message.agency(),
                                message.incidentId(),
                                message.revision(),
                                message.purpose(),
                                message.priority(),
                                jws)));
    }
}
