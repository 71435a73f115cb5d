package io.atalaya.bridge.format;

import io.atalaya.bridge.delivery.QueuedMessage;

import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The message as it is in Kafka, as a CloudEvent in JSON: {@code data} is the record's value. */
public final class CloudEventFormat implements Format {
    private static final JsonFormat JSON = new JsonFormat();

    @Override
    public String contentType() {
        return JsonFormat.CONTENT_TYPE;
    }

    @Override
    public byte[] body(QueuedMessage message) {
        return JSON.serialize(event(message));
    }

    @Override
    public String dataContentType() {
        return "application/json";
    }

    @Override
    public byte[] data(QueuedMessage message) {
        return message.record().value();
    }

    /** The event of a record in Kafka's binary mode. */
    public static CloudEvent event(QueuedMessage message) {
        Headers headers = new RecordHeaders();
        message.record().headers().forEach(each -> headers.add(each.name(), each.value()));
        return KafkaMessageFactory.createReader(headers, message.record().value()).toEvent();
    }
}
