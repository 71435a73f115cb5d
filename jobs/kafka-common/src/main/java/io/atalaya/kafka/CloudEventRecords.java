package io.atalaya.kafka;

import io.atalaya.contracts.topic.RawRecord;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;

/** Records of a job that are CloudEvents 1.0 with JSON data, in Kafka's binary mode. */
public final class CloudEventRecords implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String job;

    public CloudEventRecords(String job) {
        this.job = job;
    }

    /**
     * A record without partition and offset, keyed by the event's subject.
     *
     * @param timestamp of the record, epoch ms
     * @param id by which a consumer finds repeated events
     * @param time of the event, epoch ms
     * @param json the event's data
     */
    public RawRecord record(
            String topic,
            long timestamp,
            String id,
            String type,
            long time,
            String subject,
            byte[] json) {
        CloudEvent event =
                CloudEventBuilder.v1()
                        .withId(id)
                        .withSource(URI.create("/atalaya/" + job))
                        .withType(type)
                        .withTime(Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC))
                        .withSubject(subject)
                        .withDataContentType("application/json")
                        .withData(json)
                        .build();
        byte[] key = subject.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> written =
                KafkaMessageFactory.createWriter(topic, null, timestamp, key).writeBinary(event);
        return new RawRecord(
                topic,
                RawRecord.NOWHERE,
                RawRecord.NOWHERE,
                timestamp,
                key,
                written.value(),
                RawRecords.headers(written.headers()));
    }
}
