package io.atalaya.embedded;

import io.atalaya.contracts.topic.Topic;
import io.atalaya.kafka.TopicCreator;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

/**
 * A real Kafka broker in this JVM: one KRaft node that is broker and controller, with its log in a
 * temporary or a permanent directory. It listens on the loopback interface only.
 *
 * <p>Topics are not created automatically ({@code auto.create.topics.enable=false}), and records do
 * not expire, because tests and replays write records that are years old.
 */
public final class EmbeddedKafka implements AutoCloseable {
    /** For input records of 16 MiB, with space for the dead letter that wraps one. */
    public static final int MAX_MESSAGE_BYTES = 18 * 1024 * 1024;

    private static final int NODE_ID = 1;
    private static final int START_ATTEMPTS = 5;
    private static final String CONTROLLER = "CONTROLLER";
    private static final Duration APPLIED_WITHIN = Duration.ofSeconds(30);
    private static final long APPLIED_POLL_MS = 20;

    private final Runnable afterStop;
    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final Admin admin;
    private boolean isClosed;

    /**
     * Access control of a broker; its listeners are {@code BROKER} and {@code CONTROLLER}.
     *
     * @param settings broker settings in addition to the default ones
     * @param scramCredentials initial credentials in the syntax of {@code kafka-storage.sh
     *     --add-scram}
     * @param administrator settings of a client with all permissions
     */
    public record Security(
            Map<String, String> settings,
            List<String> scramCredentials,
            Map<String, Object> administrator) {
        private static final Security NONE = new Security(Map.of(), List.of(), Map.of());

        @Override
        public String toString() {
            return "Security[secrets are not shown]";
        }
    }

    private EmbeddedKafka(
            Runnable afterStop,
            KafkaRaftServer server,
            String bootstrapServers,
            Security security) {
        this.afterStop = afterStop;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
        Map<String, Object> client = new HashMap<>(security.administrator());
        client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        this.admin = Admin.create(client);
    }

    /** Starts a broker and returns once it serves requests (about 3 s). */
    public static EmbeddedKafka start() {
        return start(Security.NONE);
    }

    /** The same with access control. */
    public static EmbeddedKafka start(Security security) {
        for (int attempt = 1; ; attempt++) {
            TemporaryDirectory directory = TemporaryDirectory.create("atalaya-kafka-");
            try {
                int[] ports = twoFreePorts();
                return start(
                        directory.child("log"), ports[0], ports[1], security, directory::close);
            } catch (Error e) {
                directory.close();
                throw e;
            } catch (Exception e) {
                directory.close();
                // Another process may take a free port before the broker binds it.
                if (attempt == START_ATTEMPTS || !isCausedByBind(e)) {
                    throw new IllegalStateException("the embedded Kafka broker did not start", e);
                }
            }
        }
    }

    /**
     * Starts a broker on given ports with a permanent log: a second start in the same directory
     * continues with its topics.
     *
     * @param log directory of the log; created and formatted if it is missing
     * @throws IllegalStateException when the broker does not start, for example because a port is
     *     taken
     */
    public static EmbeddedKafka startIn(Path log, int brokerPort, int controllerPort) {
        try {
            return start(log, brokerPort, controllerPort, Security.NONE, () -> {});
        } catch (Exception e) {
            throw new IllegalStateException("the Kafka broker did not start in " + log, e);
        }
    }

    /** Host and port for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Creates the missing topics and waits until the broker leads their partitions. They have the
     * broker's settings instead of their own, so that records keep their times and do not expire.
     *
     * @param partitions number per topic that may have several
     */
    public void createTopics(Collection<Topic> topics, int partitions) {
        List<Topic> plain = topics.stream().map(topic -> topic.withSettings(Map.of())).toList();
        try {
            List<String> created = TopicCreator.createMissing(admin, plain, partitions);
            awaitServed(
                    plain.stream().filter(topic -> created.contains(topic.name())).toList(),
                    partitions);
        } catch (ExecutionException e) {
            throw new IllegalStateException("creating topics", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        }
    }

    /** Deletes every topic except the broker's internal ones. */
    public void deleteTopics() {
        try {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            awaitTrue(() -> admin.listTopics().names().get().isEmpty());
        } catch (ExecutionException e) {
            throw new IllegalStateException("deleting the topics", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while deleting the topics", e);
        }
    }

    private void awaitServed(Collection<Topic> topics, int partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        for (Topic topic : topics) {
            for (int i = 0; i < topic.partitions(partitions); i++) {
                all.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
            }
        }
        awaitTrue(
                () -> {
                    try {
                        admin.listOffsets(all).all().get();
                        return true;
                    } catch (ExecutionException e) {
                        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                            return false;
                        }
                        throw e;
                    }
                });
    }

    private interface Condition {
        boolean holds() throws ExecutionException, InterruptedException;
    }

    /** Waits for the broker, which learns of a change shortly after the controller has made it. */
    private static void awaitTrue(Condition condition)
            throws ExecutionException, InterruptedException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > APPLIED_WITHIN.toNanos()) {
                throw new IllegalStateException(
                        "the broker has not applied the change after " + APPLIED_WITHIN);
            }
            Thread.sleep(APPLIED_POLL_MS);
        }
    }

    /**
     * Whether a job has read every record of the topics, so that the next checkpoint to start
     * contains all their effects. Committed offsets alone are late, because Flink's source commits
     * only when its poll returns, which takes 10 s without new records (FLINK-40367).
     *
     * @param group consumer group to which the job commits; covers what it read before it was
     *     restored
     * @param positions positions of its sources since then
     */
    public boolean isTaken(
            Collection<String> topics, String group, Map<TopicPartition, Long> positions)
            throws InterruptedException {
        try {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (TopicDescription topic :
                    admin.describeTopics(topics).allTopicNames().get().values()) {
                topic.partitions()
                        .forEach(
                                partition ->
                                        latest.put(
                                                new TopicPartition(
                                                        topic.name(), partition.partition()),
                                                OffsetSpec.latest()));
            }
            Map<TopicPartition, Long> taken = new HashMap<>(positions);
            committed(group)
                    .forEach(
                            (partition, offset) ->
                                    taken.merge(partition, offset.offset(), Math::max));
            return admin.listOffsets(latest).all().get().entrySet().stream()
                    .allMatch(
                            end -> taken.getOrDefault(end.getKey(), 0L) >= end.getValue().offset());
        } catch (ExecutionException e) {
            throw new IllegalStateException("offsets of group " + group, e.getCause());
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group)
            throws ExecutionException, InterruptedException {
        try {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw e;
        }
    }

    /** Returns when the broker has stopped for any reason. */
    public void awaitStop() {
        server.awaitShutdown();
    }

    /** Stops the broker and deletes a temporary log. A second call has no effect. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        admin.close();
        server.shutdown();
        server.awaitShutdown();
        afterStop.run();
    }

    private static EmbeddedKafka start(
            Path log, int brokerPort, int controllerPort, Security security, Runnable afterStop)
            throws Exception {
        Properties properties = properties(log, brokerPort, controllerPort);
        if (Files.exists(log.resolve("meta.properties"))) {
            // Shorter than the default of 9 s, during which the session of a killed broker blocks
            // its successor.
            properties.put("broker.session.timeout.ms", "3000");
            properties.put("broker.heartbeat.interval.ms", "500");
        } else {
            format(Files.createDirectories(log), security.scramCredentials());
        }
        properties.putAll(security.settings());
        KafkaConfig config = KafkaConfig.fromProps(properties, false);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
        } catch (Throwable e) {
            server.shutdown();
            throw e;
        }
        EmbeddedKafka kafka =
                new EmbeddedKafka(afterStop, server, "localhost:" + brokerPort, security);
        try {
            kafka.createOffsetsTopic();
            return kafka;
        } catch (Throwable e) {
            kafka.admin.close();
            server.shutdown();
            throw e;
        }
    }

    /**
     * Looks up a group coordinator, which creates the offsets topic; otherwise the first commit
     * fails.
     */
    private void createOffsetsTopic() throws Exception {
        try {
            admin.listConsumerGroupOffsets("atalaya-start").partitionsToOffsetAndMetadata().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    private static void format(Path log, List<String> scramCredentials) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(out)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .setControllerListenerName(CONTROLLER)
                    .setMetadataLogDirectory(log.toString())
                    .addDirectory(log.toString())
                    .setScramArguments(scramCredentials)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "formatting " + log + ": " + said.toString(StandardCharsets.UTF_8), e);
        }
    }

    private static Properties properties(Path log, int brokerPort, int controllerPort) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", String.valueOf(NODE_ID));
        p.put("controller.quorum.voters", NODE_ID + "@localhost:" + controllerPort);
        p.put("controller.listener.names", CONTROLLER);
        p.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("inter.broker.listener.name", "BROKER");
        p.put(
                "listeners",
                "BROKER://localhost:" + brokerPort + ",CONTROLLER://localhost:" + controllerPort);
        p.put("advertised.listeners", "BROKER://localhost:" + brokerPort);
        p.put("log.dir", log.toString());

        // A misspelt topic must fail instead of being created.
        p.put("auto.create.topics.enable", "false");
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "1");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("transaction.state.log.num.partitions", "1");
        // The longest sink.transaction-timeout; the default is 15 min.
        p.put("transaction.max.timeout.ms", "604800000");
        p.put("group.initial.rebalance.delay.ms", "0");

        p.put("message.max.bytes", String.valueOf(MAX_MESSAGE_BYTES));
        p.put("replica.fetch.max.bytes", String.valueOf(MAX_MESSAGE_BYTES));

        // A replay's records have the day of the recording, and those of a test may lie in the
        // future.
        p.put("log.retention.ms", "-1");
        p.put("log.message.timestamp.before.max.ms", String.valueOf(Long.MAX_VALUE));
        p.put("log.message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));

        // The default allocates 128 MiB of heap at start.
        p.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 * 1024 * 1024));
        p.put("log.cleaner.io.buffer.size", String.valueOf(64 * 1024));
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("background.threads", "2");
        // There is no other broker to take over leadership.
        p.put("controlled.shutdown.enable", "false");
        // The default of 9 s makes the only broker unavailable on a busy machine.
        p.put("broker.session.timeout.ms", "120000");
        return p;
    }

    /** Binds both ports at once, because a released port may be returned again. */
    private static int[] twoFreePorts() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket first = new ServerSocket(0, 1, loopback);
                ServerSocket second = new ServerSocket(0, 1, loopback)) {
            return new int[] {first.getLocalPort(), second.getLocalPort()};
        } catch (IOException e) {
            throw new UncheckedIOException("finding free ports on the loopback interface", e);
        }
    }

    private static boolean isCausedByBind(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }
}
