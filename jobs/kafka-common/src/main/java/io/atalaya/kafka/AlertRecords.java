package io.atalaya.kafka;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;

import java.io.Serializable;

/**
 * Alerts as CloudEvents, keyed by alertId. {@code ce_id} is {@code alertId:revision}, the
 * consumer's dedupe key; {@code ce_time} is the device time of the first evidence.
 */
public final class AlertRecords implements Serializable {
    /** The header with an alert's type, which spares consumers parsing the alert. */
    public static final String TYPE_HEADER = "ce_type";

    private static final long serialVersionUID = 1L;

    private final CloudEventRecords records;

    public AlertRecords(String job) {
        records = new CloudEventRecords(job);
    }

    /** The value of {@link #TYPE_HEADER}. */
    public static String type(AlertType type) {
        return "io.atalaya.alert." + type.wireName();
    }

    /** The record of an alert, without partition and offset. */
    public RawRecord write(Alert alert) {
        return records.record(
                Topics.ALERTS,
                alert.causedAt(),
                alert.alertId() + ":" + alert.revision(),
                type(alert.type()),
                alert.lifecycle().deviceTime(),
                alert.alertId(),
                AlertCodec.write(alert));
    }
}
