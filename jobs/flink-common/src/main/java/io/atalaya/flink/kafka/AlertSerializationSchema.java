package io.atalaya.flink.kafka;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Alerts as CloudEvents 1.0 in Kafka binary mode, keyed by alertId. {@code ce_id} is {@code
 * alertId:revision}, the consumer's dedupe key; {@code ce_time} is the device time of the first
 * evidence.
 */
public final class AlertSerializationSchema implements Serializable {
    /** The header with an alert's type, which spares consumers parsing the alert. */
    public static final String TYPE_HEADER = "ce_type";

    private static final long serialVersionUID = 1L;

    private final String job;

    public AlertSerializationSchema(String job) {
        this.job = job;
    }

    /** The value of {@link #TYPE_HEADER}. */
    public static String type(AlertType type) {
        return "io.atalaya.alert." + type.wireName();
    }

    /** The record of an alert, without partition and offset. */
    public RawRecord write(Alert alert) {
        CloudEvent event =
                CloudEventBuilder.v1()
                        .withId(alert.alertId() + ":" + alert.revision())
                        .withSource(URI.create("/atalaya/" + job))
                        .withType(type(alert.type()))
                        .withTime(
                                Instant.ofEpochMilli(alert.lifecycle().deviceTime())
                                        .atOffset(ZoneOffset.UTC))
                        .withSubject(alert.alertId())
                        .withDataContentType("application/json")
                        .withData(AlertCodec.write(alert))
                        .build();
        byte[] key = alert.alertId().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> written =
                KafkaMessageFactory.createWriter(Topics.ALERTS, null, alert.causedAt(), key)
                        .writeBinary(event);
        List<RawRecord.RawHeader> headers = new ArrayList<>();
        written.headers()
                .forEach(each -> headers.add(new RawRecord.RawHeader(each.key(), each.value())));
        return new RawRecord(
                Topics.ALERTS,
                RawRecord.NOWHERE,
                RawRecord.NOWHERE,
                alert.causedAt(),
                key,
                written.value(),
                headers);
    }
}
