package io.atalaya.dispatch.source;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.evidence.Outcome;
import io.atalaya.dispatch.incident.IncidentInput;
import io.atalaya.dispatch.incident.IncidentOperator;
import io.atalaya.dispatch.incident.IncidentRecords;
import io.atalaya.dispatch.policy.GovernedOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;

import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;

/** An operator that reads evidence by the rules of the policy in force. */
abstract class SourceOperator extends GovernedOperator<IncidentInput> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(SourceOperator.class);

    private final IncidentRecords records;

    /**
     * @param policyOfSettings files of the policy that is in force until another is requested
     */
    SourceOperator(
            BulkheadSettings bulkhead,
            boolean isKeyedByDevice,
            Map<String, String> policyOfSettings,
            String job) {
        super(bulkhead, isKeyedByDevice, policyOfSettings);
        records = new IncidentRecords(job);
    }

    /**
     * Emits what a record was read as.
     *
     * @param address of the record, or null where a timer acts
     */
    final void emit(Outcome outcome, long arrivalTime, RecordAddress address) {
        if (outcome instanceof Outcome.Accepted accepted) {
            emit(new IncidentInput.Found(accepted.evidence()), arrivalTime, address);
        } else if (outcome instanceof Outcome.Retracted retracted) {
            emit(
                    new IncidentInput.Retracted(retracted.eventId(), retracted.revision()),
                    arrivalTime,
                    address);
        } else if (outcome instanceof Outcome.Suppressed suppressed) {
            Decision decision = suppressed.decision();
            LOG.debug("event {} suppressed because {}", decision.eventId(), decision.reason());
            output.collect(
                    IncidentOperator.output(Topics.DECISIONS),
                    new StreamRecord<>(records.decision(decision), arrivalTime));
            if (suppressed.withdrawn() != null) {
                emit(new IncidentInput.Withdrawn(suppressed.withdrawn()), arrivalTime, address);
            }
        }
    }

    private void emit(IncidentInput.Content content, long arrivalTime, RecordAddress address) {
        output.collect(
                new StreamRecord<>(new IncidentInput(arrivalTime, address, content), arrivalTime));
    }
}
