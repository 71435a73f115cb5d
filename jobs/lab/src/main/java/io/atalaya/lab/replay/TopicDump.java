package io.atalaya.lab.replay;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.TopicRecordCodec;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the records of topics to {@code <topic>.jsonl} files, in the format of a recording. */
final class TopicDump {
    private final String bootstrapServers;
    private final Path directory;

    TopicDump(String bootstrapServers, Path directory) {
        this.bootstrapServers = bootstrapServers;
        this.directory = directory;
    }

    /** Creates the directory and deletes earlier dumps of the topics, so that runs do not mix. */
    void prepare(Collection<String> topics) {
        try {
            Files.createDirectories(directory);
            for (String topic : topics) {
                Files.deleteIfExists(file(topic));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("--out " + directory + " cannot be written", e);
        }
    }

    /** Writes every committed record of a topic, partition by partition; returns their number. */
    long write(String topic) {
        Map<String, Object> config =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        // Skips the aborted writes of an exactly-once job.
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed");
        long count = 0;
        try (KafkaConsumer<String, byte[]> consumer =
                        new KafkaConsumer<>(
                                config, new StringDeserializer(), new ByteArrayDeserializer());
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file(topic)))) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(p -> new TopicPartition(topic, p.partition()))
                            .toList();
            for (Map.Entry<TopicPartition, Long> end : consumer.endOffsets(partitions).entrySet()) {
                consumer.assign(List.of(end.getKey()));
                consumer.seekToBeginning(List.of(end.getKey()));
                while (consumer.position(end.getKey()) < end.getValue()) {
                    for (ConsumerRecord<String, byte[]> record :
                            consumer.poll(Duration.ofMillis(200))) {
                        out.write(TopicRecordCodec.write(line(record)));
                        out.write('\n');
                        count++;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file(topic), e);
        }
        return count;
    }

    Path file(String topic) {
        return directory.resolve(topic + ".jsonl");
    }

    /**
     * Of headers with one name the first counts, because a dead letter has its own before those of
     * the rejected record, in which a sender may write what it likes.
     */
    static TopicRecord line(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.putIfAbsent(
                    header.key(),
                    header.value() == null
                            ? null
                            : new String(header.value(), StandardCharsets.UTF_8));
        }
        return new TopicRecord(
                record.topic(), record.timestamp(), record.key(), record.value(), headers);
    }
}
