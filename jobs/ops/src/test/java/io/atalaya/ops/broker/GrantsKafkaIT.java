package io.atalaya.ops.broker;

import io.atalaya.commandline.ExitCode;
import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.Topic;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.kafka.Grants;
import io.atalaya.ops.BesideClusters;
import io.atalaya.ops.Ops;
import io.atalaya.testutils.SecuredKafka;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests what a broker with access control allows and denies each account. */
@BesideClusters
@Tag("attack")
class GrantsKafkaIT {
    private static final Duration POLL = Duration.ofSeconds(20);

    @TempDir private static Path directory;

    private static SecuredKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = new SecuredKafka(directory, 4);
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    /**
     * Checks every operation on every topic, the cluster, every group and every transactional id.
     */
    @ParameterizedTest
    @EnumSource(Account.class)
    void anAccountMayDoWhatItIsGrantedAndNothingElse(Account account) throws Exception {
        Map<String, Set<AclOperation>> topics = new TreeMap<>();
        Set<String> groups = new TreeSet<>();
        Set<String> transactionalIds = new TreeSet<>();
        try (Admin admin = Admin.create(kafka.client(account))) {
            var described =
                    admin.describeTopics(
                            Topics.ALL.stream().map(Topic::name).toList(),
                            new DescribeTopicsOptions().includeAuthorizedOperations(true));
            for (var each : described.topicNameValues().entrySet()) {
                if (isAllowed(each.getValue())) {
                    topics.put(each.getKey(), each.getValue().get().authorizedOperations());
                }
            }
            for (Account each : Account.values()) {
                for (String group : List.of(each.id(), each.id() + "-cad")) {
                    if (isAllowed(
                            admin.listConsumerGroupOffsets(group)
                                    .partitionsToOffsetAndMetadata())) {
                        groups.add(group);
                    }
                }
                String id = each.id() + "-alerts-0-1";
                if (isAllowed(admin.describeTransactions(List.of(id)).description(id))) {
                    transactionalIds.add(id);
                }
            }
            assertThat(
                            admin.describeCluster(
                                            new DescribeClusterOptions()
                                                    .includeAuthorizedOperations(true))
                                    .authorizedOperations()
                                    .get())
                    .isEmpty();
        }

        assertThat(topics).isEqualTo(granted(account));
        assertThat(groups).isEqualTo(named(account, ResourceType.GROUP, "cad"));
        assertThat(transactionalIds)
                .isEqualTo(named(account, ResourceType.TRANSACTIONAL_ID, "alerts-0-1"));
    }

    /** Returns whether the request succeeded or failed for a reason other than missing rights. */
    private static boolean isAllowed(KafkaFuture<?> request) throws InterruptedException {
        try {
            request.get();
            return true;
        } catch (ExecutionException e) {
            return !(e.getCause() instanceof AuthorizationException);
        }
    }

    /** Maps each topic to its operations, including DESCRIBE, which every other right implies. */
    private static Map<String, Set<AclOperation>> granted(Account account) {
        Map<String, Set<AclOperation>> granted = new TreeMap<>();
        for (AclBinding each : Grants.of(account)) {
            if (each.pattern().resourceType() == ResourceType.TOPIC) {
                granted.computeIfAbsent(
                                each.pattern().name(), name -> EnumSet.of(AclOperation.DESCRIBE))
                        .add(each.entry().operation());
            }
        }
        return granted;
    }

    private static Set<String> named(Account account, ResourceType type, String end) {
        return Grants.of(account).stream()
                .map(AclBinding::pattern)
                .filter(each -> each.resourceType() == type)
                .map(
                        each ->
                                each.patternType() == PatternType.PREFIXED
                                        ? each.name() + end
                                        : each.name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @EnumSource(Account.class)
    void readingAndWritingBeyondTheGrantsIsRejected(Account account) {
        Map<String, Object> settings = new HashMap<>(kafka.client(account));
        // Otherwise an account without any write grant would fail at idempotence.
        settings.put("enable.idempotence", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(
                                kafka.client(account),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(
                                settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Topic topic : Topics.ALL) {
                if (!topic.readers().contains(account)) {
                    TopicPartition partition = new TopicPartition(topic.name(), 0);
                    consumer.assign(List.of(partition));
                    assertThatThrownBy(
                                    () -> {
                                        consumer.seekToBeginning(List.of(partition));
                                        consumer.poll(POLL);
                                    })
                            .as("reading " + topic.name())
                            .isInstanceOf(TopicAuthorizationException.class);
                }
                if (!topic.writers().contains(account)) {
                    assertThatThrownBy(
                                    () ->
                                            producer.send(
                                                            new ProducerRecord<>(
                                                                    topic.name(),
                                                                    0,
                                                                    new byte[0],
                                                                    new byte[0]))
                                                    .get())
                            .as("writing " + topic.name())
                            .hasCauseInstanceOf(TopicAuthorizationException.class);
                }
            }
        }
    }

    @Test
    void missingGrantsAreMadeAndThoseBeyondTheListAreNamed() throws Exception {
        AclBinding beyond =
                new AclBinding(
                        new ResourcePattern(
                                ResourceType.TOPIC, Topics.RFID_READS, PatternType.LITERAL),
                        new AccessControlEntry(
                                "User:read-feeder",
                                "*",
                                AclOperation.ALTER,
                                AclPermissionType.ALLOW));
        try (Admin admin = Admin.create(kafka.administrator())) {
            AclBinding missing = Grants.of(Account.READ_FEEDER).get(0);
            admin.createAcls(List.of(beyond)).all().get();
            admin.deleteAcls(List.of(missing.toFilter())).all().get();

            Outcome again = run("topics", "administrator", "--grants");

            admin.deleteAcls(List.of(beyond.toFilter())).all().get();
            assertThat(again.code).as(again.said).isZero();
            assertThat(again.said)
                    .contains(
                            "Created topics: none",
                            "Granted: 1",
                            "User:read-feeder ALLOW WRITE TOPIC",
                            "Not on the list, but granted: 1",
                            "User:read-feeder ALLOW ALTER TOPIC rfid-reads (LITERAL)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hotlist show, DISPOSITION, hotlist",
        "hotlist load LIST --agency FGJEM --source daily, HOTLIST_MATCH, hotlist",
        "disposition 0 --outcome CORRECT, HOTLIST, alerts",
        "model list --models ../../models, HOTLIST, model-control",
        "model activate trajectory 1, VIDEO_ANALYTICS, model-control",
        "policy activate ../../policy, DISPATCH, policy"
    })
    void aToolWithAnotherAccountIsRejected(String command, Account account, String topic)
            throws IOException {
        Path list =
                Files.writeString(
                        directory.resolve("list.csv"),
                        "entryId,placa,motivo,carpeta\nE-1,NKR-48-16,ROBADO,C-1\n");

        Outcome rejected = run(command.replace("LIST", list.toString()), account.id());

        assertThat(rejected.code).isNotZero();
        assertThat(rejected.said)
                .contains("Not authorized to access topics: [" + topic + "]")
                .doesNotContain(kafka.mark());
    }

    @Test
    void namesWhatAnAccountMayNotCreate() {
        Outcome rejected = run("topics", Account.HOTLIST.id());

        assertThat(rejected.code).isEqualTo(ExitCode.NOTHING_DONE);
        assertThat(rejected.said)
                .contains("plate-reads, rfid-reads", "no such topic, or no grant for it")
                .doesNotContain(kafka.mark());
    }

    @Test
    void aWrongPasswordIsNamedWithinSeconds() throws Exception {
        assertNamedWithinSeconds(
                kafka.fileWithWrongPassword(Account.HOTLIST),
                "no use of the broker at " + kafka.bootstrapServers(),
                "Authentication failed during authentication due to invalid credentials");
    }

    @Test
    void aBrokerThatIsNotTrustedIsNamedWithinSeconds() throws Exception {
        assertNamedWithinSeconds(
                kafka.fileWithOtherTrust(Account.HOTLIST),
                "SSL handshake failed",
                "unable to find valid certification path to requested target");
    }

    private static void assertNamedWithinSeconds(Path file, String... reasons) {
        long start = System.nanoTime();

        Outcome rejected = run("hotlist show", file);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(45));
        assertThat(rejected.code).isEqualTo(ExitCode.NOTHING_DONE);
        assertThat(rejected.said).contains(reasons).doesNotContain(kafka.mark());
    }

    private record Outcome(int code, String said) {}

    private static Outcome run(String command, String user, String... more) {
        return run(command, directory.resolve(user + ".properties"), more);
    }

    private static Outcome run(String command, Path file, String... more) {
        StringWriter said = new StringWriter();
        CommandLine line = Ops.commandLine();
        line.setOut(new PrintWriter(said));
        line.setErr(new PrintWriter(said));
        String[] arguments =
                (command
                                + " --bootstrap-servers "
                                + kafka.bootstrapServers()
                                + " --kafka-properties "
                                + file
                                + " "
                                + String.join(" ", more))
                        .strip()
                        .split(" ");
        return new Outcome(line.execute(arguments), said.toString());
    }
}
