package io.atalaya.alert;

import io.atalaya.bulkhead.BulkheadOperator;
import io.atalaya.bulkhead.BulkheadSettings;
import io.atalaya.bulkhead.Traceable;
import io.atalaya.kafka.RawRecord;

import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import java.nio.charset.StandardCharsets;

/**
 * Turns alerts into Kafka records before the sink, where one alert that cannot be written would
 * fail the job.
 */
public final class AlertRecordOperator extends BulkheadOperator<RawRecord>
        implements OneInputStreamOperator<Alert, RawRecord> {
    private static final long serialVersionUID = 1L;

    private final AlertRecords records;

    public AlertRecordOperator(BulkheadSettings bulkhead, AlertRecords records) {
        super(bulkhead, false);
        this.records = records;
    }

    @Override
    public void processElement(StreamRecord<Alert> element) throws Exception {
        Alert alert = element.getValue();
        bulkhead.run(
                alert.alertId(),
                alert.at(),
                () -> origin(alert),
                () -> output.collect(new StreamRecord<>(records.write(alert))));
    }

    /** As text, for it is what cannot be written as JSON. */
    private static Traceable.Origin origin(Alert alert) {
        return Traceable.Origin.of(
                alert.device() == null ? null : alert.device().id(),
                null,
                alert.toString().getBytes(StandardCharsets.UTF_8));
    }
}
