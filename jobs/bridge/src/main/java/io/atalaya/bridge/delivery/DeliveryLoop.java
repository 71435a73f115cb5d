package io.atalaya.bridge.delivery;

import io.atalaya.bridge.delivery.Backlog.Outcome;
import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.HashId;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.kafka.CommittedRecords;
import io.atalaya.kafka.DeadLetterRecord;
import io.atalaya.kafka.RawRecords;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Delivers a topic to one destination: reads with a consumer group of its own, sends, writes what
 * became of each message to {@code deliveries} and {@code dead-letter}, and commits only then. A
 * failure of Kafka or of this program starts it again and concerns no other destination; an error
 * of Java ends the process.
 */
public final class DeliveryLoop implements Runnable {
    /** In dead letters, and the account whose groups it uses. */
    public static final String NAME = "bridge";

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);

    private static final Duration POLL_UNDER_WAY = Duration.ofMillis(20);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(5);
    private static final long COMMIT_EVERY_MS = 200;
    private static final long RESTART_AFTER_MS = 5_000;

    /** Until then nothing is sent after a start, so that the newest revisions are known. */
    private static final long CAUGHT_UP_WITHIN_MS = 10_000;

    /** The successor of a killed process waits for so long; the default is 45 s. */
    private static final int SESSION_TIMEOUT_MS = 10_000;

    /** Longer than the producer tries by itself, {@code delivery.timeout.ms}. */
    private static final long MAX_WRITE_S = 130;

    private static final int MAX_FETCH_BYTES = 8 * 1024 * 1024;

    private final Settings settings;
    private final Map<String, Object> client;
    private final Function<Map<String, Object>, Consumer<byte[], byte[]>> consumers;
    private final Supplier<Producer<byte[], byte[]>> results;
    private final Sender sender;
    private final DeliveryMetrics.Destination metrics;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Why the destination has ended, or null: until this process ends. */
    private String end;

    /**
     * @param name of the destination
     * @param audience the names in an incident's {@code notify} for which the destination stands
     * @param namesFormer whether a message names the one that was taken before it
     */
    public record Settings(
            String name,
            String topic,
            List<String> audience,
            boolean namesFormer,
            Backlog.Limits limits) {
        public String group() {
            return NAME + "-" + name;
        }
    }

    private record Answered(QueuedMessage message, Answer answer) {}

    /**
     * @param client settings of the broker
     * @param results makes a producer, a new one after each failure: with the password of then
     */
    public DeliveryLoop(
            Settings settings,
            Map<String, Object> client,
            Supplier<Producer<byte[], byte[]>> results,
            Sender sender,
            DeliveryMetrics metrics,
            Clock clock) {
        this(settings, client, CommittedRecords::consumer, results, sender, metrics, clock);
    }

    /**
     * @param consumers makes a consumer of settings of the broker
     */
    DeliveryLoop(
            Settings settings,
            Map<String, Object> client,
            Function<Map<String, Object>, Consumer<byte[], byte[]>> consumers,
            Supplier<Producer<byte[], byte[]>> results,
            Sender sender,
            DeliveryMetrics metrics,
            Clock clock) {
        this.settings = settings;
        this.metrics = metrics.of(settings.name);
        this.client = client;
        this.consumers = consumers;
        this.results = results;
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            while (stop.getCount() > 0) {
                try (Consumer<byte[], byte[]> consumer = consumer();
                        AuditReader audit =
                                settings.limits.awaitsAudit()
                                        ? new AuditReader(consumers.apply(client))
                                        : null;
                        Session session = new Session(consumer, audit, results.get())) {
                    session.run();
                } catch (RuntimeException e) {
                    LOG.error(
                            "{}: starts again in {} ms after a failure: {}",
                            settings.name,
                            RESTART_AFTER_MS,
                            e.getMessage(),
                            e);
                    if (stop.await(RESTART_AFTER_MS, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    /** Stops all of them after the answers to what is under way, or {@link #STOPPED_WITHIN}. */
    public static void stop(List<DeliveryLoop> loops) throws InterruptedException {
        loops.forEach(each -> each.stop.countDown());
        for (DeliveryLoop each : loops) {
            each.stopped.await();
            each.sender.close();
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
        return consumers.apply(config);
    }

    /** The work with one consumer. */
    private final class Session implements ConsumerRebalanceListener, AutoCloseable {
        private final Consumer<byte[], byte[]> consumer;

        /** Null where the destination does not wait for the audit. */
        private final AuditReader audit;

        private final Producer<byte[], byte[]> results;
        private final Backlog backlog = new Backlog(settings.limits);
        private final BlockingQueue<Answered> answers = new LinkedBlockingQueue<>();
        private final List<Future<RecordMetadata>> writes = new ArrayList<>();
        private Map<TopicPartition, Long> committed = Map.of();
        private long committedAt;

        /** Where the assigned partitions are read from, until the first reading has ended. */
        private final Map<TopicPartition, Long> starts = new HashMap<>();

        /** Ends of the partitions when they were assigned, until they are reached. */
        private final Map<TopicPartition, Long> ends = new HashMap<>();

        /** Time of the oldest message of the first reading. */
        private long oldest = Long.MAX_VALUE;

        private long catchUpUntil;
        private boolean isOpen;
        private boolean isAuditBehind;

        Session(
                Consumer<byte[], byte[]> consumer,
                AuditReader audit,
                Producer<byte[], byte[]> results) {
            this.consumer = consumer;
            this.audit = audit;
            this.results = results;
            if (end != null) {
                backlog.end(end);
            }
        }

        void run() throws InterruptedException {
            consumer.subscribe(List.of(settings.topic), this);
            long stopBy = Long.MAX_VALUE;
            while (clock.millis() < stopBy) {
                boolean isEnding = stop.getCount() == 0;
                if (isEnding && stopBy == Long.MAX_VALUE) {
                    stopBy = clock.millis() + STOPPED_WITHIN.toMillis();
                }
                if (isEnding && !backlog.isUnderWay()) {
                    break;
                }
                if (isEnding || backlog.isFull()) {
                    consumer.pause(consumer.assignment());
                } else {
                    consumer.resume(consumer.paused());
                }
                for (ConsumerRecord<byte[], byte[]> each :
                        consumer.poll(
                                backlog.isUnderWay() || backlog.unaudited() > 0
                                        ? POLL_UNDER_WAY
                                        : POLL)) {
                    add(RawRecords.of(each));
                }
                if (!starts.isEmpty() && isAtEnd()) {
                    starts.forEach(consumer::seek);
                    starts.clear();
                    catchUpUntil = clock.millis() + CAUGHT_UP_WITHIN_MS;
                    if (audit != null) {
                        audit.include(Math.min(oldest, clock.millis()));
                        oldest = Long.MAX_VALUE;
                    }
                    if (settings.namesFormer) {
                        FormerDeliveries.read(
                                consumers.apply(client),
                                settings.name,
                                () -> stop.getCount() == 0,
                                backlog::remember);
                    }
                }
                // A full backlog that has what it needs must not collect what comes after it.
                if (audit != null
                        && starts.isEmpty()
                        && (!backlog.isFull() || backlog.unaudited() > 0)) {
                    readAudit();
                }
                applyAnswers();
                if (!isEnding && isCaughtUp()) {
                    send();
                }
                write();
                if (clock.millis() - committedAt >= COMMIT_EVERY_MS) {
                    commit();
                    metrics.backlog(backlog, unread());
                }
            }
            write();
            commit();
        }

        private long unread() {
            return consumer.assignment().stream()
                    .mapToLong(each -> consumer.currentLag(each).orElse(0))
                    .sum();
        }

        private void add(RawRecord record) {
            QueuedMessage message;
            try {
                message = QueuedMessage.of(record);
                if (!starts.isEmpty()) {
                    backlog.foresee(message);
                    oldest = Math.min(oldest, record.timestamp());
                    return;
                }
            } catch (InvalidRecordException e) {
                if (!starts.isEmpty()) {
                    return;
                }
                writes.add(
                        results.send(
                                DeadLetterRecord.of(
                                        DeadLetter.invalid(record, e.field(), e.getMessage()),
                                        NAME)));
                backlog.pass(record.topic(), record.partition(), record.offset());
                return;
            }
            if (!mayReceive(message)) {
                backlog.skip(message, "not for this destination's audience");
            } else {
                backlog.add(message);
            }
        }

        private boolean mayReceive(QueuedMessage message) {
            return message.audience() == null
                    || !Collections.disjoint(message.audience(), settings.audience);
        }

        private void readAudit() {
            for (AuditRecord.Envelope each : audit.read()) {
                TopicPartition partition = new TopicPartition(each.topic(), each.partition());
                boolean isOfUse =
                        clock.millis() - each.time() <= settings.limits.expireAfter().toMillis();
                if (isOfUse && consumer.assignment().contains(partition)) {
                    backlog.audited(partition, each.offset(), each.sha256());
                }
            }
            if (isAuditBehind != backlog.isAuditBehind(clock.millis())) {
                isAuditBehind = !isAuditBehind;
                LOG.warn(
                        "{}: {}",
                        settings.name,
                        isAuditBehind
                                ? "waits for the audit; is scripts/notary at work?"
                                : "the audit has caught up");
            }
        }

        private void applyAnswers() {
            for (Answered each = answers.poll(); each != null; each = answers.poll()) {
                backlog.answered(each.message, each.answer, clock.millis());
                switch (each.answer.kind()) {
                    case TAKEN -> metrics.taken(clock.millis() - each.message.record().timestamp());
                    case FAILED -> metrics.failed();
                    default -> {
                        // Counted as outcomes.
                    }
                }
                if (each.answer.kind() != Answer.Kind.TAKEN) {
                    LOG.warn(
                            "{}: {} {}: {}",
                            settings.name,
                            logged(each.message),
                            each.answer.kind(),
                            each.message.audience() == null
                                    ? each.answer.whole()
                                    : each.answer.reason());
                }
            }
            end = backlog.end();
            if (isOpen != backlog.isOpen()) {
                isOpen = backlog.isOpen();
                LOG.warn(
                        "{}: {}",
                        settings.name,
                        isOpen ? "fails, only probes are sent" : "answers again");
            }
        }

        private void send() {
            for (QueuedMessage message = backlog.next(clock.millis());
                    message != null;
                    message = backlog.next(clock.millis())) {
                QueuedMessage sent = message;
                start(sent)
                        .whenComplete(
                                (answer, fault) ->
                                        answers.add(
                                                new Answered(
                                                        sent,
                                                        fault == null
                                                                ? answer
                                                                : Answer.failed(
                                                                                "an error in this program")
                                                                        .saying(
                                                                                fault
                                                                                        .toString()))));
            }
        }

        private CompletableFuture<Answer> start(QueuedMessage message) {
            try {
                return sender.send(message);
            } catch (RuntimeException e) {
                LOG.error(
                        "{}: {} cannot be sent, an error in this program: {}",
                        settings.name,
                        logged(message),
                        message.audience() == null ? e.getMessage() : e.getClass(),
                        message.audience() == null ? e : null);
                return CompletableFuture.completedFuture(
                        Answer.unsendable(DeadLetter.InternalError.REASON).saying(e.toString()));
            }
        }

        /**
         * A message as the log names it: by its place in Kafka where not all may know of it. Who
         * may read the topics finds it there, and what became of it in {@code deliveries}.
         */
        private static Object logged(QueuedMessage message) {
            return message.audience() == null ? message.eventId() : message.record().address();
        }

        /**
         * Whether what was there at the assignment has been read twice, the second time as far as
         * it may wait.
         */
        private boolean isCaughtUp() {
            if (!starts.isEmpty()) {
                return false;
            }
            if (!ends.isEmpty()
                    && (isAtEnd() || backlog.isFull() || clock.millis() > catchUpUntil)) {
                ends.clear();
            }
            return ends.isEmpty();
        }

        private boolean isAtEnd() {
            return ends.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }

        private void write() {
            for (Outcome outcome : backlog.drainOutcomes()) {
                // Anyone can read the metrics: they must not say that there was such a message.
                if (mayReceive(outcome.message())) {
                    metrics.resolved(outcome.result());
                }
                writes.add(results.send(delivery(outcome)));
                if (outcome.result() == Delivery.Result.REJECTED && backlog.end() == null) {
                    writes.add(
                            results.send(
                                    DeadLetterRecord.of(
                                            DeadLetter.invalid(
                                                    outcome.message().record(),
                                                    "",
                                                    settings.name + ": " + outcome.reason()),
                                            NAME)));
                }
            }
        }

        private ProducerRecord<byte[], byte[]> delivery(Outcome outcome) {
            QueuedMessage message = outcome.message();
            Delivery delivery =
                    new Delivery(
                            HashId.of(
                                    "delivery",
                                    settings.name,
                                    message.eventId(),
                                    outcome.result().name()),
                            settings.name,
                            message.incidentId(),
                            message.deviceId(),
                            message.revision(),
                            new Delivery.Message(message.eventId(), message.record().timestamp()),
                            outcome.result(),
                            outcome.reason(),
                            clock.millis());
            return new ProducerRecord<>(
                    Topics.DELIVERIES,
                    message.incidentId().getBytes(UTF_8),
                    Delivery.CODEC.write(delivery));
        }

        /** Commits what the broker has the results of. */
        private void commit() throws InterruptedException {
            committedAt = clock.millis();
            Map<TopicPartition, Long> positions = backlog.positions();
            for (Future<RecordMetadata> write : writes) {
                try {
                    // Bounded, because the producer's thread may have ended with an error of Java.
                    write.get(MAX_WRITE_S, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    throw new KafkaException("writing what became of messages", e.getCause());
                } catch (TimeoutException e) {
                    throw new KafkaException(
                            "writing what became of messages took more than " + MAX_WRITE_S + " s");
                }
            }
            // Also where the positions stay, as after a 410: these are kept no longer.
            writes.clear();
            if (positions.equals(committed)) {
                return;
            }
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            positions.forEach(
                    (partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
            consumer.commitSync(offsets);
            committed = positions;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (audit != null) {
                audit.begin();
            }
            ends.putAll(consumer.endOffsets(partitions));
            partitions.forEach(each -> starts.put(each, consumer.position(each)));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            backlog.revoke(partitions);
            ends.keySet().removeAll(partitions);
            starts.keySet().removeAll(partitions);
            committed = Map.of();
        }

        /** What is not written by now is not committed either, and so done again. */
        @Override
        public void close() {
            results.close(Duration.ZERO);
        }
    }
}
