package io.atalaya.flink.kafka;

import io.atalaya.contracts.topic.RawRecord;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Complete records, whose serialization cannot fail in the sink. */
public final class RawRecordSerializationSchema
        implements KafkaRecordSerializationSchema<RawRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            RawRecord record, KafkaSinkContext context, Long timestamp) {
        ProducerRecord<byte[], byte[]> written =
                new ProducerRecord<>(
                        record.topic(), null, record.timestamp(), record.key(), record.value());
        record.headers().forEach(each -> written.headers().add(each.name(), each.value()));
        return written;
    }
}
