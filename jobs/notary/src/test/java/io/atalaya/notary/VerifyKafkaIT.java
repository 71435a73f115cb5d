package io.atalaya.notary;

import io.atalaya.contracts.audit.AuditHeads;
import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.audit.AuditRecord.Envelope;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.notary.chain.Chain;
import io.atalaya.notary.chain.HeadKeys;
import io.atalaya.notary.chain.Verifier;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What {@code scripts/audit verify} finds beyond the chain itself: age, keys and look-ups. */
@Tag("attack")
class VerifyKafkaIT {
    private static final int LOOK_UPS = 5;

    @TempDir private static Path directory;

    private static EmbeddedKafka kafka;

    private final KeyPair former = HeadKeys.pair();
    private final KeyPair key = HeadKeys.pair();
    private final Chain chain = new Chain();
    private final long now = System.currentTimeMillis();
    private Producer<byte[], byte[]> producer;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void createTopics() throws IOException {
        kafka.createTopics(Topics.named(List.of(Topics.AUDIT, Topics.AUDIT_HEADS)), 1);
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        HeadKeys.write(former.getPublic(), file("former.pub"));
        HeadKeys.write(key.getPublic(), file("key.pub"));
    }

    @AfterEach
    void deleteTopics() {
        producer.close();
        kafka.deleteTopics();
    }

    /** A person has cut both topics to the same older point, so that all that is left agrees. */
    @Test
    void namesHeadsThatAreOlderThanARunningNotaryLeavesThem() throws Exception {
        record(LOOK_UPS);
        sign(key, now - Duration.ofMinutes(30).toMillis());

        assertThat(verify(1, "--key-file", path("key.pub")))
                .contains("the newest heads are of ", "expected at most PT10M ago")
                .doesNotContain("Whole");
        assertThat(verify(0, "--key-file", path("key.pub"), "--max-age", "PT1H"))
                .startsWith("Whole: 5 records");
    }

    @Test
    void takesHeadsOfTheFormerKeyUntilTheNextOneHasSigned() throws Exception {
        record(2);
        sign(former, now - Duration.ofDays(3).toMillis());
        record(1);
        sign(key, now);

        assertThat(verify(1, "--key-file", path("key.pub")))
                .contains("audit-heads-0-0 is not signed by the key");
        assertThat(verify(0, both())).startsWith("Whole: 3 records");

        sign(former, now + 1);

        assertThat(verify(1, both()))
                .contains("audit-heads-0-2 is signed by a key that was replaced before");
    }

    /** A stolen former key signs an audit that was cut to before the change. */
    @Test
    void headsOfTheFormerKeyAloneAreNotEnough() throws Exception {
        record(2);
        sign(former, now);

        assertThat(verify(1, both())).contains("there are no heads that the newest key has signed");
    }

    @Test
    void comparesLookUpsOfTheConsoleWithTheirHashesInTheAudit() throws Exception {
        record(LOOK_UPS);
        sign(key, now);

        assertThat(verify(0, lookUps(1, 2, 3, 4, 5))).startsWith("Whole: 5 records");
        assertThat(verify(0, lookUps(1, 2, 3, 4, 5, 6)))
                .startsWith("Look-ups not yet in the audit: 1.");
        assertThat(verify(0, lookUps(1, 2, 3))).as("a file from before").startsWith("Whole");
        assertThat(verify(1, lookUps(1, 2, -3, 4, 5)))
                .contains(
                        "MISSING: 1 look-ups of the audit were removed or changed",
                        "look-up 3 is not in the audit");
        assertThat(verify(1, lookUps(1, 3, 4, 5)))
                .contains("MISSING: 1 look-ups of the audit were removed or changed");
        assertThat(verify(2, "--key-file", path("key.pub"), "--look-ups", path("key.pub")))
                .contains("expected NUMBER TIME HASH");
    }

    private String[] both() {
        return new String[] {
            "--key-file", path("former.pub"), "--key-file", path("key.pub"),
        };
    }

    /** The options for a file with these look-ups; one with a minus has another hash. */
    private String[] lookUps(int... numbers) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int number : numbers) {
            int id = Math.abs(number);
            String hash = number < 0 ? "e".repeat(64) : hash(id);
            lines.append("%d %d %s%n".formatted(id, now + id, hash));
        }
        Files.writeString(file("look-ups"), lines);
        return new String[] {"--key-file", path("key.pub"), "--look-ups", path("look-ups")};
    }

    private static String hash(int number) {
        return "%064x".formatted(number).replace("0", "a").substring(32).repeat(2);
    }

    /** Writes what a notary makes of so many look-ups. */
    private void record(int count) throws Exception {
        for (int i = 1; i <= count; i++) {
            Envelope envelope =
                    new Envelope(
                            hash(i).substring(0, 32),
                            null,
                            i,
                            0,
                            "search",
                            null,
                            null,
                            "cd".repeat(32),
                            now + i,
                            Topics.LOOK_UPS,
                            "TOLUCA");
            AuditRecord record = chain.add(envelope);
            send(
                    Topics.AUDIT,
                    Verifier.key(envelope).getBytes(UTF_8),
                    AuditRecord.CODEC.write(record));
        }
    }

    private void sign(KeyPair by, long time) throws Exception {
        AuditHeads heads =
                HeadKeys.sign(
                        new AuditHeads(List.of(chain.head(0)), NotaryLoop.NAME, null, time),
                        by.getPrivate());
        send(Topics.AUDIT_HEADS, NotaryLoop.NAME.getBytes(UTF_8), AuditHeads.CODEC.write(heads));
    }

    private void send(String topic, byte[] key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, 0, key, value)).get();
    }

    private static Path file(String name) {
        return directory.resolve(name);
    }

    private static String path(String name) {
        return file(name).toString();
    }

    private static String verify(int exitCode, String... options) {
        List<String> arguments = new ArrayList<>(List.of("audit", "verify"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
        CommandLine command = Notary.commandLine();
        StringWriter out = new StringWriter();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(out));
        int code = command.execute(arguments.toArray(String[]::new));
        assertThat(code).as(out.toString()).isEqualTo(exitCode);
        return out.toString();
    }
}
