package io.atalaya.console;

import io.atalaya.console.connection.Settings;
import io.atalaya.contracts.topic.Topics;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * A real broker in this JVM with the topics of an installation. That of jobs/embedded comes with
 * Flink, whose libraries are not those of Spring.
 */
public final class TestBroker implements AutoCloseable {
    private static final List<String> TOPICS =
            List.of(
                    Topics.INCIDENTS,
                    Topics.ALERTS,
                    Topics.DEVICES,
                    Topics.SITE_PRESENCE,
                    Topics.MUTES,
                    Topics.DELIVERIES,
                    Topics.DISPOSITIONS,
                    Topics.DISPATCH_RESPONSES,
                    Topics.HOTLIST,
                    Topics.LOOK_UPS,
                    Topics.VIDEOWALL,
                    Topics.DRONE_TASKS,
                    Topics.MODEL_CONTROL,
                    Topics.MODEL_ANSWERS,
                    Topics.DEAD_LETTER);

    private final KafkaRaftServer server;
    private final String address;

    public TestBroker(Path log, int port) throws Exception {
        // Long, because a machine may be busy for as long.
        this(log, port, Duration.ofMinutes(2));
    }

    /**
     * Starts a broker, also on the files of one that was killed.
     *
     * @param session for how long the one that was killed keeps its place
     */
    private TestBroker(Path log, int port, Duration session) throws Exception {
        int controller = freePort();
        address = "localhost:" + (port == 0 ? freePort() : port);
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("controller.quorum.voters", "1@localhost:" + controller);
        p.put("controller.listener.names", "CONTROLLER");
        p.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("inter.broker.listener.name", "BROKER");
        p.put("listeners", "BROKER://" + address + ",CONTROLLER://localhost:" + controller);
        p.put("advertised.listeners", "BROKER://" + address);
        p.put("log.dir", log.toString());
        p.put("auto.create.topics.enable", "false");
        p.put("offsets.topic.replication.factor", "1");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 * 1024 * 1024));
        p.put("log.cleaner.io.buffer.size", String.valueOf(64 * 1024));
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("controlled.shutdown.enable", "false");
        p.put("broker.session.timeout.ms", String.valueOf(session.toMillis()));
        p.put("broker.heartbeat.interval.ms", "500");
        Files.createDirectories(log);
        try (PrintStream quiet = new PrintStream(new ByteArrayOutputStream(), true)) {
            new Formatter()
                    .setPrintStream(quiet)
                    .setClusterId(new Uuid(1, 1).toString())
                    .setNodeId(1)
                    .setIgnoreFormatted(true)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(log.toString())
                    .addDirectory(log.toString())
                    .run();
        }
        server = new KafkaRaftServer(KafkaConfig.fromProps(p, false), Time.SYSTEM);
        server.startup();
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", address);
        try (Admin admin = Admin.create(client)) {
            Set<String> there = admin.listTopics().names().get();
            admin.createTopics(
                            TOPICS.stream()
                                    .filter(topic -> !there.contains(topic))
                                    .map(topic -> new NewTopic(topic, 1, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
    }

    /** A broker in a process of its own, which can be killed. Arguments: directory, port. */
    public static void main(String[] args) throws Exception {
        TestBroker broker =
                new TestBroker(Path.of(args[0]), Integer.parseInt(args[1]), Duration.ofSeconds(6));
        System.out.println("ready " + broker.address());
        // Until the input ends, as it does with the process that started this one.
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    public String address() {
        return address;
    }

    /** Settings of a console that has no more than a broker. */
    public static Settings settings(Map<String, Object> kafka) {
        return new Settings(kafka, null, null, null, null, null, Map.of(), Set.of());
    }

    /** All that a topic of one partition has by now. */
    public static List<ConsumerRecord<String, byte[]>> records(String address, String topic) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", address),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            TopicPartition all = new TopicPartition(topic, 0);
            consumer.assign(List.of(all));
            consumer.seekToBeginning(List.of(all));
            long end = consumer.endOffsets(List.of(all)).get(all);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (consumer.position(all) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
