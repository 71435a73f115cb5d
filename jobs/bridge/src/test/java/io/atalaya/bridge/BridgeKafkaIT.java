package io.atalaya.bridge;

import io.atalaya.bridge.receiver.FarEnd;
import io.atalaya.bridge.receiver.FarEnd.Plays;
import io.atalaya.bridge.settings.BridgeFile;
import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.Delivery.Result;
import io.atalaya.contracts.dispatch.NationalMessage;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Sha256;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.testutils.ChildJvm;
import io.atalaya.testutils.SecuredKafka;

import com.sun.net.httpserver.HttpServer;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Destinations with far ends that fail in every way, on a broker with access control. */
class BridgeKafkaIT {
    private static final int INCIDENTS = 8;
    private static final int REVISIONS = 3;
    private static final Duration WITHIN = Duration.ofMinutes(3);

    /** Far ends that let a request wait. */
    private static final Set<String> HANGING = Set.of("slow", "endless");

    private static SecuredKafka kafka;
    private static Producer<byte[], byte[]> queue;

    @TempDir private Path directory;

    private final Map<String, FarEnd> farEnds = new TreeMap<>();
    private final List<RunningBridge> bridges = new ArrayList<>();

    @BeforeAll
    static void startBroker(@TempDir Path keys) throws Exception {
        kafka = new SecuredKafka(keys, 2);
        queue =
                new KafkaProducer<>(
                        kafka.administrator(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        queue.close();
        kafka.close();
    }

    @BeforeEach
    void createTopics() {
        kafka.broker().createTopics(Account.BRIDGE.topics(), 2);
    }

    @AfterEach
    void stop() throws Exception {
        stopBridges();
        farEnds.values().forEach(FarEnd::close);
        kafka.broker().deleteTopics();
    }

    @Test
    void deliversTheLastRevisionOfEachIncidentWhateverTheFarEndsDo() throws Exception {
        for (Plays plays : Plays.values()) {
            farEnds.put(plays.name().toLowerCase(), FarEnd.start(directory, plays));
        }
        start();
        long now = System.currentTimeMillis();
        for (int revision = 0; revision < REVISIONS; revision++) {
            for (int i = 0; i < INCIDENTS; i++) {
                put(DispatchRecords.record("i" + i, now + revision, 10 + i));
            }
            Thread.sleep(300);
        }
        awaitTrue(() -> farEnds.get("take").taken().size() >= INCIDENTS);
        // The failing ones do not hold the healthy one back.
        awaitTrue(
                () ->
                        farEnds.get("take").newest().values().stream()
                                .allMatch(r -> r == now + REVISIONS - 1));
        awaitTrue(() -> !read(Topics.DEAD_LETTER).isEmpty());
        for (Map.Entry<String, FarEnd> each : farEnds.entrySet()) {
            // What would be under way to it could be taken.
            if (!each.getKey().equals("gone")) {
                each.getValue().recover();
            }
        }

        for (Map.Entry<String, FarEnd> each : farEnds.entrySet()) {
            if (List.of("gone", "reject").contains(each.getKey())) {
                continue;
            }
            awaitTrue(() -> each.getValue().newest().size() == INCIDENTS);
            awaitTrue(
                    () ->
                            each.getValue().newest().values().stream()
                                    .allMatch(revision -> revision == now + REVISIONS - 1));
            if (!each.getKey().equals("slow")) {
                // What timed out there can end after the next message.
                assertThat(each.getValue().findings()).as(each.getKey()).doesNotContain("OLDER");
            }
        }
        awaitTrue(
                () -> {
                    Map<String, Map<String, Result>> results = results(now + REVISIONS - 1);
                    return results.size() == farEnds.size()
                            && results.values().stream().allMatch(of -> of.size() == INCIDENTS);
                });
        stopBridges();

        Map<String, Map<String, Result>> last = results(now + REVISIONS - 1);
        assertThat(last).containsOnlyKeys(farEnds.keySet());
        last.forEach(
                (destination, ofIncidents) -> {
                    assertThat(ofIncidents).as(destination).hasSize(INCIDENTS);
                    if (destination.equals("gone")) {
                        assertThat(ofIncidents.values()).containsOnly(Result.REJECTED);
                    } else if (!destination.equals("reject")) {
                        assertThat(ofIncidents.values())
                                .as(destination)
                                .containsOnly(Result.DELIVERED);
                    }
                });
        List<ConsumerRecord<byte[], byte[]>> rejected = read(Topics.DEAD_LETTER);
        assertThat(rejected).isNotEmpty();
        assertThat(rejected)
                .allSatisfy(
                        each -> assertThat(header(each, "reason")).startsWith("reject: HTTP 400"));
        assertThat(farEnds.get("gone").requests()).isLessThanOrEqualTo(8);
    }

    @Test
    void continuesAfterAStopWithTheMostUrgentAndNewest() throws Exception {
        FarEnd farEnd = FarEnd.start(directory, Plays.TAKE);
        farEnds.put("cad", farEnd);
        long now = System.currentTimeMillis();
        put(DispatchRecords.record("before", now, 50));
        start();
        awaitTrue(() -> farEnd.taken().size() == 1);
        stopBridges();
        for (int i = 0; i < 30; i++) {
            put(DispatchRecords.record("i" + i % 10, now + i, 10 + i % 10));
        }
        put(DispatchRecords.record("covert", now, 99, "FGJEM"));
        put(DispatchRecords.record("other", now, 98, "PRISON"));
        put(DispatchRecords.record("old", now - Duration.ofHours(25).toMillis(), 97));
        start();
        awaitTrue(() -> farEnd.taken().size() == 12);

        assertThat(farEnd.taken())
                .containsExactly(
                        "before", "covert", "i9", "i8", "i7", "i6", "i5", "i4", "i3", "i2", "i1",
                        "i0");
        stopBridges();
        Map<Result, Integer> counts = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> each : read(Topics.DELIVERIES)) {
            counts.merge(Delivery.CODEC.read(each.value()).result(), 1, Integer::sum);
        }
        assertThat(counts)
                .isEqualTo(Map.of(Result.DELIVERED, 12, Result.SKIPPED, 21, Result.EXPIRED, 1));
    }

    @Test
    void onlyWhoWaitsForTheAuditIsHeldBackByIt() throws Exception {
        for (String name : List.of("audited", "take")) {
            farEnds.put(name, FarEnd.start(directory, Plays.TAKE));
        }
        // Before a stop, so that the record of what is sent is found again.
        long now = System.currentTimeMillis();
        RawRecord before = DispatchRecords.record("before", now, 10);
        audit(put(before), before);
        start();
        awaitTrue(() -> farEnds.get("audited").taken().size() == 1);
        RawRecord a = DispatchRecords.record("a", now, 60);
        RawRecord b = DispatchRecords.record("b", now, 50);
        RecordMetadata sentA = put(a);
        RecordMetadata sentB = put(b);
        awaitTrue(() -> farEnds.get("take").taken().size() == 3);
        audit(sentA, b);
        audit(sentB, b);
        awaitTrue(() -> farEnds.get("audited").taken().size() == 2);
        stopBridges();

        assertThat(farEnds.get("audited").taken()).containsExactly("before", "b");
    }

    /** What was taken before is known from the deliveries. */
    @Test
    void aCapMessageNamesItsFormerAfterARestart() throws Exception {
        List<String> documents = Collections.synchronizedList(new ArrayList<>());
        HttpServer server = collect(documents);
        Path file =
                Files.writeString(
                        directory.resolve("cap.yaml"),
                        """
                        sender: c5.example
                        allow: [127.0.0.0/8]
                        destinations:
                          - name: cap
                            site: TOLUCA
                            format: CAP
                            webhook: {url: 'http://127.0.0.1:%d/', secretFile: %s}
                        """
                                .formatted(
                                        server.getAddress().getPort(), FarEnd.secret(directory)));
        long now = System.currentTimeMillis();
        for (int i = 0; i < 2; i++) {
            start(file);
            put(DispatchRecords.record("a", now + i, 50));
            int sent = i + 1;
            awaitTrue(() -> documents.size() == sent);
            stopBridges();
        }
        server.stop(0);

        assertThat(documents.get(0)).contains("<msgType>Alert<").doesNotContain("<references>");
        String former =
                documents
                        .get(0)
                        .replaceAll(
                                "(?s).*<identifier>(.*)</identifier>.*<sent>(.*)</sent>.*",
                                "c5.example,$1,$2");
        assertThat(documents.get(1))
                .contains("<msgType>Update<", "<references>" + former + "</references>");
    }

    @Test
    void announcementsAndSharedIncidentsReachTheirReceivers() throws Exception {
        List<String> documents = Collections.synchronizedList(new ArrayList<>());
        HttpServer server = collect(documents);
        String destination =
                """
                  - name: %s
                    topic: %s
                    audience: [c5.cdmx.example]
                    webhook: {url: 'http://127.0.0.1:%d/', secretFile: %s}
                """;
        StringBuilder settings =
                new StringBuilder("sender: c5.example\nallow: [127.0.0.0/8]\ndestinations:\n");
        for (String topic : List.of(Topics.ANNOUNCEMENTS, Topics.NATIONAL_EXCHANGE)) {
            settings.append(
                    destination.formatted(
                            "to-" + topic,
                            topic,
                            server.getAddress().getPort(),
                            FarEnd.secret(directory)));
        }
        long now = System.currentTimeMillis();
        Announcement heard = announcement("SPK-7", now, now + 3_600_000);
        Announcement late = announcement("SPK-8", now, now - 1);
        NationalMessage known = national("c5.cdmx.example", now);
        NationalMessage others = national("c5.puebla.example", now);
        put(DispatchRecords.record(heard));
        put(DispatchRecords.record(late));
        put(DispatchRecords.record(known));
        put(DispatchRecords.record(others));
        AtomicInteger results = new AtomicInteger();
        start(Files.writeString(directory.resolve("topics.yaml"), settings), results, 0);
        awaitTrue(() -> results.get() >= 4);
        stopBridges();
        server.stop(0);

        Set<Object> arrived = new HashSet<>();
        for (String document : documents) {
            CloudEvent event = new JsonFormat().deserialize(document.getBytes(UTF_8));
            byte[] data = event.getData().toBytes();
            arrived.add(
                    event.getType().startsWith("io.atalaya.national.")
                            ? NationalMessage.CODEC.read(data)
                            : Announcement.CODEC.read(data));
        }
        assertThat(arrived).containsExactlyInAnyOrder(heard, known);
        Set<String> receipts = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> each : read(Topics.DELIVERIES)) {
            Delivery delivery = Delivery.CODEC.read(each.value());
            receipts.add(
                    "%s %s %s %s"
                            .formatted(
                                    delivery.destination(),
                                    delivery.incidentId(),
                                    delivery.deviceId(),
                                    delivery.result()));
        }
        assertThat(receipts)
                .containsExactly(
                        "to-announcements I-SPK-7 SPK-7 DELIVERED",
                        "to-announcements I-SPK-8 SPK-8 EXPIRED",
                        "to-national-exchange I-c5.cdmx.example null DELIVERED",
                        "to-national-exchange I-c5.puebla.example null SKIPPED");
    }

    private static Announcement announcement(String deviceId, long now, long expiresAt) {
        return new Announcement(
                "A-" + deviceId,
                deviceId,
                now,
                Announcement.Purpose.PLAY,
                "I-" + deviceId,
                "seismic-warning",
                100,
                true,
                "Esto es un simulacro. Alerta sísmica.",
                "sismo-simulacro",
                expiresAt,
                null);
    }

    private static NationalMessage national(String agency, long now) {
        return new NationalMessage(
                "M-" + agency,
                agency,
                "I-" + agency,
                now,
                NationalMessage.Purpose.UPDATE,
                70,
                "e30.e30.c2lnbmF0dXJl");
    }

    /** A failure of Kafka starts the destination again, which had ended. */
    @Test
    void aFarEndThatIsGoneStaysSo() throws Exception {
        FarEnd farEnd = FarEnd.start(directory, Plays.GONE);
        farEnds.put("cad", farEnd);
        put(DispatchRecords.record("a", System.currentTimeMillis(), 50));
        AtomicInteger results = new AtomicInteger();
        start(settings(), results, 1);
        awaitTrue(() -> farEnd.requests() == 1);
        farEnd.recover();
        awaitTrue(() -> results.get() >= 2);
        stopBridges();

        assertThat(read(Topics.DELIVERIES))
                .isNotEmpty()
                .allSatisfy(
                        each ->
                                assertThat(Delivery.CODEC.read(each.value()).result())
                                        .isEqualTo(Result.REJECTED));
        assertThat(farEnd.requests()).isOne();
    }

    /** A failure starts the destination again, with connections of its own. */
    @Test
    void aChangedPasswordNeedsNoRestart() throws Exception {
        FarEnd farEnd = FarEnd.start(directory, Plays.TAKE);
        farEnds.put("cad", farEnd);
        AtomicInteger results = new AtomicInteger();
        start(settings(), results, 1);
        put(DispatchRecords.record("a", System.currentTimeMillis(), 50));
        awaitTrue(() -> results.get() == 1);
        kafka.changePasswords(Account.BRIDGE);
        awaitTrue(() -> !read(Topics.DELIVERIES).isEmpty());
    }

    @Test
    void aKilledBridgeLosesNothingAndSendsNothingOlder() throws Exception {
        FarEnd farEnd = FarEnd.start(directory, Plays.TAKE);
        farEnds.put("cad", farEnd);
        int incidents = 300;
        long now = System.currentTimeMillis();
        for (int i = 0; i < incidents / 2; i++) {
            put(DispatchRecords.record("i" + i, now, i % 100));
        }
        Process bridge = process();
        awaitTrue(() -> farEnd.taken().size() >= 20);
        bridge.destroyForcibly().waitFor();
        for (int i = incidents / 2; i < incidents; i++) {
            put(DispatchRecords.record("i" + i, now, i % 100));
        }
        for (int i = 0; i < incidents; i += 2) {
            put(DispatchRecords.record("i" + i, now + 1, i % 100));
        }
        start();
        awaitTrue(
                () ->
                        farEnd.newest().size() == incidents
                                && farEnd.newest().values().stream()
                                                .filter(revision -> revision == now + 1)
                                                .count()
                                        == incidents / 2);

        assertThat(farEnd.findings()).doesNotContain("OLDER");
        stopBridges();
        Set<String> results = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> each : read(Topics.DELIVERIES)) {
            Delivery delivery = Delivery.CODEC.read(each.value());
            results.add(delivery.incidentId() + ":" + delivery.revision());
        }
        assertThat(results).hasSize(incidents + incidents / 2);
    }

    /** So that systemd or the supervisor of a cluster starts it again. */
    @Test
    void aBridgeThatCannotStartEnds() throws Exception {
        farEnds.put("cad", FarEnd.start(directory, Plays.TAKE));
        try (ServerSocket taken = new ServerSocket(0)) {
            Process bridge = process("--metrics-port", String.valueOf(taken.getLocalPort()));
            try {
                assertThat(bridge.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(bridge.exitValue()).isEqualTo(2);
            } finally {
                bridge.destroyForcibly();
            }
        }
    }

    /** The program as a process of its own. */
    private Process process(String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "bridge",
                                settings().toString(),
                                "--bootstrap-servers",
                                kafka.bootstrapServers(),
                                "--kafka-properties",
                                kafka.file(Account.BRIDGE).toString()));
        arguments.addAll(List.of(options));
        return ChildJvm.start(Bridge.class, arguments);
    }

    @Test
    void aRecordThatIsNoMessageGoesToDeadLetter() throws Exception {
        FarEnd farEnd = FarEnd.start(directory, Plays.TAKE);
        farEnds.put("cad", farEnd);
        queue.send(
                new ProducerRecord<>(
                        Topics.DISPATCH_TOLUCA, 0, "x".getBytes(UTF_8), "{".getBytes(UTF_8)));
        queue.send(new ProducerRecord<>(Topics.DISPATCH_TOLUCA, 0, null, null));
        put(DispatchRecords.record("a", System.currentTimeMillis(), 50));
        start();
        awaitTrue(() -> farEnd.taken().size() == 1);
        stopBridges();

        assertThat(read(Topics.DEAD_LETTER))
                .hasSize(2)
                .allSatisfy(each -> assertThat(header(each, "job")).isEqualTo("bridge"))
                .satisfiesOnlyOnce(
                        each ->
                                assertThat(each.headers().lastHeader("original-key"))
                                        .as("without a key, as it was")
                                        .isNull());
    }

    /** A far end that takes everything. */
    private static HttpServer collect(List<String> documents) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        documents.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                        exchange.sendResponseHeaders(204, -1);
                    }
                });
        server.start();
        return server;
    }

    private static Map<String, Object> client() {
        return kafka.references(Account.BRIDGE);
    }

    /** Starts a bridge with a destination for each far end. */
    private void start() throws Exception {
        start(settings());
    }

    private void start(Path file) throws Exception {
        bridges.add(RunningBridge.start(file, client()));
    }

    /**
     * Starts a bridge of which the first results cannot be written.
     *
     * @param results counts those that it writes
     */
    private void start(Path file, AtomicInteger results, int failures) throws Exception {
        Map<String, Object> client = client();
        // A connection that is not used has to log in again soon.
        client.put("connections.max.idle.ms", 1_000);
        bridges.add(
                new RunningBridge(
                        client,
                        RunningBridge.senders(BridgeFile.read(file)),
                        () -> failing(RunningBridge.results(client), results, failures),
                        new PrometheusRegistry()));
    }

    @SuppressWarnings("unchecked")
    private static Producer<byte[], byte[]> failing(
            Producer<byte[], byte[]> producer, AtomicInteger results, int failures) {
        return (Producer<byte[], byte[]>)
                Proxy.newProxyInstance(
                        Producer.class.getClassLoader(),
                        new Class<?>[] {Producer.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("send")
                                    && results.incrementAndGet() <= failures) {
                                throw new KafkaException("lost");
                            }
                            return method.invoke(producer, arguments);
                        });
    }

    private Path settings() throws IOException {
        StringBuilder file =
                new StringBuilder("sender: c5.example\nallow: [127.0.0.0/8]\ndestinations:\n");
        farEnds.forEach(
                (name, farEnd) ->
                        file.append(
                                """
                                  - name: %s
                                    site: TOLUCA
                                    timeout: %d s
                                    maxInFlight: %d
                                    maxWaitingMegabytes: 16
                                    awaitAudit: %b
                                    audience: [FGJEM]
                                    webhook: {url: 'http://127.0.0.1:%d/', secretFile: %s}
                                """
                                        .formatted(
                                                name,
                                                // Others answer late only on a busy machine.
                                                HANGING.contains(name) ? 1 : 60,
                                                name.equals("cad") ? 1 : 4,
                                                name.equals("audited"),
                                                farEnd.port(),
                                                farEnd.secretFile())));
        return Files.writeString(directory.resolve("bridge.yaml"), file);
    }

    private void stopBridges() {
        bridges.forEach(RunningBridge::close);
        bridges.clear();
    }

    /** As the notary records a message; the chain is none of the bridge's business. */
    private static void audit(RecordMetadata sent, RawRecord message) throws Exception {
        String zeros = "0".repeat(64);
        AuditRecord record =
                new AuditRecord(
                        new AuditRecord.Envelope(
                                null,
                                null,
                                sent.offset(),
                                sent.partition(),
                                "ASSIGN",
                                null,
                                null,
                                Sha256.hex(message.value()),
                                message.timestamp(),
                                sent.topic(),
                                null),
                        zeros,
                        0,
                        zeros);
        queue.send(new ProducerRecord<>(Topics.AUDIT, AuditRecord.CODEC.write(record))).get();
    }

    private static RecordMetadata put(RawRecord record) throws Exception {
        ProducerRecord<byte[], byte[]> sent =
                new ProducerRecord<>(
                        record.topic(), null, record.timestamp(), record.key(), record.value());
        record.headers().forEach(each -> sent.headers().add(each.name(), each.value()));
        return queue.send(sent).get();
    }

    /** The last result of each incident's revision, by destination. */
    private static Map<String, Map<String, Result>> results(long revision) {
        Map<String, Map<String, Result>> last = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> each : read(Topics.DELIVERIES)) {
            Delivery delivery = delivery(each);
            assertThat(new String(each.key(), UTF_8)).isEqualTo(delivery.incidentId());
            if (delivery.revision() == revision) {
                last.computeIfAbsent(delivery.destination(), name -> new TreeMap<>())
                        .put(delivery.incidentId(), delivery.result());
            }
        }
        return last;
    }

    private static Delivery delivery(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Delivery.CODEC.read(record.value());
        } catch (InvalidRecordException e) {
            throw new AssertionError(e);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        kafka.administrator(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(each -> new TopicPartition(topic, each.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static void awaitTrue(BooleanSupplier condition)
            throws InterruptedException, IOException {
        long until = System.nanoTime() + WITHIN.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(until);
            Thread.sleep(20);
        }
    }
}
