package io.atalaya.videoanalytics;

import io.atalaya.alert.Alert;
import io.atalaya.alert.AlertJson;
import io.atalaya.json.InvalidRecordException;
import io.atalaya.kafka.KafkaOptions;
import io.atalaya.kafka.TopicRecord;
import io.atalaya.kafka.Topics;
import io.atalaya.model.ModelAnswer;
import io.atalaya.model.ModelAnswerJson;
import io.atalaya.testkit.EmbeddedFlink;
import io.atalaya.testkit.EmbeddedKafka;
import io.atalaya.testkit.FlinkConf;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The real job on a real broker and cluster, fed by a test in whatever order it likes. */
final class JobRun implements AutoCloseable {
    private static final int PARTITIONS = 3;
    private static final Duration QUIET = Duration.ofSeconds(6);
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final EmbeddedKafka kafka = EmbeddedKafka.start();
    private final EmbeddedFlink flink = EmbeddedFlink.start(FlinkConf.local(), 2, 3);
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> alerts;
    private final KafkaConsumer<byte[], byte[]> answers;
    private final KafkaConsumer<byte[], byte[]> refused;
    private final List<Alert> seen = new ArrayList<>();
    private final List<ModelAnswer> modelAnswers = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();
    private JobClient job;

    JobRun() {
        kafka.createTopic(Topics.CAMERA_FRAMES, PARTITIONS, Map.of());
        kafka.createTopic(Topics.DEVICES, PARTITIONS, Map.of());
        kafka.createTopic(Topics.MODEL_CONTROL, 1, Map.of());
        kafka.createTopic(Topics.MODEL_ANSWERS, 1, Map.of());
        kafka.createTopic(Topics.ALERTS, 1, Map.of());
        kafka.createTopic(Topics.DEAD_LETTER, 1, Map.of());
        producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka.bootstrapServers(),
                                "max.request.size",
                                EmbeddedKafka.MAX_MESSAGE_BYTES),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        alerts = consumer(Topics.ALERTS);
        answers = consumer(Topics.MODEL_ANSWERS);
        refused = consumer(Topics.DEAD_LETTER);
    }

    /** Starts the job afresh, or from a savepoint. */
    void start(String savepoint, int parallelism, Map<String, String> options) {
        StreamExecutionEnvironment env =
                savepoint == null
                        ? flink.environment(parallelism)
                        : flink.environmentFrom(savepoint, parallelism);
        Configuration settings = Configuration.fromMap(options);
        settings.set(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        settings.set(KafkaOptions.READS_START, KafkaOptions.StartFrom.EARLIEST);
        VideoAnalyticsJob.build(env, VideoAnalyticsSettings.from(settings));
        job = flink.submit(env, VideoAnalyticsJob.NAME);
    }

    String stopWithSavepoint() {
        return flink.stopWithSavepoint(job);
    }

    void restartTaskManager() {
        flink.restartTaskManager(0);
    }

    void publish(List<TopicRecord> records) {
        for (TopicRecord record : records) {
            producer.send(
                    new ProducerRecord<>(
                            record.topic(),
                            null,
                            record.timestamp(),
                            record.key() == null
                                    ? null
                                    : record.key().getBytes(StandardCharsets.UTF_8),
                            record.value()));
        }
        producer.flush();
    }

    /** Waits until so many messages of topic alerts have come. */
    void awaitAlerts(int count) throws InvalidRecordException {
        long start = System.nanoTime();
        while (seen.size() < count) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError(seen.size() + " alerts in " + LIMIT + ", not " + count);
            }
            for (var record : alerts.poll(Duration.ofMillis(100))) {
                seen.add(AlertJson.read(record.value(), record.timestamp()));
            }
        }
    }

    /** Waits until a counter of the job has come so far. */
    void awaitCounter(String name, long count) throws InterruptedException {
        long start = System.nanoTime();
        while (flink.sumOfCounters(job, name) < count) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError(
                        name + " is " + flink.sumOfCounters(job, name) + " after " + LIMIT);
            }
            Thread.sleep(100);
        }
    }

    long sumOfGauges(String name) {
        return flink.sumOfGauges(job, name);
    }

    /** Waits until nothing has come out for a while; the waits of the job are shorter. */
    void awaitQuiet() throws InvalidRecordException {
        long start = System.nanoTime();
        long last = start;
        while (System.nanoTime() - last < QUIET.toNanos()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("the job has not come to rest in " + LIMIT);
            }
            for (var record : alerts.poll(Duration.ofMillis(100))) {
                seen.add(AlertJson.read(record.value(), record.timestamp()));
                last = System.nanoTime();
            }
            for (var record : answers.poll(Duration.ofMillis(10))) {
                modelAnswers.add(ModelAnswerJson.read(record.value()));
                last = System.nanoTime();
            }
            for (var record : refused.poll(Duration.ofMillis(10))) {
                deadLetters.add(record);
                last = System.nanoTime();
            }
        }
    }

    /** Every message of topic alerts so far, in order. */
    List<Alert> seen() {
        return seen;
    }

    List<ModelAnswer> modelAnswers() {
        return modelAnswers;
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return deadLetters;
    }

    /** What a consumer holds in the end, by alertId. */
    Map<String, Alert> lastAlerts() {
        Map<String, Alert> last = new TreeMap<>();
        for (Alert alert : seen) {
            last.merge(alert.alertId(), alert, (a, b) -> b.revision() > a.revision() ? b : a);
        }
        return last;
    }

    /**
     * What a consumer holds in the end: each alert's highest revision, without {@code detectedAt}.
     */
    Map<String, String> lastRevisions() {
        Map<String, String> texts = new TreeMap<>();
        lastAlerts()
                .forEach(
                        (id, alert) ->
                                texts.put(
                                        id,
                                        alert.at()
                                                + " "
                                                + new String(
                                                        AlertJson.write(alert.detectedAt(0)),
                                                        StandardCharsets.UTF_8)));
        return texts;
    }

    @Override
    public void close() {
        producer.close();
        alerts.close();
        answers.close();
        refused.close();
        flink.close();
        kafka.close();
    }

    private KafkaConsumer<byte[], byte[]> consumer(String topic) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers", kafka.bootstrapServers(),
                                "fetch.max.bytes", EmbeddedKafka.MAX_MESSAGE_BYTES,
                                "max.partition.fetch.bytes", EmbeddedKafka.MAX_MESSAGE_BYTES),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return consumer;
    }
}
