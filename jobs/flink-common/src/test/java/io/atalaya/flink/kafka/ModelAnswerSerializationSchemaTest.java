package io.atalaya.flink.kafka;

import io.atalaya.contracts.model.ModelAnswer;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class ModelAnswerSerializationSchemaTest {
    @Test
    void aRecordIsKeyedByItsModel() {
        ModelAnswer answer =
                new ModelAnswer(
                        "trajectory",
                        "1",
                        "2",
                        ModelAnswer.Answer.ACCEPTED,
                        "it works",
                        "model-control-0-7",
                        1767268981250L);

        ProducerRecord<byte[], byte[]> record =
                new ModelAnswerSerializationSchema("model-answers").serialize(answer, null, null);

        assertThat(record.topic()).isEqualTo("model-answers");
        assertThat(record.key()).isEqualTo("trajectory".getBytes(StandardCharsets.UTF_8));
        assertThat(record.timestamp()).isEqualTo(1767268981250L);
        assertThat(record.value()).isEqualTo(ModelAnswer.CODEC.write(answer));
    }
}
