package io.atalaya.dispatch.policy;

import io.atalaya.contracts.dispatch.PolicyAnswer;
import io.atalaya.contracts.dispatch.PolicyRequest;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordKey;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.metrics.DispatchMetrics;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads requested policies and forwards the valid ones. Each request gets an answer; a rejected one
 * is also a dead letter, like every invalid record, and the policy before stays in force.
 */
public final class PolicyRequestOperator extends BulkheadOperator<PolicyUpdate>
        implements OneInputStreamOperator<RawRecord, PolicyUpdate> {
    /** Answers to the requesters, as records of their topic. */
    public static final OutputTag<RawRecord> ANSWERS =
            new OutputTag<>("answers", BinaryTypeInfo.of(RawRecord.class));

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PolicyRequestOperator.class);

    /** Files of the policy that the settings name, for a request to return to it. */
    private final Map<String, String> ofSettings;

    private final boolean canSign;

    private transient Counter accepted;
    private transient Counter rejected;

    /**
     * @param canSign whether the job has a key for what other agencies learn
     */
    public PolicyRequestOperator(
            BulkheadSettings bulkhead, Map<String, String> ofSettings, boolean canSign) {
        super(bulkhead, false);
        this.ofSettings = ofSettings;
        this.canSign = canSign;
    }

    @Override
    public void open() throws Exception {
        super.open();
        accepted = DispatchMetrics.ACCEPTED_POLICIES.countIn(getMetricGroup());
        rejected = ParseOperator.REJECTED_RECORDS.countIn(getMetricGroup());
    }

    @Override
    public void processElement(StreamRecord<RawRecord> element) throws Exception {
        RawRecord record = element.getValue();
        if (!bulkhead.run(
                record.address(), record.timestamp(), record, () -> decide(record, element))) {
            answer(record, null, List.of("an internal error; see its dead letter"));
        }
    }

    private void decide(RawRecord record, StreamRecord<RawRecord> element) {
        PolicyRequest request = null;
        try {
            RecordKey.require(RecordKey.text(record.key()), "topic", PolicyRequest.KEY);
            if (record.value() != null) {
                request = PolicyRequest.CODEC.read(record.value());
                Policy policy = PolicyReader.read(request.files());
                requireVersion(request, policy);
                requireKey(policy);
            }
        } catch (InvalidRecordException e) {
            reject(record, request, e.field(), List.of(e.getMessage()));
            return;
        } catch (PolicyReader.InvalidPolicyException e) {
            reject(
                    record,
                    request,
                    "files",
                    e.faults().stream().map(PolicyReader.Fault::toString).toList());
            return;
        }
        accepted.inc();
        String version = request == null ? null : request.version();
        LOG.info("policy {} is in force", version == null ? "of the settings" : version);
        answer(record, version, List.of());
        output.collect(
                new StreamRecord<>(
                        new PolicyUpdate(
                                request == null ? ofSettings : request.files(),
                                request == null,
                                record.timestamp(),
                                record.position()),
                        element.getTimestamp()));
    }

    private static void requireVersion(PolicyRequest request, Policy policy)
            throws InvalidRecordException {
        if (!request.version().equals(policy.version())) {
            throw new InvalidRecordException(
                    "version", request.version(), "that of policy.yaml, " + policy.version());
        }
    }

    private void requireKey(Policy policy) throws InvalidRecordException {
        if (policy.exchange().isSharing() && !canSign) {
            throw InvalidRecordException.fault(
                    "files.exchange",
                    "shared incidents",
                    "none, because the job has no exchange.key-file");
        }
    }

    private void reject(
            RawRecord record, PolicyRequest request, String field, List<String> faults) {
        rejected.inc();
        LOG.warn("{}: a policy is rejected, {} faults", record.address(), faults.size());
        output.collect(
                Bulkhead.DEAD_LETTERS,
                new StreamRecord<>(
                        DeadLetter.invalid(record, field, String.join("\n", faults)),
                        record.timestamp()));
        answer(record, request == null ? null : request.version(), faults);
    }

    private void answer(RawRecord record, String version, List<String> faults) {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        PolicyAnswer answer =
                new PolicyAnswer(
                        version,
                        faults.isEmpty()
                                ? PolicyAnswer.Answer.ACCEPTED
                                : PolicyAnswer.Answer.REJECTED,
                        shortened(faults),
                        record.address().toString(),
                        now);
        output.collect(
                ANSWERS,
                new StreamRecord<>(
                        new RawRecord(
                                Topics.POLICY_ANSWERS,
                                RawRecord.NOWHERE,
                                RawRecord.NOWHERE,
                                now,
                                PolicyRequest.KEY.getBytes(UTF_8),
                                PolicyAnswer.CODEC.write(answer),
                                List.of())));
    }

    /** As many faults as an answer holds; the dead letter has all. */
    private static List<String> shortened(List<String> faults) {
        return faults.stream()
                .limit(PolicyAnswer.MAX_FAULTS)
                .map(PolicyRequestOperator::shortened)
                .toList();
    }

    private static String shortened(String fault) {
        int characters = fault.codePointCount(0, fault.length());
        return characters <= PolicyAnswer.MAX_FAULT
                ? fault
                : fault.substring(0, fault.offsetByCodePoints(0, PolicyAnswer.MAX_FAULT - 1)) + "…";
    }
}
