package io.atalaya.bridge.amqp;

import io.atalaya.bridge.DispatchRecords;
import io.atalaya.bridge.delivery.Answer;
import io.atalaya.bridge.delivery.QueuedMessage;
import io.atalaya.bridge.format.CloudEventFormat;
import io.atalaya.bridge.settings.AddressRules;
import io.atalaya.bridge.settings.BridgeSettings.Amqp;
import io.atalaya.bridge.settings.BridgeSettings.Destination;
import io.atalaya.bridge.settings.TestKey;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.topic.RawRecord;

import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.Message;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A RabbitMQ 4 of its own, where one is installed: Debian's, or the script that the environment
 * variable {@value #SERVER} names.
 */
class RabbitMqIT {
    private static final String SERVER = "RABBITMQ_SERVER";
    private static final String DEBIAN = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(3);

    private static final int MAX_MESSAGE_BYTES = 64 * 1024;

    private static final QueuedMessage MESSAGE =
            DispatchRecords.queued(
                    new DispatchMessage(
                            DispatchMessage.Purpose.ASSIGN,
                            1,
                            null,
                            DispatchRecords.incident("i1", 1_783_684_800_000L, 85, List.of())));

    @TempDir private Path directory;

    private final int namesPort = freePort();

    RabbitMqIT() throws IOException {}

    /** Which closes the link for those that are under way with it. */
    private void rejectsOnlyWhatIsTooLarge(int port) throws Exception {
        RawRecord record = MESSAGE.record();
        byte[] value =
                (new String(record.value(), UTF_8) + " ".repeat(MAX_MESSAGE_BYTES)).getBytes(UTF_8);
        QueuedMessage large =
                QueuedMessage.of(
                        new RawRecord(
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                record.timestamp(),
                                record.key(),
                                value,
                                record.headers()));
        try (AmqpSender sender = sender(amqp(port, "/queues/incidents"), 4)) {
            CompletableFuture<Answer> first = sender.send(MESSAGE);
            CompletableFuture<Answer> rejected = sender.send(large);
            CompletableFuture<Answer> second = sender.send(MESSAGE);
            Answer answer = rejected.get(20, TimeUnit.SECONDS);
            assertThat(answer.kind()).as(answer.whole()).isEqualTo(Answer.Kind.REJECTED);
            for (CompletableFuture<Answer> each : List.of(first, second)) {
                assertThat(each.get(20, TimeUnit.SECONDS).kind())
                        .isIn(Answer.Kind.TAKEN, Answer.Kind.FAILED);
            }
            assertThat(sender.send(MESSAGE).get(20, TimeUnit.SECONDS)).isEqualTo(Answer.TAKEN);
        }
    }

    private Answer send(int port, String address) throws Exception {
        return send(amqp(port, address));
    }

    private Amqp amqp(int port, String address) throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "guest\n");
        return new Amqp(
                URI.create("amqp://127.0.0.1:" + port),
                address,
                "guest",
                password,
                null,
                null,
                null);
    }

    private static Answer send(Amqp settings) throws Exception {
        try (AmqpSender sender = sender(settings, 1)) {
            return sender.send(MESSAGE).get(20, TimeUnit.SECONDS);
        }
    }

    private static AmqpSender sender(Amqp settings, int maxInFlight) throws IOException {
        return new AmqpSender(
                new Destination(
                        "queue",
                        "TOLUCA",
                        null,
                        null,
                        null,
                        null,
                        maxInFlight,
                        null,
                        null,
                        false,
                        null,
                        settings),
                new CloudEventFormat(),
                AddressRules.of(List.of("127.0.0.0/8")));
    }

    /** The broker takes connections only with a certificate, and makes that the login. */
    private static void takesWhoHasItsCertificate(int port, TestKey key) throws Exception {
        URI url = URI.create("amqps://127.0.0.1:" + port);
        String address = "/queues/incidents";
        assertThat(
                        send(
                                new Amqp(
                                        url,
                                        address,
                                        null,
                                        null,
                                        key.authority(),
                                        key.store(),
                                        key.passwordFile())))
                .isEqualTo(Answer.TAKEN);
        assertThat(send(new Amqp(url, address, null, null, key.authority(), null, null)).kind())
                .as("without a certificate")
                .isEqualTo(Answer.Kind.FAILED);
        assertThat(
                        send(new Amqp(
                                        url,
                                        address,
                                        null,
                                        null,
                                        null,
                                        key.store(),
                                        key.passwordFile()))
                                .kind())
                .as("the broker's certificate is not trusted")
                .isEqualTo(Answer.Kind.FAILED);
    }

    @Test
    void aQueueHasTheMessageAsACloudEvent() throws Exception {
        String script = Objects.requireNonNullElse(System.getenv(SERVER), DEBIAN);
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(script)),
                "AMQP is not tried with RabbitMQ, because there is no "
                        + script
                        + ": apt install rabbitmq-server, or set "
                        + SERVER);
        int port = freePort();
        int securePort = freePort();
        TestKey key = TestKey.get();
        Process server = start(script, port, securePort, key);
        try {
            awaitListening(server);

            assertThat(send(port, "/queues/incidents")).isEqualTo(Answer.TAKEN);
            assertThat(send(port, "/exchanges/amq.topic/no-queue").kind())
                    .as("no queue takes it")
                    .isEqualTo(Answer.Kind.FAILED);
            assertThat(send(port, "/queues/none").kind()).isEqualTo(Answer.Kind.FAILED);
            received(port);
            takesWhoHasItsCertificate(securePort, key);
            rejectsOnlyWhatIsTooLarge(port);
        } finally {
            server.descendants().forEach(ProcessHandle::destroy);
            server.destroy();
            server.waitFor(20, TimeUnit.SECONDS);
            stopNames();
        }
    }

    /** Erlang's server of names goes on by itself. */
    private void stopNames() throws Exception {
        ProcessBuilder stop = new ProcessBuilder("epmd", "-kill").inheritIO();
        stop.environment().put("ERL_EPMD_PORT", String.valueOf(namesPort));
        assertThat(stop.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor()).isZero();
    }

    private static void received(int port) throws Exception {
        try (Client client = Client.create();
                Connection connection =
                        client.connect(
                                "127.0.0.1",
                                port,
                                new ConnectionOptions().user("guest").password("guest"))) {
            Message<byte[]> message =
                    connection
                            .openReceiver("/queues/incidents")
                            .receive(10, TimeUnit.SECONDS)
                            .message();
            assertThat(message.contentType()).isEqualTo("application/json");
            assertThat(message.property("cloudEvents:id")).isEqualTo(MESSAGE.eventId());
            assertThat(message.property("cloudEvents:specversion")).isEqualTo("1.0");
            assertThat(message.property("cloudEvents:type"))
                    .isEqualTo("io.atalaya.dispatch.assign");
            assertThat(message.body()).isEqualTo(MESSAGE.record().value());
            assertThat(message.durable()).isTrue();
        }
    }

    private Process start(String script, int port, int securePort, TestKey key) throws IOException {
        Path definitions =
                Files.writeString(
                        directory.resolve("definitions.json"),
                        """
                        {"vhosts": [{"name": "/"}],
                         "users": [{"name": "guest", "password": "guest", "tags": []},
                                   {"name": "cad", "password_hash": "", "tags": []}],
                         "permissions": [{"user": "guest", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*"},
                                         {"user": "cad", "vhost": "/", "configure": "", "write": ".*", "read": ""}],
                         "queues": [{"name": "incidents", "vhost": "/", "durable": true, "auto_delete": false, "arguments": {}}]}
                        """);
        Files.writeString(
                directory.resolve("rabbitmq.conf"),
                """
                listeners.tcp.local = 127.0.0.1:%d
                listeners.ssl.local = 127.0.0.1:%d
                max_message_size = %d
                load_definitions = %s
                ssl_options.cacertfile = %s
                ssl_options.certfile = %s
                ssl_options.keyfile = %s
                ssl_options.verify = verify_peer
                ssl_options.fail_if_no_peer_cert = true
                auth_mechanisms.1 = PLAIN
                auth_mechanisms.2 = EXTERNAL
                ssl_cert_login_from = common_name
                """
                        .formatted(
                                port,
                                securePort,
                                MAX_MESSAGE_BYTES,
                                definitions,
                                key.authority().toAbsolutePath(),
                                key.certificate().toAbsolutePath(),
                                key.privateKey().toAbsolutePath()));
        Files.writeString(directory.resolve("plugins"), "[rabbitmq_auth_mechanism_ssl].");
        ProcessBuilder builder = new ProcessBuilder(script).redirectErrorStream(true);
        builder.redirectOutput(directory.resolve("log").toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "HOME", directory.toString(),
                                "RABBITMQ_NODENAME", "atalaya-" + port + "@localhost",
                                "RABBITMQ_MNESIA_BASE", directory.resolve("mnesia").toString(),
                                "RABBITMQ_LOGS", "-",
                                "RABBITMQ_ENABLED_PLUGINS_FILE",
                                        directory.resolve("plugins").toString(),
                                "RABBITMQ_CONFIG_FILE",
                                        directory.resolve("rabbitmq.conf").toString(),
                                "RABBITMQ_DIST_PORT", String.valueOf(freePort()),
                                "ERL_EPMD_PORT", String.valueOf(namesPort),
                                "ERL_EPMD_ADDRESS", "127.0.0.1"));
        return builder.start();
    }

    private void awaitListening(Process server) throws Exception {
        long until = System.nanoTime() + STARTED_WITHIN.toNanos();
        Path log = directory.resolve("log");
        while (!Files.readString(log).contains("Server startup complete")) {
            assertThat(server.isAlive() && System.nanoTime() < until)
                    .as(Files.readString(log))
                    .isTrue();
            Thread.sleep(100);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
