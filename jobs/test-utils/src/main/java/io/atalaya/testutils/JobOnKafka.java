package io.atalaya.testutils;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.kafka.KafkaOptions;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A real job on a real broker and cluster; the test chooses the order of the input. */
public final class JobOnKafka implements AutoCloseable {
    /** Of the producer of the input. */
    public static final String CLIENT_ID = "test-input";

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final long POLL_MS = 50;

    /**
     * Longer than the default, because the ten times as frequent fetches of an idle job took a
     * quarter of the CPU time.
     */
    private static final Duration FETCH_WAIT = Duration.ofMillis(500);

    private static final int PARTITIONS = 3;

    /** Longer than the job takes to emit what no gauge shows any more. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final JobDefinition<?> definition;
    private final Map<String, String> options;

    /** Unique per run, so that a run does not use the offsets of another. */
    private final String group = UUID.randomUUID().toString();

    private final EmbeddedKafka kafka;
    private final EmbeddedFlink flink;

    /** For the job alone, beside those of the cluster. */
    private final Configuration flinkSettings;

    private final Runnable release;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, KafkaConsumer<byte[], byte[]>> outputs = new TreeMap<>();
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> records = new TreeMap<>();
    private final List<Alert> alertMessages = new ArrayList<>();
    private JobClient job;

    /**
     * Creates the topics.
     *
     * @param options of the job
     */
    public JobOnKafka(JobDefinition<?> definition, Map<String, String> options) {
        this(definition, options, SharedPlatform.take());
    }

    private JobOnKafka(
            JobDefinition<?> definition, Map<String, String> options, SharedPlatform platform) {
        this(
                definition,
                options,
                platform.kafka(),
                platform.flink(),
                new Configuration(),
                platform::giveBack);
    }

    /**
     * The same on a broker and a cluster of the test's own, which it stops itself.
     *
     * @param flinkSettings for the job alone, beside those of the cluster
     */
    public JobOnKafka(
            JobDefinition<?> definition,
            Map<String, String> options,
            EmbeddedKafka kafka,
            EmbeddedFlink flink,
            Configuration flinkSettings) {
        this(definition, options, kafka, flink, flinkSettings, () -> {});
    }

    private JobOnKafka(
            JobDefinition<?> definition,
            Map<String, String> options,
            EmbeddedKafka kafka,
            EmbeddedFlink flink,
            Configuration flinkSettings,
            Runnable release) {
        this.definition = definition;
        this.options = options;
        this.kafka = kafka;
        this.flink = flink;
        this.flinkSettings = flinkSettings;
        this.release = release;
        List<String> inputs = new ArrayList<>(definition.inputTopics());
        inputs.removeAll(definition.outputTopics());
        kafka.createTopics(Topics.named(inputs), PARTITIONS);
        producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka.bootstrapServers(),
                                "client.id",
                                CLIENT_ID,
                                "max.request.size",
                                EmbeddedKafka.MAX_MESSAGE_BYTES),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        definition.outputTopics().forEach(topic -> outputs.put(topic, output(topic)));
        outputs.keySet().forEach(topic -> records.put(topic, new ArrayList<>()));
    }

    /** Starts the job without state, or from a savepoint. */
    public void start(String savepoint, int parallelism) {
        StreamExecutionEnvironment env =
                savepoint == null
                        ? flink.environment(parallelism)
                        : flink.environmentFrom(savepoint, parallelism);
        env.configure(flinkSettings);
        Configuration settings = Configuration.fromMap(options);
        settings.set(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        settings.set(KafkaOptions.groupId(definition.name()), group);
        settings.set(KafkaOptions.READS_START, KafkaOptions.StartFrom.EARLIEST);
        settings.set(KafkaOptions.READS_FETCH_WAIT, FETCH_WAIT);
        definition.addTo(env, settings);
        job = flink.submit(env, definition.name());
    }

    public String stopWithSavepoint() {
        return flink.stopWithSavepoint(job);
    }

    public void restartTaskManager() {
        flink.restartTaskManager(0);
    }

    /** Waits until the broker has the records. */
    public void publish(List<TopicRecord> records) {
        Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        for (TopicRecord record : records) {
            producer.send(
                    new ProducerRecord<>(
                            record.topic(),
                            null,
                            record.timestamp(),
                            record.key() == null
                                    ? null
                                    : record.key().getBytes(StandardCharsets.UTF_8),
                            record.value()),
                    (sent, failure) -> {
                        if (failure != null) {
                            failures.add(failure);
                        }
                    });
        }
        producer.flush();
        if (!failures.isEmpty()) {
            throw new AssertionError(
                    failures.size() + " of " + records.size() + " records were not written",
                    failures.peek());
        }
    }

    /** Waits until an output topic has this many records. */
    public void awaitRecords(String topic, int count) throws InvalidRecordException {
        long start = System.nanoTime();
        while (records.get(topic).size() < count) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError(
                        topic
                                + ": "
                                + records.get(topic).size()
                                + " records in "
                                + LIMIT
                                + ", not "
                                + count);
            }
            poll(topic, Duration.ofMillis(100));
        }
    }

    /** Waits until topic alerts has this many messages. */
    public void awaitAlerts(int count) throws InvalidRecordException {
        awaitRecords(Topics.ALERTS, count);
    }

    /** Waits until a counter of the job reaches a value. */
    public void awaitCounter(String name, long count) throws InterruptedException {
        long start = System.nanoTime();
        while (sumOfCounters(name) < count) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError(name + " is " + sumOfCounters(name) + " after " + LIMIT);
            }
            Thread.sleep(POLL_MS);
        }
    }

    public long sumOfCounters(String counter) {
        return flink.sumOfCounters(job, counter);
    }

    public long sumOfGauges(String gauge) {
        return flink.sumOfGauges(job, gauge);
    }

    /** The checkpoints so far: how many have completed and failed, and the last ones. */
    public CheckpointStatsSnapshot checkpoints() {
        return flink.checkpoints(job);
    }

    /**
     * Checks that the job has not failed.
     *
     * @throws IllegalStateException when it has; the cause is the job's failure
     */
    public void requireNeverFailed() {
        flink.requireNotOver(job);
        Throwable failure = flink.failureOf(job);
        if (failure != null) {
            throw new IllegalStateException("job " + definition.name() + " has failed", failure);
        }
    }

    /** Takes a checkpoint while the job runs. */
    public void takeCheckpoint() {
        if (!flink.checkpoint(job)) {
            throw new AssertionError("the checkpoint did not complete");
        }
    }

    /** Waits until a checkpoint covers all input. */
    public void awaitCheckpointOfInputs() throws InterruptedException {
        if (!flink.awaitCheckpointOf(definition.inputTopics(), kafka, job, group, LIMIT)) {
            throw new AssertionError("no checkpoint covers all input after " + LIMIT);
        }
    }

    /**
     * Waits until the job has processed all input, holds nothing back, and has emitted nothing for
     * a while.
     */
    public void awaitQuiet() throws InvalidRecordException, InterruptedException {
        long start = System.nanoTime();
        awaitCheckpointOfInputs();
        Duration quiet = Collections.max(List.of(QUIET, definition.maxWait()));
        long last = System.nanoTime();
        while (System.nanoTime() - last < quiet.toNanos() || hasUnreadOutput()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("the job has not come to rest in " + LIMIT);
            }
            flink.requireNotOver(job);
            if (pollAll() | hasPending()) {
                last = System.nanoTime();
            }
        }
    }

    /** On a busy machine a poll may return nothing although there are records. */
    private boolean hasUnreadOutput() {
        return outputs.values().stream()
                .anyMatch(
                        consumer ->
                                consumer.endOffsets(consumer.assignment()).entrySet().stream()
                                        .anyMatch(
                                                end ->
                                                        consumer.position(end.getKey())
                                                                < end.getValue()));
    }

    private boolean hasPending() {
        return definition.pending().stream().anyMatch(gauge -> sumOfGauges(gauge.name()) > 0);
    }

    private boolean pollAll() throws InvalidRecordException {
        boolean hasMore = poll(Topics.ALERTS, Duration.ofMillis(100));
        for (String topic : outputs.keySet()) {
            hasMore |= poll(topic, Duration.ofMillis(10));
        }
        return hasMore;
    }

    private boolean poll(String topic, Duration wait) throws InvalidRecordException {
        var polled = outputs.get(topic).poll(wait);
        for (var record : polled) {
            records.get(topic).add(record);
            if (topic.equals(Topics.ALERTS)) {
                alertMessages.add(AlertCodec.read(record.value(), record.timestamp()));
            }
        }
        return !polled.isEmpty();
    }

    /** Every record of an output topic so far, in order. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        return records.get(topic);
    }

    /** How many messages topic alerts has by now, read or not. */
    public int alertsEmitted() {
        KafkaConsumer<byte[], byte[]> consumer = outputs.get(Topics.ALERTS);
        return Math.toIntExact(
                Collections.max(consumer.endOffsets(consumer.assignment()).values()));
    }

    /** Every message of topic alerts so far, in order. */
    public List<Alert> alertMessages() {
        return alertMessages;
    }

    public List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return records(Topics.DEAD_LETTER);
    }

    /** Every message of topic model-answers so far, in order. */
    public List<ModelAnswer> modelAnswers() throws InvalidRecordException {
        List<ModelAnswer> answers = new ArrayList<>();
        for (var record : records(Topics.MODEL_ANSWERS)) {
            answers.add(ModelAnswer.CODEC.read(record.value()));
        }
        return answers;
    }

    /** The final state of a consumer: each alert's highest revision, by alertId. */
    public Map<String, Alert> lastAlerts() {
        Map<String, Alert> last = new TreeMap<>();
        for (Alert alert : alertMessages) {
            last.merge(alert.alertId(), alert, (a, b) -> b.revision() > a.revision() ? b : a);
        }
        return last;
    }

    /** The final state of a consumer: each alert's highest revision, without {@code detectedAt}. */
    public Map<String, String> lastRevisions() {
        Map<String, String> texts = new TreeMap<>();
        lastAlerts()
                .forEach(
                        (id, alert) ->
                                texts.put(
                                        id,
                                        alert.causedAt()
                                                + " "
                                                + new String(
                                                        AlertCodec.write(alert.withDetectedAt(0)),
                                                        StandardCharsets.UTF_8)));
        return texts;
    }

    @Override
    public void close() {
        producer.close();
        outputs.values().forEach(KafkaConsumer::close);
        release.run();
    }

    /** Creates a topic with one partition; the consumer reads it from its beginning. */
    private KafkaConsumer<byte[], byte[]> output(String topic) {
        kafka.createTopics(Topics.named(List.of(topic)), 1);
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
