package io.atalaya.flink.kafka;

import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.kafka.DeadLetterRecord;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Dead letters of a job. */
public final class DeadLetterSerializationSchema
        implements KafkaRecordSerializationSchema<DeadLetter> {
    private static final long serialVersionUID = 1L;

    private final String job;

    public DeadLetterSerializationSchema(String job) {
        this.job = job;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            DeadLetter letter, KafkaSinkContext context, Long timestamp) {
        return DeadLetterRecord.of(letter, job);
    }
}
