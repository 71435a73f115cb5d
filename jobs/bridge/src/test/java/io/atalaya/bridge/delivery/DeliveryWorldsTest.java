package io.atalaya.bridge.delivery;

import io.atalaya.bridge.DispatchRecords;
import io.atalaya.bridge.format.CapFormat;
import io.atalaya.bridge.format.CloudEventFormat;
import io.atalaya.bridge.format.EidoFormat;
import io.atalaya.bridge.format.Format;
import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Sha256;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.testutils.CapturedLog;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two worlds, of which one has covert messages that the other has not: a destination without an
 * audience is sent the same messages in the same order at the same time, byte by byte, and its
 * metrics are the same. The far end fails at times, the notary stops, and the bridge is killed.
 */
@Tag("attack")
class DeliveryWorldsTest {
    private static final long START = 1_800_000_000_000L;
    private static final int TICKS = 250;
    private static final int PARTITIONS = 2;
    private static final int INCIDENTS = 12;
    private static final String INSIDERS = "unit-1";
    private static final Duration EXPIRES_AFTER = Duration.ofMinutes(10);
    private static final List<Format> FORMATS =
            List.of(
                    new CloudEventFormat(),
                    new EidoFormat("c5.example"),
                    new CapFormat("c5.example", EXPIRES_AFTER));

    /**
     * A process that is killed; as an error it passes through all that keeps the bridge at work.
     */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A message that dispatch writes; what is no message goes to the dead letter. */
    private record Written(int incident, int priority, boolean isHidden, int form) {}

    /** What happens between two polls. */
    private record Tick(
            long millis,
            List<Written> written,
            boolean isNotaryAtWork,
            boolean isFarEndDown,
            boolean isKilled) {}

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    private static List<Tick> script(int seed) {
        Random random = new Random(seed);
        List<Tick> ticks = new ArrayList<>();
        boolean isNotaryAtWork = true;
        boolean isFarEndDown = false;
        for (int i = 0; i < TICKS; i++) {
            List<Written> written = new ArrayList<>();
            for (int n = random.nextInt(5) - 1; n > 0; n--) {
                written.add(
                        new Written(
                                random.nextInt(INCIDENTS),
                                random.nextInt(101),
                                random.nextInt(3) == 0,
                                random.nextInt(10)));
            }
            isNotaryAtWork ^= random.nextInt(30) == 0;
            isFarEndDown ^= random.nextInt(25) == 0;
            ticks.add(
                    new Tick(
                            random.nextInt(40) == 0 ? random.nextInt(700_000) : random.nextInt(800),
                            written,
                            isNotaryAtWork,
                            isFarEndDown,
                            random.nextInt(50) == 0));
        }
        return ticks;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDestinationWithoutAudienceLearnsNothing(int seed) {
        List<Tick> script = script(seed);
        World with = new World(seed, script, List.of(), true);
        World without = new World(seed, script, List.of(), false);
        with.run();
        without.run();

        assertThat(with.sent).isEqualTo(without.sent).hasSizeGreaterThan(10);
        assertThat(with.sent).noneMatch(each -> each.contains("SECRET"));
        assertThat(with.metrics).isEqualTo(without.metrics);
        assertThat(with.log).isEqualTo(without.log);
    }

    /** The other way round: the test would see it. */
    @Test
    void aDestinationWithTheAudienceReceivesIt() {
        List<Tick> script = script(1);
        World with = new World(1, script, List.of(INSIDERS), true);
        World without = new World(1, script, List.of(INSIDERS), false);
        with.run();
        without.run();

        assertThat(with.sent).isNotEqualTo(without.sent);
        assertThat(with.sent).anyMatch(each -> each.contains("SECRET"));
        assertThat(with.metrics).isNotEqualTo(without.metrics);
    }

    /** Whatever a destination says, and whatever this program fails at. */
    @Test
    void theLogNamesNothingCovert() {
        List<String> log = new ArrayList<>();
        seeds().forEach(
                        seed -> {
                            World with = new World(seed, script(seed), List.of(INSIDERS), true);
                            with.run();
                            log.addAll(with.log);
                        });

        assertThat(log)
                .noneMatch(line -> line.contains("SECRET"))
                .anyMatch(line -> line.matches("cad: open.* REJECTED: HTTP 400: no open.*"))
                .anyMatch(line -> line.matches("cad: dispatch-toluca-.* REJECTED: HTTP 400"))
                .anyMatch(line -> line.matches("cad: dispatch-toluca-.* cannot be sent, an .*"))
                .anyMatch(line -> line.matches("cad: dispatch-toluca-.* FAILED: an error in .*"));
    }

    private static final class World {
        private final int seed;
        private final List<Tick> script;
        private final DeliveryLoop.Settings settings;
        private final boolean hasHidden;

        /** The partitions of each topic. */
        private final Map<String, List<List<ConsumerRecord<byte[], byte[]>>>> topics =
                new HashMap<>();

        private final Map<TopicPartition, Long> committed = new HashMap<>();
        private final Map<String, Long> revisions = new HashMap<>();
        private final int[] recorded = new int[PARTITIONS];

        /** What the far end has not answered yet. */
        private final List<Runnable> answers = new ArrayList<>();

        private final Map<String, Integer> attempts = new HashMap<>();
        private PrometheusRegistry registry;
        private int tick;
        private long now = START;

        /** What the far end is sent, and when. */
        final List<String> sent = new ArrayList<>();

        final List<String> metrics = new ArrayList<>();

        /** What the bridge has logged. */
        List<String> log;

        World(int seed, List<Tick> script, List<String> audience, boolean hasHidden) {
            this.seed = seed;
            this.script = script;
            this.hasHidden = hasHidden;
            settings =
                    new DeliveryLoop.Settings(
                            "cad",
                            Topics.DISPATCH_TOLUCA,
                            audience,
                            seed % 2 == 0,
                            new Backlog.Limits(
                                    1 + seed % 4,
                                    seed % 5 == 0 ? 8_000 : Integer.MAX_VALUE,
                                    EXPIRES_AFTER,
                                    seed % 3 == 0));
            for (String topic : List.of(Topics.DISPATCH_TOLUCA, Topics.DELIVERIES)) {
                topics.put(topic, List.of(new ArrayList<>(), new ArrayList<>()));
            }
            topics.put(Topics.AUDIT, List.of(new ArrayList<>()));
            topics.put(Topics.DEAD_LETTER, List.of(new ArrayList<>()));
        }

        /** Until the script has ended; after each kill another process begins. */
        void run() {
            try (CapturedLog captured = new CapturedLog("io.atalaya.bridge", Level.INFO)) {
                runLogged();
                log = captured.lines(Level.INFO);
            }
        }

        private void runLogged() {
            while (tick < script.size()) {
                answers.clear();
                registry = new PrometheusRegistry();
                DeliveryLoop loop =
                        new DeliveryLoop(
                                settings,
                                Map.of(),
                                InMemoryConsumer::new,
                                InMemoryProducer::new,
                                new FarEnd(),
                                new DeliveryMetrics(registry, new WorldClock()),
                                new WorldClock());
                try {
                    loop.run();
                } catch (Killed e) {
                    // As it is meant.
                }
            }
        }

        /** Goes on to the next poll. */
        private void next() {
            if (tick % 5 == 0) {
                metrics.add(tick + "\n" + scrape());
            }
            if (tick == script.size()) {
                throw new Killed();
            }
            Tick next = script.get(tick++);
            now += next.millis;
            if (next.isKilled) {
                throw new Killed();
            }
            next.written.stream().filter(each -> hasHidden || !each.isHidden).forEach(this::write);
            if (next.isNotaryAtWork) {
                record();
            }
            List<Runnable> due = List.copyOf(answers);
            answers.clear();
            due.forEach(Runnable::run);
        }

        /** All metrics but what is still to be read, where no one knows yet what it is. */
        private String scrape() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                PrometheusTextFormatWriter.create().write(out, registry.scrape());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toString(UTF_8)
                    .lines()
                    .filter(line -> !line.contains("unread_records"))
                    .collect(Collectors.joining("\n"));
        }

        private void write(Written of) {
            String incident = (of.isHidden ? "SECRET" : "open") + of.incident;
            long revision =
                    revisions.merge(incident, now, (before, at) -> Math.max(before + 1, at));
            RawRecord record =
                    of.isHidden
                            ? DispatchRecords.record(
                                    incident, revision, of.priority, INSIDERS, "other")
                            : DispatchRecords.record(incident, revision, of.priority);
            String value = new String(record.value(), UTF_8);
            if (of.form == 0) {
                value = value.substring(1);
            } else if (of.isHidden && of.form < 4) {
                // Limited to some is as good as covert.
                value = value.replace("\"covert\":true", "\"covert\":false");
            } else if (of.isHidden && of.form < 6) {
                value = value.replace("\"" + INSIDERS + "\"", "\"unit-2\"");
            }
            RecordHeaders headers = new RecordHeaders();
            record.headers().forEach(each -> headers.add(each.name(), each.value()));
            append(
                    Topics.DISPATCH_TOLUCA,
                    of.incident % PARTITIONS,
                    record.key(),
                    value.getBytes(UTF_8),
                    headers);
        }

        private void append(
                String topic, int partition, byte[] key, byte[] value, RecordHeaders headers) {
            List<ConsumerRecord<byte[], byte[]>> log = topics.get(topic).get(partition);
            log.add(
                    new ConsumerRecord<>(
                            topic,
                            partition,
                            log.size(),
                            now,
                            TimestampType.LOG_APPEND_TIME,
                            key == null ? 0 : key.length,
                            value.length,
                            key,
                            value,
                            headers,
                            Optional.empty()));
        }

        /** As the notary does, in the order of each partition. */
        private void record() {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                List<ConsumerRecord<byte[], byte[]>> log =
                        topics.get(Topics.DISPATCH_TOLUCA).get(partition);
                for (; recorded[partition] < log.size(); recorded[partition]++) {
                    ConsumerRecord<byte[], byte[]> each = log.get(recorded[partition]);
                    String zeros = "0".repeat(64);
                    AuditRecord record =
                            new AuditRecord(
                                    new AuditRecord.Envelope(
                                            null,
                                            null,
                                            each.offset(),
                                            partition,
                                            "ASSIGN",
                                            null,
                                            null,
                                            Sha256.hex(each.value()),
                                            each.timestamp(),
                                            each.topic(),
                                            null),
                                    zeros,
                                    0,
                                    zeros);
                    append(
                            Topics.AUDIT,
                            0,
                            null,
                            AuditRecord.CODEC.write(record),
                            new RecordHeaders());
                }
            }
        }

        /** Answers some polls later, as the message and the number of the attempt say. */
        private final class FarEnd implements Sender {
            @Override
            public CompletableFuture<Answer> send(QueuedMessage message) {
                int attempt = attempts.merge(message.eventId(), 1, Integer::sum);
                Random random = new Random(Objects.hash(seed, message.eventId(), attempt));
                sent.add(
                        now
                                + " "
                                + message.eventId()
                                + FORMATS.stream()
                                        .map(each -> new String(each.body(message), UTF_8))
                                        .toList());
                IllegalStateException fault = new IllegalStateException(message.eventId());
                switch (random.nextInt(30)) {
                    case 0 -> throw fault;
                    case 1 -> {
                        return CompletableFuture.failedFuture(fault);
                    }
                    default -> {
                        // The far end answers.
                    }
                }
                CompletableFuture<Answer> answer = new CompletableFuture<>();
                answerAfter(random.nextInt(3), answer, message, random);
                return answer;
            }

            private void answerAfter(
                    int polls,
                    CompletableFuture<Answer> answer,
                    QueuedMessage message,
                    Random random) {
                answers.add(
                        () -> {
                            if (polls > 0) {
                                answerAfter(polls - 1, answer, message, random);
                            } else {
                                answer.complete(answer(message, random));
                            }
                        });
            }

            /** With what it was sent, as some systems answer. */
            private Answer answer(QueuedMessage message, Random random) {
                if (script.get(tick - 1).isFarEndDown) {
                    return Answer.failed("no connection");
                }
                return switch (random.nextInt(12)) {
                    case 0 -> Answer.rejected("HTTP 400").saying("no " + message.eventId());
                    case 1 -> Answer.failed("HTTP 500");
                    case 2 -> Answer.failed("HTTP 429", Duration.ofSeconds(random.nextInt(5)));
                    default -> Answer.TAKEN;
                };
            }

            @Override
            public void close() {}
        }

        private final class WorldClock extends Clock {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now);
            }
        }

        /** Writes to the topics of this world. */
        private final class InMemoryProducer extends MockProducer<byte[], byte[]> {
            InMemoryProducer() {
                super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            }

            @Override
            public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
                append(record.topic(), 0, record.key(), record.value(), new RecordHeaders());
                return super.send(record);
            }
        }

        /** Reads the topics of this world; each poll of the queue is a tick of the script. */
        private final class InMemoryConsumer extends MockConsumer<byte[], byte[]> {
            private final boolean isOfQueue;
            private final Map<TopicPartition, Long> positions = new HashMap<>();
            private final Set<TopicPartition> paused = new HashSet<>();
            private ConsumerRebalanceListener listener;

            InMemoryConsumer(Map<String, Object> config) {
                super("earliest");
                isOfQueue = config.containsKey(ConsumerConfig.GROUP_ID_CONFIG);
            }

            private List<ConsumerRecord<byte[], byte[]>> log(TopicPartition of) {
                return topics.get(of.topic()).get(of.partition());
            }

            @Override
            public synchronized void subscribe(
                    Collection<String> names, ConsumerRebalanceListener by) {
                listener = by;
            }

            @Override
            public synchronized void assign(Collection<TopicPartition> partitions) {
                partitions.forEach(each -> positions.put(each, 0L));
            }

            @Override
            public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                if (isOfQueue) {
                    next();
                }
                if (listener != null) {
                    List<TopicPartition> all =
                            partitionsFor(settings.topic()).stream()
                                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                                    .toList();
                    all.forEach(each -> positions.put(each, committed.getOrDefault(each, 0L)));
                    listener.onPartitionsAssigned(all);
                    listener = null;
                }
                Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> read = new HashMap<>();
                for (TopicPartition each : List.copyOf(positions.keySet())) {
                    List<ConsumerRecord<byte[], byte[]>> log = log(each);
                    if (!paused.contains(each) && positions.get(each) < log.size()) {
                        read.put(
                                each,
                                List.copyOf(
                                        log.subList(positions.get(each).intValue(), log.size())));
                        positions.put(each, (long) log.size());
                    }
                }
                return new ConsumerRecords<>(read, Map.of());
            }

            @Override
            public synchronized Set<TopicPartition> assignment() {
                return Set.copyOf(positions.keySet());
            }

            @Override
            public synchronized long position(TopicPartition partition) {
                return positions.get(partition);
            }

            @Override
            public synchronized void seek(TopicPartition partition, long offset) {
                positions.put(partition, offset);
            }

            @Override
            public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
                partitions.forEach(each -> positions.put(each, 0L));
            }

            @Override
            public synchronized Map<TopicPartition, Long> endOffsets(
                    Collection<TopicPartition> partitions) {
                return partitions.stream()
                        .collect(Collectors.toMap(each -> each, each -> (long) log(each).size()));
            }

            @Override
            public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                    Map<TopicPartition, Long> times) {
                Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
                times.forEach(
                        (partition, time) ->
                                log(partition).stream()
                                        .filter(each -> each.timestamp() >= time)
                                        .findFirst()
                                        .ifPresent(
                                                each ->
                                                        found.put(
                                                                partition,
                                                                new OffsetAndTimestamp(
                                                                        each.offset(),
                                                                        each.timestamp()))));
                return found;
            }

            @Override
            public synchronized void pause(Collection<TopicPartition> partitions) {
                paused.addAll(partitions);
            }

            @Override
            public synchronized void resume(Collection<TopicPartition> partitions) {
                paused.removeAll(Set.copyOf(partitions));
            }

            @Override
            public synchronized Set<TopicPartition> paused() {
                return Set.copyOf(paused);
            }

            @Override
            public synchronized OptionalLong currentLag(TopicPartition partition) {
                return OptionalLong.of(log(partition).size() - positions.get(partition));
            }

            @Override
            public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
                offsets.forEach((partition, each) -> committed.put(partition, each.offset()));
            }

            @Override
            public List<PartitionInfo> partitionsFor(String topic) {
                return IntStream.range(0, topics.get(topic).size())
                        .mapToObj(
                                each ->
                                        new PartitionInfo(
                                                topic,
                                                each,
                                                Node.noNode(),
                                                new Node[0],
                                                new Node[0]))
                        .toList();
            }

            @Override
            public void close() {}
        }
    }
}
