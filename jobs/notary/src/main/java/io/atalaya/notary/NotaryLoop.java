package io.atalaya.notary;

import io.atalaya.contracts.audit.AuditHeads;
import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.kafka.CommittedRecords;
import io.atalaya.kafka.RawRecords;
import io.atalaya.notary.chain.Chain;
import io.atalaya.notary.chain.Envelopes;
import io.atalaya.notary.chain.HeadKeys;
import io.atalaya.notary.chain.Verifier;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads what was sent and writes the audit: its records and the progress of reading in one
 * transaction. What a transaction wrote that did not commit is never seen, and the chains continue
 * from the last records that are.
 */
public final class NotaryLoop implements Runnable {
    /** The consumer group; the transactional id begins with it. */
    public static final String NAME = "notary";

    private static final Logger LOG = LoggerFactory.getLogger(NotaryLoop.class);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long RESTART_AFTER_MS = 5_000;

    /** A standby takes over from a killed process after so long. */
    private static final int SESSION_TIMEOUT_MS = 10_000;

    private static final int TRANSACTION_TIMEOUT_MS = 30_000;

    /** At the end; the process halts once the loop has stopped. */
    private static final Duration COPIED_WITHIN = Duration.ofSeconds(5);

    private final Settings settings;
    private final Map<String, Object> client;
    private final Producer<byte[], byte[]> copy;
    private final NotaryMetrics metrics;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * @param name in the signed heads
     */
    public record Settings(String name, PrivateKey key, Duration headsEvery) {}

    /** A notary within another process, without metrics and copies. */
    public NotaryLoop(Settings settings, Map<String, Object> client, Clock clock) {
        this(settings, client, null, new NotaryMetrics(new PrometheusRegistry(), clock), clock);
    }

    /**
     * @param client settings of the broker
     * @param copy a producer of the other site's broker, which gets the heads, too, and is closed
     *     at the end; or null
     */
    NotaryLoop(
            Settings settings,
            Map<String, Object> client,
            Producer<byte[], byte[]> copy,
            NotaryMetrics metrics,
            Clock clock) {
        this.settings = settings;
        this.client = client;
        this.copy = copy;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            while (stop.getCount() > 0) {
                try (Session session = new Session()) {
                    session.run();
                } catch (RuntimeException e) {
                    LOG.error(
                            "Starts again in {} ms after a failure: {}",
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
            try {
                if (copy != null) {
                    copy.close(COPIED_WITHIN);
                }
            } finally {
                stopped.countDown();
            }
        }
    }

    /** Stops after the transaction under way, and signs and copies what is not signed yet. */
    public void stop() throws InterruptedException {
        stop.countDown();
        stopped.await();
    }

    /** The work with one consumer, as owner of the chains or standing by. */
    private final class Session implements ConsumerRebalanceListener, AutoCloseable {
        private final Consumer<byte[], byte[]> consumer;
        private final List<Chain> chains = new ArrayList<>();
        private Producer<byte[], byte[]> producer;
        private long headsDue;

        /** Whether there are records later than the last heads. */
        private boolean isUnsigned;

        Session() {
            Map<String, Object> config = new HashMap<>(client);
            config.put(ConsumerConfig.GROUP_ID_CONFIG, NAME);
            config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
            config.put(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                    SingleOwner.class.getName());
            consumer = CommittedRecords.consumer(config);
        }

        void run() {
            consumer.subscribe(Topics.AUDITED, this);
            while (stop.getCount() > 0) {
                ConsumerRecords<byte[], byte[]> sent = consumer.poll(POLL);
                boolean isDue = clock.millis() >= headsDue;
                if (producer != null && (!sent.isEmpty() || isDue)) {
                    audit(sent, isDue);
                }
                metrics.isAtWork.set(producer == null ? 0 : 1);
                metrics.unread.set(unread());
            }
            if (producer != null && isUnsigned) {
                audit(ConsumerRecords.empty(), true);
            }
        }

        private long unread() {
            return consumer.assignment().stream()
                    .mapToLong(each -> consumer.currentLag(each).orElse(0))
                    .sum();
        }

        private void audit(ConsumerRecords<byte[], byte[]> sent, boolean withHeads) {
            producer.beginTransaction();
            for (ConsumerRecord<byte[], byte[]> each : sent) {
                producer.send(record(RawRecords.of(each)));
            }
            ProducerRecord<byte[], byte[]> heads = null;
            if (withHeads) {
                headsDue = clock.millis() + settings.headsEvery.toMillis();
                heads = heads();
                producer.send(heads);
            }
            producer.sendOffsetsToTransaction(sent.nextOffsets(), consumer.groupMetadata());
            producer.commitTransaction();
            metrics.transactions.inc();
            metrics.records.inc(sent.count());
            isUnsigned = heads == null;
            if (heads != null) {
                metrics.signed();
                copy(heads);
            }
        }

        private ProducerRecord<byte[], byte[]> record(RawRecord message) {
            AuditRecord.Envelope envelope = Envelopes.of(message);
            if (!Envelopes.isReadable(envelope)) {
                metrics.unreadable.inc();
                LOG.debug("{} is no message of its topic", message.address());
            }
            byte[] key = Verifier.key(envelope).getBytes(UTF_8);
            int partition = Utils.toPositive(Utils.murmur2(key)) % chains.size();
            return new ProducerRecord<>(
                    Topics.AUDIT,
                    partition,
                    // As of each output, the time of its cause; a broker rejects one to come.
                    Math.min(envelope.time(), clock.millis()),
                    key,
                    AuditRecord.CODEC.write(chains.get(partition).add(envelope)));
        }

        private ProducerRecord<byte[], byte[]> heads() {
            List<AuditHeads.Head> heads = new ArrayList<>();
            for (int i = 0; i < chains.size(); i++) {
                heads.add(chains.get(i).head(i));
            }
            heads.removeIf(Objects::isNull);
            long now = clock.millis();
            return new ProducerRecord<>(
                    Topics.AUDIT_HEADS,
                    null,
                    now,
                    settings.name.getBytes(UTF_8),
                    AuditHeads.CODEC.write(
                            HeadKeys.sign(
                                    new AuditHeads(heads, settings.name, null, now),
                                    settings.key)));
        }

        private void copy(ProducerRecord<byte[], byte[]> heads) {
            if (copy == null) {
                return;
            }
            try {
                copy.send(
                        heads,
                        (written, fault) -> {
                            if (fault != null) {
                                notCopied(fault);
                            }
                        });
            } catch (KafkaException e) {
                notCopied(e);
            }
        }

        private void notCopied(Exception fault) {
            metrics.failedCopies.inc();
            LOG.warn(
                    "The other site has no copy of these heads, as its broker did not take it: {};"
                            + " a later copy covers them",
                    fault.getMessage());
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (partitions.isEmpty()) {
                LOG.info("Another notary is at work; this one stands by");
                return;
            }
            Map<String, Object> config = new HashMap<>(client);
            config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, NAME + "-1");
            config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
            // The first request of a transaction is tried again while the broker still ends the one
            // before; those behind it would be out of order, an error in the broker's log.
            config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
            producer =
                    new KafkaProducer<>(
                            config, new ByteArraySerializer(), new ByteArraySerializer());
            // Ends what a predecessor left open and keeps it from writing, before the ends are
            // read.
            producer.initTransactions();
            chains.clear();
            try (TopicReader reader = new TopicReader(client)) {
                for (TopicPartition each : reader.partitions(Topics.AUDIT)) {
                    chains.add(Chain.after(last(reader, each)));
                }
            }
            if (chains.isEmpty()) {
                throw new IllegalStateException(
                        "there is no topic " + Topics.AUDIT + "; scripts/topics creates it");
            }
            // What a killed predecessor has not signed must not wait for a minute without a
            // failure.
            isUnsigned = chains.stream().anyMatch(each -> each.head(0) != null);
            headsDue = isUnsigned ? 0 : clock.millis() + settings.headsEvery.toMillis();
        }

        private AuditRecord last(TopicReader reader, TopicPartition partition) {
            RawRecord last = reader.last(partition);
            try {
                return last == null ? null : AuditRecord.CODEC.read(last.value());
            } catch (InvalidRecordException e) {
                throw new IllegalStateException(
                        last.address() + " is no record of the audit; see scripts/audit verify", e);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            closeProducer();
        }

        private void closeProducer() {
            if (producer != null) {
                producer.close(Duration.ZERO);
                producer = null;
            }
        }

        @Override
        public void close() {
            closeProducer();
            consumer.close();
        }
    }
}
