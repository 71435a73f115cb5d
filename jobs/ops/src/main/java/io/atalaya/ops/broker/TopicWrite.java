package io.atalaya.ops.broker;

import io.atalaya.commandline.PublishException;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Writes one record to a topic. */
public final class TopicWrite {
    private TopicWrite() {}

    /**
     * Publishes a record, and returns its address once all in-sync replicas have it.
     *
     * @param client settings of the broker
     * @throws PublishException if the broker rejected it
     */
    public static RecordAddress of(
            Map<String, Object> client, String topic, String key, byte[] value)
            throws InterruptedException {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            RecordMetadata written = producer.send(new ProducerRecord<>(topic, key, value)).get();
            return new RecordAddress(topic, written.partition(), written.offset());
        } catch (ExecutionException e) {
            throw new PublishException(e.getCause().getMessage(), e.getCause());
        } catch (KafkaException e) {
            throw new PublishException(e.getMessage(), e);
        }
    }
}
