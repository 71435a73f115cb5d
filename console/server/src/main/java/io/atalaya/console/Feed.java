package io.atalaya.console;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.PolicyAnswer;
import io.atalaya.contracts.dispatch.PolicyRequest;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Reads the topics. It commits nothing: at the start it reads compacted topics whole and of the
 * others what is latest, and then all that comes.
 */
final class Feed implements AutoCloseable {
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
    private final Mutes mutes;
    private final Devices devices;
    private final Health health;
    private final Budgets budgets;
    private final Duty duty;
    private final LongConsumer read;
    private final Thread thread;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private Map<TopicPartition, Long> ends = new HashMap<>();
    private long lookedAt;
    private long failedAt;

    /**
     * @param read is called with the time whenever topics could be read
     */
    Feed(
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
        this.mutes = mutes;
        this.devices = devices;
        this.health = health;
        this.budgets = budgets;
        this.duty = duty;
        this.read = read;
        read.accept(System.currentTimeMillis());
        this.thread = new Thread(this::run, "feed");
        thread.start();
    }

    static Consumer<String, byte[]> consumer(Settings settings) {
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
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            try {
                take(record);
            } catch (InvalidRecordException | RuntimeException e) {
                health.unreadable(record.topic());
                LOG.debug("{} at {}: {}", record.topic(), record.offset(), e.getMessage());
            } catch (Error e) {
                // Those that were read with it must not be lost.
                health.unreadable(record.topic());
                LOG.error("{} at {} is left out", record.topic(), record.offset(), e);
            }
        }
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

    private void take(ConsumerRecord<String, byte[]> record) throws InvalidRecordException {
        byte[] value = record.value();
        long at = record.timestamp();
        health.took(record.topic(), at);
        switch (record.topic()) {
            case Topics.INCIDENTS -> {
                if (value != null) {
                    Incident incident = Incident.CODEC.read(value);
                    items.incident(incident, at);
                    budgets.incident(incident, at, items.isCaughtUp());
                }
            }
            case Topics.ALERTS -> {
                if (value != null) {
                    Alert alert = AlertCodec.read(value, at);
                    items.alert(alert, Json.text(value), at);
                    budgets.alert(alert, at);
                }
            }
            case Topics.DISPOSITIONS -> {
                if (value != null) {
                    Disposition said = Disposition.CODEC.read(value);
                    items.answer(
                            said.alertId(),
                            new Item.Answer(said.outcome(), said.operator(), said.disposedAt()));
                }
            }
            case Topics.DEVICES ->
                    devices.put(
                            record.key(),
                            value == null ? null : Device.CODEC.read(value),
                            value == null ? null : Json.text(value));
            case Topics.MUTES -> {
                if (value == null) {
                    mutes.remove(record.key());
                } else {
                    mutes.put(Mutes.Shown.ofAll(Mute.CODEC.read(value)));
                }
            }
            case Topics.SITE_PRESENCE -> {
                if (value != null) {
                    SitePresence presence = SitePresence.CODEC.read(value);
                    devices.presence(presence);
                    duty.heard(
                            presence, header(record, Duty.CONSOLE), header(record, Duty.HERE), at);
                }
            }
            case Topics.DELIVERIES -> {
                if (value != null) {
                    items.delivery(Delivery.CODEC.read(value));
                }
            }
            case Topics.VIDEOWALL -> {
                if (value != null) {
                    devices.wall(Wall.CODEC.read(value));
                }
            }
            case Topics.DRONE_TASKS -> {
                if (value != null) {
                    devices.task(DroneTask.CODEC.read(value));
                }
            }
            case Topics.MODEL_CONTROL -> health.modelRequest(record.key(), json(value));
            case Topics.MODEL_ANSWERS -> health.modelAnswer(record.key(), json(value));
            case Topics.POLICY_REQUESTS ->
                    budgets.policy(
                            value == null ? null : PolicyRequest.CODEC.read(value),
                            new RecordAddress(record.topic(), record.partition(), record.offset())
                                    .toString());
            case Topics.POLICY_ANSWERS -> {
                if (value != null) {
                    budgets.policyAnswer(PolicyAnswer.CODEC.read(value));
                }
            }
            case Topics.DEAD_LETTER -> health.deadLetter(at, rejected(record.headers()));
            default -> throw new IllegalStateException(record.topic());
        }
    }

    /** The topic and field of a dead letter; its reason has the value, which may be covert. */
    static String rejected(Headers headers) {
        String topic = first(headers, "topic", "unknown");
        String field = first(headers, "field", "");
        String part = field.isEmpty() ? first(headers, "operator", "") : field;
        return part.isEmpty() ? topic : topic + " · " + part;
    }

    /** The first of a name is the rejecting job's; those of the original follow. */
    private static String first(Headers headers, String name, String otherwise) {
        Iterator<Header> found = headers.headers(name).iterator();
        return found.hasNext()
                ? new String(found.next().value(), StandardCharsets.UTF_8)
                : otherwise;
    }

    private static String json(byte[] value) {
        return value == null ? null : Json.text(value);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
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
