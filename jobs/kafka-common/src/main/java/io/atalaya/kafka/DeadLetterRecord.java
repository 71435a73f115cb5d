package io.atalaya.kafka;

import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.Topic;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Dead letters as records of topic {@code dead-letter}: the original value untouched; key {@code
 * topic-partition-offset}; headers {@code reason, field, topic, partition, offset, job, device},
 * after an internal error {@code operator, exception, thrown-at, paused-until}, the original key as
 * {@code original-key} and the original headers after them.
 */
public final class DeadLetterRecord {
    private static final Set<String> KEYED_BY_DEVICE =
            Topics.ALL.stream()
                    .filter(topic -> topic.key().equals("deviceId"))
                    .map(Topic::name)
                    .collect(Collectors.toUnmodifiableSet());

    private DeadLetterRecord() {}

    /**
     * @param job that rejected the original
     */
    public static ProducerRecord<byte[], byte[]> of(DeadLetter letter, String job) {
        RecordAddress address = letter.address();
        byte[] key = address == null ? letter.key() : utf8(address.toString());
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        Topics.DEAD_LETTER,
                        null,
                        Math.max(0, letter.arrivalTime()),
                        key,
                        letter.value());
        Headers headers = record.headers();
        headers.add("reason", utf8(letter.reason()));
        headers.add("field", utf8(letter.field()));
        if (address != null) {
            headers.add("topic", utf8(address.topic()))
                    .add("partition", utf8(String.valueOf(address.partition())))
                    .add("offset", utf8(String.valueOf(address.offset())));
        }
        headers.add("job", utf8(job));
        if (letter.error() != null) {
            addError(letter.error(), headers);
        } else if (letter.key() != null
                && address != null
                && KEYED_BY_DEVICE.contains(address.topic())) {
            headers.add("device", letter.key());
        }
        if (letter.key() != null) {
            headers.add("original-key", letter.key());
        }
        letter.headers().forEach(header -> headers.add(header.name(), header.value()));
        return record;
    }

    private static void addError(DeadLetter.InternalError error, Headers headers) {
        headers.add("operator", utf8(error.operator()));
        if (error.deviceId() != null) {
            headers.add("device", utf8(error.deviceId()));
        }
        headers.add("exception", utf8(error.exception()));
        headers.add("thrown-at", utf8(error.thrownAt()));
        if (error.pausedUntil() != null) {
            headers.add("paused-until", utf8(String.valueOf(error.pausedUntil())));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
