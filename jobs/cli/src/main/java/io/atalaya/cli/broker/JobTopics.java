package io.atalaya.cli.broker;

import io.atalaya.kafka.KafkaEnds;
import io.atalaya.kafka.KafkaSettings;
import io.atalaya.kafka.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** The topics of an installation, as they are made where somebody has not made them otherwise. */
public final class JobTopics {
    private static final int ANSWERS_WITHIN_MS = 30_000;

    /** The job catches up after any outage that is shorter. */
    private static final Duration READS_KEPT = Duration.ofDays(7);

    /** The same of frames, of which there are a thousand times as many. */
    private static final Duration FRAMES_KEPT = Duration.ofDays(1);

    /** Some a week at most; a wish whose refusal is forgotten looks as if it were in force. */
    private static final Duration ANSWERS_KEPT = Duration.ofDays(365);

    /** The record's timestamp is its arrival: no producer's clock can move it. */
    private static final Map<String, String> ARRIVAL =
            Map.of("message.timestamp.type", "LogAppendTime");

    private JobTopics() {}

    /**
     * Makes those that are missing, and leaves the others as they are.
     *
     * @param partitions of each; the broker decides about replicas
     * @return the names of the new ones
     * @throws KafkaException if the broker does not answer or refuses
     */
    public static List<String> createMissing(KafkaSettings kafka, int partitions)
            throws InterruptedException {
        Map<String, Object> client = new HashMap<>();
        kafka.clientProperties().forEach((key, value) -> client.put((String) key, value));
        client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWERS_WITHIN_MS);
        List<String> created = new ArrayList<>();
        try (Admin admin = Admin.create(client)) {
            Set<String> present = admin.listTopics().names().get();
            List<NewTopic> missing =
                    all(partitions).stream()
                            .filter(topic -> !present.contains(topic.name()))
                            .toList();
            for (var each : admin.createTopics(missing).values().entrySet()) {
                if (isNew(each.getValue())) {
                    created.add(each.getKey());
                }
            }
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        }
        return created;
    }

    /** Somebody else may make it meanwhile. */
    private static boolean isNew(KafkaFuture<Void> creation)
            throws ExecutionException, InterruptedException {
        try {
            creation.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private static List<NewTopic> all(int partitions) {
        Map<String, String> reads =
                with(ARRIVAL, "retention.ms", String.valueOf(READS_KEPT.toMillis()));
        Map<String, String> frames =
                with(ARRIVAL, "retention.ms", String.valueOf(FRAMES_KEPT.toMillis()));
        Map<String, String> world = with(ARRIVAL, "cleanup.policy", "compact");
        return List.of(
                topic(Topics.PLATE_READS, partitions, reads),
                topic(Topics.RFID_READS, partitions, reads),
                topic(Topics.CAMERA_FRAMES, partitions, frames),
                topic(Topics.HOTLIST, partitions, world),
                topic(Topics.DEVICES, partitions, world),
                topic(Topics.DISPOSITIONS, partitions, ARRIVAL),
                topic(Topics.MODEL_CONTROL, 1, world),
                topic(
                        Topics.MODEL_ANSWERS,
                        1,
                        Map.of("retention.ms", String.valueOf(ANSWERS_KEPT.toMillis()))),
                topic(Topics.ALERTS, partitions, Map.of()),
                // It wraps whatever an input topic allows.
                topic(
                        Topics.DEAD_LETTER,
                        1,
                        Map.of("max.message.bytes", String.valueOf(KafkaEnds.MAX_RECORD_BYTES))));
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
    }

    private static Map<String, String> with(Map<String, String> some, String key, String value) {
        Map<String, String> all = new HashMap<>(some);
        all.put(key, value);
        return all;
    }
}
