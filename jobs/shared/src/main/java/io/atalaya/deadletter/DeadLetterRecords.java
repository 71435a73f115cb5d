package io.atalaya.deadletter;

import io.atalaya.kafka.RawRecord;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.nio.charset.StandardCharsets;

/**
 * Dead letters as records of topic {@code dead-letter}: the original value untouched; key {@code
 * topic-partition-offset}; headers {@code reason, field, topic, partition, offset, job}, the
 * original key as {@code original-key} and the original headers after them.
 */
public final class DeadLetterRecords implements KafkaRecordSerializationSchema<DeadLetter> {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final String job;

    public DeadLetterRecords(String topic, String job) {
        this.topic = topic;
        this.job = job;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            DeadLetter letter, KafkaSinkContext context, Long timestamp) {
        RawRecord original = letter.original();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        topic,
                        null,
                        Math.max(0, original.timestamp()),
                        utf8(original.position()),
                        original.value());
        record.headers()
                .add("reason", utf8(letter.reason()))
                .add("field", utf8(letter.field()))
                .add("topic", utf8(original.topic()))
                .add("partition", utf8(String.valueOf(original.partition())))
                .add("offset", utf8(String.valueOf(original.offset())))
                .add("job", utf8(job));
        if (original.key() != null) {
            record.headers().add("original-key", original.key());
        }
        original.headers().forEach(header -> record.headers().add(header.name(), header.value()));
        return record;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
