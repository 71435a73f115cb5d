package io.atalaya.contracts.topic;

import java.util.Map;

/**
 * One Kafka record, before or after the broker.
 *
 * @param timestamp arrival time, epoch ms
 * @param key or null
 * @param value or null, which removes the key from a compacted topic
 * @param headers in the order in which they were written
 */
public record TopicRecord(
        String topic, long timestamp, String key, byte[] value, Map<String, String> headers) {

    public TopicRecord(String topic, long timestamp, String key, byte[] value) {
        this(topic, timestamp, key, value, Map.of());
    }
}
