package io.atalaya.console.feed;

import io.atalaya.console.connection.Settings;
import io.atalaya.console.health.Budgets;
import io.atalaya.console.health.Health;
import io.atalaya.console.item.Items;
import io.atalaya.console.map.Devices;
import io.atalaya.console.map.Duty;
import io.atalaya.console.queue.Mutes;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Reads the topics. It commits nothing: at the start it reads compacted topics whole and of the
 * others what is latest, and then all that comes.
 */
public final class Feed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LOOK_FOR_TOPICS_MS = 5_000;

    /** A failure is over after so long without another one: polls between them may work. */
    private static final long RECOVERED_MS = 2_000;

    /** How many records of a topic that is not compacted are read at the start; -1 for all. */
    private static final Map<String, Integer> LATEST =
            Map.ofEntries(
                    Map.entry(Topics.INCIDENTS, -1),
                    Map.entry(Topics.DEVICES, -1),
                    Map.entry(Topics.MUTES, -1),
                    Map.entry(Topics.MODEL_CONTROL, -1),
                    Map.entry(Topics.MODEL_ANSWERS, 1_000),
                    Map.entry(Topics.POLICY_REQUESTS, -1),
                    Map.entry(Topics.POLICY_ANSWERS, 100),
                    Map.entry(Topics.ALERTS, Items.MAX_ALERTS),
                    Map.entry(Topics.DISPOSITIONS, Items.MAX_ALERTS),
                    Map.entry(Topics.DELIVERIES, 20_000),
                    Map.entry(Topics.SITE_PRESENCE, 200),
                    Map.entry(Topics.VIDEOWALL, -1),
                    Map.entry(Topics.DRONE_TASKS, 2_000),
                    Map.entry(Topics.DEAD_LETTER, 200));

    private final Consumer<String, byte[]> consumer;
    private final Items items;
    private final Health health;
    private final RecordRouter router;
    private final LongConsumer read;
    private final Thread thread;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private Map<TopicPartition, Long> ends = new HashMap<>();
    private long lookedAt;
    private long failedAt;

    /**
     * @param read is called with the time whenever topics could be read
     */
    public Feed(
            Consumer<String, byte[]> consumer,
            Items items,
            Mutes mutes,
            Devices devices,
            Health health,
            Budgets budgets,
            Duty duty,
            LongConsumer read) {
        this.consumer = consumer;
        this.items = items;
        this.health = health;
        this.router = new RecordRouter(items, mutes, devices, health, budgets, duty);
        this.read = read;
        read.accept(System.currentTimeMillis());
        this.thread = new Thread(this::run, "feed");
        thread.start();
    }

    /** A consumer in no group, which sees only what was committed. */
    public static Consumer<String, byte[]> consumer(Settings settings) {
        Map<String, Object> reader = new HashMap<>(settings.kafka());
        reader.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reader.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        reader.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        reader.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reader.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        reader.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        reader.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return new KafkaConsumer<>(reader, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    step();
                } catch (WakeupException e) {
                    return;
                } catch (KafkaException e) {
                    LOG.warn("Reading goes on: {}", e.toString());
                    pause();
                } catch (RuntimeException | Error e) {
                    // Without this thread the console would show what is old as if it were new.
                    LOG.error("Reading goes on", e);
                    pause();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            consumer.close();
        }
    }

    private void pause() throws InterruptedException {
        failedAt = System.currentTimeMillis();
        Thread.sleep(POLL.toMillis());
    }

    private void step() {
        long now = System.currentTimeMillis();
        if (now - lookedAt > LOOK_FOR_TOPICS_MS && !isComplete() || assigned.isEmpty()) {
            lookForTopics();
            lookedAt = now;
        }
        consumer.poll(POLL).forEach(record -> take(record, router, health));
        if (now - failedAt >= RECOVERED_MS) {
            read.accept(now);
        }
        Map<String, Long> lags = new HashMap<>();
        for (TopicPartition each : assigned) {
            lags.merge(each.topic(), consumer.currentLag(each).orElse(0), Long::sum);
        }
        health.lag(lags);
        if (!items.isCaughtUp() && !assigned.isEmpty() && isAtEnd()) {
            items.caughtUp();
            LOG.info("The console has read all that was there");
        }
    }

    /** Hands a record on; one that cannot be read is left out, and counted where all may know. */
    public static void take(
            ConsumerRecord<String, byte[]> record, RecordRouter router, Health health) {
        try {
            router.take(record);
        } catch (InvalidRecordException | RuntimeException e) {
            if (!RecordRouter.isRestricted(record.value())) {
                health.unreadable(record.topic(), record.timestamp());
            }
            LOG.debug("{} at {}: {}", record.topic(), record.offset(), e.getMessage());
        } catch (Error e) {
            // Those that were read with it must not be lost.
            health.unreadable(record.topic(), record.timestamp());
            LOG.error("{} at {} is left out", record.topic(), record.offset(), e);
        }
    }

    private boolean isComplete() {
        return assigned.stream().map(TopicPartition::topic).distinct().count() == LATEST.size();
    }

    private boolean isAtEnd() {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void lookForTopics() {
        List<TopicPartition> found = new ArrayList<>();
        Map<String, List<org.apache.kafka.common.PartitionInfo>> all =
                consumer.listTopics(Duration.ofSeconds(5));
        LATEST.keySet().stream()
                .filter(all::containsKey)
                .flatMap(topic -> all.get(topic).stream())
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .filter(each -> !assigned.contains(each))
                .forEach(found::add);
        if (found.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(found);
        Map<TopicPartition, Long> newEnds = consumer.endOffsets(found);
        assigned.addAll(found);
        consumer.assign(assigned);
        for (TopicPartition each : found) {
            int latest = LATEST.get(each.topic());
            long begin = begins.get(each);
            if (latest >= 0) {
                int partitions = all.get(each.topic()).size();
                begin = Math.max(begin, newEnds.get(each) - Math.max(1, latest / partitions));
            }
            consumer.seek(each, begin);
        }
        ends.putAll(newEnds);
        LOG.info("Reading {}", found);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(3).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
