package io.atalaya.flink.kafka;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.kafka.AlertRecords;

import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;

/**
 * Turns alerts into Kafka records before the sink, because an alert that the sink cannot serialize
 * would fail the job.
 */
public final class AlertRecordOperator extends BulkheadOperator<RawRecord>
        implements OneInputStreamOperator<Alert, RawRecord> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(AlertRecordOperator.class);

    private final AlertRecords records;

    public AlertRecordOperator(BulkheadSettings bulkhead, String job) {
        super(bulkhead, false);
        records = new AlertRecords(job);
    }

    @Override
    public void processElement(StreamRecord<Alert> element) throws Exception {
        Alert alert = element.getValue();
        bulkhead.run(alert.alertId(), alert.causedAt(), () -> origin(alert), () -> write(alert));
    }

    private void write(Alert alert) {
        output.collect(new StreamRecord<>(records.write(alert)));
        LOG.debug("alert {} written: revision {}", alert.alertId(), alert.revision());
    }

    /** Describes the alert as text, because it cannot be written as JSON. */
    private static Traceable.Origin origin(Alert alert) {
        return Traceable.Origin.of(
                alert.deviceId(), null, alert.toString().getBytes(StandardCharsets.UTF_8));
    }
}
