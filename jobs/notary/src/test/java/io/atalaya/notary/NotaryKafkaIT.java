package io.atalaya.notary;

import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.audit.LookUp;
import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.kafka.CommittedRecords;
import io.atalaya.notary.chain.EnvelopesTest;
import io.atalaya.notary.chain.HeadKeys;
import io.atalaya.testutils.ChildJvm;
import io.atalaya.testutils.SecuredKafka;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The notary on a broker with access control, killed within a transaction and continued by another.
 * The other site has a broker of its own.
 */
@Tag("attack")
class NotaryKafkaIT {
    private static final int PARTITIONS = 2;
    private static final int MESSAGES = 4_000;
    private static final Duration WITHIN = Duration.ofMinutes(3);

    @TempDir private static Path directory;

    private static SecuredKafka kafka;
    private static EmbeddedKafka otherSite;
    private static Producer<byte[], byte[]> producer;
    private static Consumer<byte[], byte[]> committed;
    private static Consumer<byte[], byte[]> all;

    @BeforeAll
    static void startBrokers() throws Exception {
        kafka = new SecuredKafka(directory, PARTITIONS);
        otherSite = EmbeddedKafka.start();
        otherSite.createTopics(Topics.named(List.of(Topics.AUDIT_HEADS)), 1);
        committed = CommittedRecords.consumer(kafka.administrator());
        Map<String, Object> uncommitted = new HashMap<>(kafka.administrator());
        uncommitted.put("isolation.level", "read_uncommitted");
        all = CommittedRecords.consumer(uncommitted);
        producer =
                new KafkaProducer<>(
                        kafka.client(Account.BRIDGE),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    @AfterAll
    static void stopBrokers() {
        committed.close();
        all.close();
        producer.close();
        kafka.close();
        otherSite.close();
    }

    @Test
    void aKilledNotaryLeavesAWholeChainOfAllThatWasSent() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path secret = EnvelopesTest.pem(directory, "PRIVATE KEY", keys.getPrivate().getEncoded());
        Path open = EnvelopesTest.pem(directory, "PUBLIC KEY", keys.getPublic().getEncoded());
        Path other =
                Files.writeString(
                        directory.resolve("other.properties"),
                        "bootstrap.servers=" + otherSite.bootstrapServers() + "\n");
        for (int i = 2; i < MESSAGES / 2; i++) {
            send(i);
        }
        producer.flush();
        sendLookUp();
        sendAnnouncement();
        Process killed = process(secret, other);
        await(() -> end(all, Topics.AUDIT) > 1_000);
        killed.destroyForcibly().waitFor();
        // On a busy machine it may have done all it was given.
        for (int i = MESSAGES / 2; i < MESSAGES; i++) {
            send(i);
        }
        producer.flush();
        Producer<byte[], byte[]> left = leaveTransactionOpen();

        Map<String, Object> client = kafka.client(Account.NOTARY);
        Producer<byte[], byte[]> copy = NotaryCommand.copy(OtherSite.client(other.toString()));
        NotaryLoop successor =
                new NotaryLoop(
                        new NotaryLoop.Settings(
                                "notary", HeadKeys.privateKey(secret), Duration.ofMillis(500)),
                        client,
                        copy,
                        metrics(),
                        Clock.systemUTC());
        new Thread(successor).start();
        NotaryMetrics standing = metrics();
        NotaryLoop standby =
                new NotaryLoop(
                        new NotaryLoop.Settings(
                                "standby", HeadKeys.privateKey(secret), Duration.ofDays(1)),
                        client,
                        null,
                        standing,
                        Clock.systemUTC());
        await(() -> end(committed, Topics.AUDIT) >= MESSAGES && audited().size() >= MESSAGES);
        assertThatThrownBy(left::commitTransaction).isInstanceOf(KafkaException.class);
        left.close(Duration.ZERO);
        long heads = end(committed, Topics.AUDIT_HEADS);
        await(() -> end(committed, Topics.AUDIT_HEADS) >= heads + 4);
        // Not before, because either of the two may be given the work.
        new Thread(standby).start();
        successor.stop();
        // What the one before may have left unsigned does not wait for a day.
        await(() -> standing.transactions.get() > 0);
        standby.stop();

        List<AuditRecord> audited = audited();
        assertThat(audited).hasSize(MESSAGES);
        Set<String> addresses = new HashSet<>();
        audited.forEach(each -> addresses.add(each.envelope().address()));
        assertThat(addresses).hasSize(MESSAGES);
        send(MESSAGES);
        producer.flush();
        long signed = heads(kafka.client(Account.AUDITOR), "notary");
        assertThat(heads(OtherSite.client(other.toString()), "notary"))
                .as("a copy of each but the one at which it was killed")
                .isBetween(signed - 1, signed);
        assertThat(verify(0, open, "--sent", "--copy", other.toString()))
                .startsWith("Not yet in the audit: 1 messages, the oldest of 20")
                .contains("Whole: " + MESSAGES + " records in 2 partitions, signed until 20");
        assertThat(run(0, "report", Year.now(ZoneId.of("America/Mexico_City")).toString()))
                .contains("| cad | DELIVERED |  | " + (MESSAGES - 2) + " |", "| search | 1 |");
        assertThat(run(0, "incident", "I-7"))
                .contains("<td>Delivery to system</td><td>cad</td><td>DELIVERED</td>")
                .contains("<td>Sent to loudspeaker</td><td>SPK-7</td>")
                .doesNotContain("no longer kept", "differs from the audit");
        assertThat(run(2, "incident", "I-50")).contains("The audit has no incident I-50");

        cutHead(Topics.AUDIT_HEADS, 0, end(all, Topics.AUDIT_HEADS));
        assertThat(verify(1, open)).contains("there are no signed heads");
        assertThat(verify(0, open, "--copy", other.toString())).startsWith("Whole: " + MESSAGES);
        try (Producer<byte[], byte[]> intruder =
                new KafkaProducer<>(
                        kafka.administrator(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            intruder.send(
                    new ProducerRecord<>(
                            Topics.AUDIT, 1, "x".getBytes(UTF_8), "{}".getBytes(UTF_8)));
        }
        cutHead(Topics.AUDIT, 0, 3);
        KeyPair others = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path wrong = EnvelopesTest.pem(directory, "PUBLIC KEY", others.getPublic().getEncoded());
        assertThat(verify(1, wrong, "--copy", other.toString()))
                .contains(
                        "the copy of audit-heads-0-",
                        " is not signed by the key",
                        "there are no signed heads",
                        "partition 0, record 0: MISSING: ",
                        "partition 1, record ",
                        "CHANGED");
    }

    /** As a notary that was killed within a transaction leaves it. */
    private static Producer<byte[], byte[]> leaveTransactionOpen() {
        Map<String, Object> config = new HashMap<>(kafka.client(Account.NOTARY));
        config.put("transactional.id", "notary-1");
        Producer<byte[], byte[]> left =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        left.initTransactions();
        left.beginTransaction();
        left.send(new ProducerRecord<>(Topics.AUDIT, 0, new byte[1], new byte[1]));
        left.flush();
        return left;
    }

    private static void cutHead(String topic, int partition, long offset) throws Exception {
        try (Admin admin = Admin.create(kafka.administrator())) {
            admin.deleteRecords(
                            Map.of(
                                    new TopicPartition(topic, partition),
                                    RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    private static void send(int i) {
        Delivery delivery =
                new Delivery("D-" + i, "cad", "I-" + i % 50, i, Delivery.Result.DELIVERED, null, i);
        producer.send(
                new ProducerRecord<>(
                        Topics.DELIVERIES,
                        delivery.incidentId().getBytes(UTF_8),
                        Delivery.CODEC.write(delivery)));
    }

    /** Its key is the loudspeaker's, not the incident's. */
    private static void sendAnnouncement() {
        Announcement announcement =
                new Announcement(
                        "A-1",
                        "SPK-7",
                        1,
                        Announcement.Purpose.PLAY,
                        "I-7",
                        "seismic-warning",
                        100,
                        false,
                        "Alerta sísmica.",
                        null,
                        14,
                        null);
        try (Producer<byte[], byte[]> dispatch =
                new KafkaProducer<>(
                        kafka.administrator(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            dispatch.send(
                    new ProducerRecord<>(
                            Topics.ANNOUNCEMENTS,
                            announcement.deviceId().getBytes(UTF_8),
                            Announcement.CODEC.write(announcement)));
        }
    }

    private static void sendLookUp() {
        LookUp lookUp =
                new LookUp(
                        "L-1",
                        1,
                        "search",
                        "perez",
                        List.of("INVESTIGATOR"),
                        "TOLUCA",
                        "T-3",
                        "kidnapping",
                        "CI-1",
                        14,
                        "ab".repeat(32));
        try (Producer<byte[], byte[]> console =
                new KafkaProducer<>(
                        kafka.client(Account.CONSOLE),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            console.send(
                    new ProducerRecord<>(
                            Topics.LOOK_UPS,
                            lookUp.lookUpId().getBytes(UTF_8),
                            LookUp.CODEC.write(lookUp)));
        }
    }

    private static List<AuditRecord> audited() throws Exception {
        List<AuditRecord> records = new ArrayList<>();
        try (TopicReader reader = new TopicReader(kafka.client(Account.AUDITOR))) {
            for (TopicPartition each : reader.partitions(Topics.AUDIT)) {
                for (var kept = reader.read(each, 0); kept.hasNext(); ) {
                    RawRecord record = kept.next();
                    records.add(AuditRecord.CODEC.read(record.value()));
                }
            }
        }
        return records;
    }

    /** How far a topic has come, marks of transactions included. */
    private static long end(Consumer<byte[], byte[]> consumer, String topic) {
        return consumer
                .endOffsets(
                        Topics.named(List.of(topic)).stream()
                                .flatMap(
                                        each ->
                                                IntStream.range(0, each.partitions(PARTITIONS))
                                                        .mapToObj(
                                                                i -> new TopicPartition(topic, i)))
                                .toList())
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static String verify(int exitCode, Path key, String... options) {
        List<String> arguments = new ArrayList<>(List.of("verify", "--key-file", key.toString()));
        arguments.addAll(List.of(options));
        return run(exitCode, arguments.toArray(String[]::new));
    }

    private static String run(int exitCode, String... options) {
        CommandLine command = Notary.commandLine();
        StringWriter out = new StringWriter();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(out));
        List<String> arguments = new ArrayList<>(List.of("audit"));
        arguments.addAll(List.of(options));
        arguments.addAll(broker(Account.AUDITOR));
        int code = command.execute(arguments.toArray(String[]::new));
        assertThat(code).as(out.toString()).isEqualTo(exitCode);
        return out.toString();
    }

    private static NotaryMetrics metrics() {
        return new NotaryMetrics(new PrometheusRegistry(), Clock.systemUTC());
    }

    private static long heads(Map<String, Object> client, String name) {
        long heads = 0;
        try (TopicReader reader = new TopicReader(client)) {
            for (var each = reader.read(new TopicPartition(Topics.AUDIT_HEADS, 0), 0);
                    each.hasNext(); ) {
                heads += new String(each.next().key(), UTF_8).equals(name) ? 1 : 0;
            }
        }
        return heads;
    }

    /** The options with which an account uses the broker. */
    private static List<String> broker(Account account) {
        return List.of(
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--kafka-properties",
                kafka.file(account).toString());
    }

    /** The program as a process of its own. */
    private static Process process(Path key, Path other) throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "notary",
                                "--key-file",
                                key.toString(),
                                "--heads-every",
                                "PT0.2S",
                                "--copy-to",
                                other.toString()));
        arguments.addAll(broker(Account.NOTARY));
        return ChildJvm.start(Notary.class, arguments);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + WITHIN.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(until);
            Thread.sleep(50);
        }
    }
}
