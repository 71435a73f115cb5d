package io.atalaya.ops.hotlist;

import io.atalaya.commandline.PublishException;
import io.atalaya.commandline.RateLimiter;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.ops.broker.TopicScan;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Reads the live entries of the compacted topic {@code hotlist} and publishes changes. */
final class HotlistTopic {
    private final Map<String, Object> client;

    /**
     * @param client settings shared by consumer and producer: servers and security
     */
    HotlistTopic(Map<String, Object> client) {
        this.client = Map.copyOf(client);
    }

    /**
     * Reads to the topic's current end.
     *
     * @throws KafkaException if the broker does not respond or lacks the topic
     */
    LiveHotlist read() {
        Map<String, HotlistEntry> entries = new HashMap<>();
        Set<String> damaged = new HashSet<>();
        AtomicLong unreadable = new AtomicLong();
        TopicScan.of(
                client,
                Topics.HOTLIST,
                record -> {
                    if (apply(record, entries)) {
                        damaged.remove(record.key());
                    } else {
                        unreadable.incrementAndGet();
                        damaged.add(record.key());
                    }
                });
        damaged.remove(null);
        return new LiveHotlist(entries, damaged, unreadable.get());
    }

    /**
     * Publishes entries and removals, and returns once all in-sync replicas have them.
     *
     * @param changes by entryId, in this order; a null entry is a removal
     * @param perSecond maximum rate
     * @throws PublishException if the broker rejected a change; earlier ones may be published
     */
    void publish(Iterable<Change> changes, int perSecond) throws InterruptedException {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 17);
        AtomicReference<Exception> failure = new AtomicReference<>();
        RateLimiter limiter = new RateLimiter(perSecond);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            for (Change change : changes) {
                limiter.await();
                rethrow(failure.get());
                producer.send(
                        new ProducerRecord<>(Topics.HOTLIST, change.entryId(), change.value()),
                        (metadata, e) -> {
                            if (e != null) {
                                failure.compareAndSet(null, e);
                            }
                        });
            }
            producer.flush();
        } catch (KafkaException e) {
            rethrow(e);
        }
        rethrow(failure.get());
    }

    private static void rethrow(Exception failure) {
        if (failure != null) {
            throw new PublishException(
                    "the broker did not take every change: " + failure.getMessage(), failure);
        }
    }

    private static boolean apply(
            ConsumerRecord<String, byte[]> record, Map<String, HotlistEntry> entries) {
        if (record.key() == null) {
            return false;
        }
        if (record.value() == null) {
            entries.remove(record.key());
            return true;
        }
        try {
            HotlistEntry entry = HotlistEntryCodec.read(record.value());
            // The jobs reject an entry under another key, so it is not in force.
            if (!record.key().equals(entry.entryId())) {
                return false;
            }
            entries.put(record.key(), entry);
            return true;
        } catch (InvalidRecordException e) {
            return false;
        }
    }
}
