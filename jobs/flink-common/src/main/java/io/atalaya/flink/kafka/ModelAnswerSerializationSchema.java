package io.atalaya.flink.kafka;

import io.atalaya.contracts.model.ModelAnswer;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.nio.charset.StandardCharsets;

/** Model answers as records of topic {@code model-answers}, keyed by the model. */
public final class ModelAnswerSerializationSchema
        implements KafkaRecordSerializationSchema<ModelAnswer> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    public ModelAnswerSerializationSchema(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            ModelAnswer answer, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(
                topic,
                null,
                answer.answeredAt(),
                answer.model().getBytes(StandardCharsets.UTF_8),
                ModelAnswer.CODEC.write(answer));
    }
}
