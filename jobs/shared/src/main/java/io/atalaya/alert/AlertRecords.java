package io.atalaya.alert;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Alerts as CloudEvents 1.0 in Kafka binary mode, keyed by alertId. {@code ce_id} is {@code
 * alertId:revision}, the consumer's dedupe key; {@code ce_time} is the event time of the first
 * evidence.
 */
public final class AlertRecords implements KafkaRecordSerializationSchema<Alert> {
    /** The header that tells an alert's type without a look into it. */
    public static final String TYPE_HEADER = "ce_type";

    private static final long serialVersionUID = 1L;

    private final String topic;
    private final String job;

    public AlertRecords(String topic, String job) {
        this.topic = topic;
        this.job = job;
    }

    /** What {@link #TYPE_HEADER} holds. */
    public static String type(AlertType type) {
        return "io.atalaya.alert." + type.wireName();
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Alert alert, KafkaSinkContext context, Long timestamp) {
        CloudEvent event =
                CloudEventBuilder.v1()
                        .withId(alert.alertId() + ":" + alert.revision())
                        .withSource(URI.create("/atalaya/" + job))
                        .withType(type(alert.type()))
                        .withTime(Instant.ofEpochMilli(alert.time()).atOffset(ZoneOffset.UTC))
                        .withSubject(alert.alertId())
                        .withDataContentType("application/json")
                        .withData(AlertJson.write(alert))
                        .build();
        return KafkaMessageFactory.createWriter(
                        topic, null, alert.at(), alert.alertId().getBytes(StandardCharsets.UTF_8))
                .writeBinary(event);
    }
}
