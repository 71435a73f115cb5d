package io.atalaya.ops.model;

import io.atalaya.commandline.PublishException;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.model.ModelControl;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.ops.broker.TopicScan;
import io.atalaya.ops.broker.TopicWrite;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Accesses the topics {@code model-control} with requests and {@code model-answers} with the job's
 * results.
 */
final class ModelTopics {
    private final Map<String, Object> client;

    /**
     * @param client settings shared by consumer and producer: servers and security
     */
    ModelTopics(Map<String, Object> client) {
        this.client = Map.copyOf(client);
    }

    /**
     * The requests by model, the newest last; older ones only as far as the broker has not
     * compacted them.
     *
     * @throws KafkaException if the broker does not respond or lacks the topic
     */
    Map<String, List<ModelRequest>> read() {
        Map<String, List<ModelRequest>> requests = new HashMap<>();
        TopicScan.of(
                client,
                Topics.MODEL_CONTROL,
                record -> {
                    if (record.value() == null) {
                        requests.remove(record.key());
                    } else if (record.key() != null) {
                        requests.computeIfAbsent(record.key(), key -> new ArrayList<>())
                                .add(new ModelRequest(control(record), position(record)));
                    }
                });
        return requests;
    }

    private static ModelControl control(ConsumerRecord<String, byte[]> record) {
        try {
            return ModelControl.CODEC.read(record.value());
        } catch (InvalidRecordException e) {
            // The job has reported the reason.
            return null;
        }
    }

    private static String position(ConsumerRecord<String, byte[]> record) {
        return record.topic() + "-" + record.partition() + "-" + record.offset();
    }

    /**
     * The results by position of the request, as far as the broker still has them.
     *
     * @throws KafkaException if the broker does not respond or lacks the topic
     */
    Map<String, ModelAnswer> answers() {
        Map<String, ModelAnswer> answers = new HashMap<>();
        TopicScan.of(
                client,
                Topics.MODEL_ANSWERS,
                record -> {
                    try {
                        ModelAnswer answer = ModelAnswer.CODEC.read(record.value());
                        answers.put(answer.request(), answer);
                    } catch (InvalidRecordException e) {
                        // A malformed record does not come from a job, so it belongs to no request.
                    }
                });
        return answers;
    }

    /**
     * Publishes a request, and returns once all in-sync replicas have it.
     *
     * @throws PublishException if the broker rejected it
     */
    void publish(ModelControl control) throws InterruptedException {
        TopicWrite.of(
                client, Topics.MODEL_CONTROL, control.model(), ModelControl.CODEC.write(control));
    }
}
