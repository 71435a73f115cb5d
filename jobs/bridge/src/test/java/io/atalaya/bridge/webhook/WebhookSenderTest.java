package io.atalaya.bridge.webhook;

import io.atalaya.bridge.DispatchRecords;
import io.atalaya.bridge.delivery.Answer;
import io.atalaya.bridge.delivery.Answer.Kind;
import io.atalaya.bridge.delivery.QueuedMessage;
import io.atalaya.bridge.format.CloudEventFormat;
import io.atalaya.bridge.receiver.Receiver;
import io.atalaya.bridge.receiver.Receiver.Finding;
import io.atalaya.bridge.receiver.Receiver.Received;
import io.atalaya.bridge.receiver.WebhookVerifier;
import io.atalaya.bridge.settings.AddressRules;
import io.atalaya.bridge.settings.BridgeSettings.Destination;
import io.atalaya.bridge.settings.BridgeSettings.Webhook;
import io.atalaya.bridge.settings.TestKey;
import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.DispatchMessage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import javax.net.ssl.SSLParameters;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebhookSenderTest {
    private static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static final QueuedMessage MESSAGE =
            DispatchRecords.queued(
                    new DispatchMessage(
                            DispatchMessage.Purpose.ASSIGN,
                            1,
                            null,
                            DispatchRecords.incident("i1", 1_783_684_800_000L, 85, List.of())));

    @TempDir private Path directory;

    private WebhookSender sender(String name, String url, Path caFile, String... allow)
            throws IOException {
        return sender(Duration.ofMinutes(1), name, url, caFile, allow);
    }

    private WebhookSender sender(
            Duration timeout, String name, String url, Path caFile, String... allow)
            throws IOException {
        Webhook webhook = new Webhook(URI.create(url), secret(), caFile, null, null);
        return sender(timeout, name, webhook, allow);
    }

    private Path secret() throws IOException {
        return Files.writeString(
                directory.resolve("secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    }

    private static WebhookSender sender(
            Duration timeout, String name, Webhook webhook, String... allow) throws IOException {
        Destination destination =
                new Destination(
                        name, "TOLUCA", null, null, null, timeout, null, null, null, false, webhook,
                        null);
        return new WebhookSender(
                destination,
                new CloudEventFormat(),
                AddressRules.of(List.of(allow)),
                Clock.systemUTC());
    }

    private static Answer send(WebhookSender sender) throws Exception {
        try {
            return sender.send(MESSAGE).get(90, TimeUnit.SECONDS);
        } finally {
            sender.close();
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, TAKEN",
        "204, TAKEN",
        "299, TAKEN",
        "302, FAILED",
        "400, REJECTED",
        "401, REJECTED",
        "404, REJECTED",
        "408, FAILED",
        "410, GONE",
        "422, REJECTED",
        "429, FAILED",
        "500, FAILED",
        "503, FAILED",
    })
    void readsTheStatus(int status, Kind kind) throws Exception {
        HttpServer server = HttpServer.create(ANY_PORT, 0);
        server.createContext("/", exchange -> answer(exchange, status));
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        assertThat(send(sender("cad", url, null, "127.0.0.0/8")).kind()).isEqualTo(kind);
        server.stop(0);
    }

    /** What the far end says may be what it was sent, which not all who read the log may know. */
    @ParameterizedTest
    @ValueSource(ints = {400, 410, 500})
    void keepsWhatTheFarEndSaysApart(int status) throws Exception {
        HttpServer server = HttpServer.create(ANY_PORT, 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] sent = exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(status, sent.length);
                    exchange.getResponseBody().write(sent);
                    exchange.close();
                });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        Answer answer = send(sender("cad", url, null, "127.0.0.0/8"));
        assertThat(answer.reason()).isEqualTo("HTTP " + status);
        assertThat(answer.whole()).startsWith("HTTP " + status + ": {");
        server.stop(0);
    }

    @Test
    void aMessageHasOneIdForEachDestination() throws Exception {
        Set<String> ids = new ConcurrentSkipListSet<>();
        HttpServer server = HttpServer.create(ANY_PORT, 0);
        server.createContext(
                "/",
                exchange -> {
                    ids.add(exchange.getRequestHeaders().getFirst("webhook-id"));
                    answer(exchange, 204);
                });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        send(sender("toluca", url, null, "127.0.0.0/8"));
        send(sender("toluca", url, null, "127.0.0.0/8"));
        assertThat(ids).hasSize(1).allMatch(id -> !id.contains("."));
        send(sender("ecatepec", url, null, "127.0.0.0/8"));
        assertThat(ids).hasSize(2);
        server.stop(0);
    }

    @Test
    void theReceiverFindsWhatIsRepeatedOlderOverOrForged() throws Exception {
        List<Received> found = new CopyOnWriteArrayList<>();
        long now = System.currentTimeMillis();
        QueuedMessage newer = QueuedMessage.of(DispatchRecords.record("i", now, 50));
        List<QueuedMessage> messages =
                List.of(
                        newer,
                        newer,
                        QueuedMessage.of(DispatchRecords.record("i", now - 1, 50)),
                        QueuedMessage.of(DispatchRecords.record("j", now - 86_400_001, 50)),
                        announcement(now, now + 3_600_000),
                        announcement(now, now - 1));
        Path other = Files.writeString(directory.resolve("other"), "whsec_" + "A".repeat(32));
        try (Receiver receiver =
                Receiver.start(
                        0,
                        WebhookVerifier.read(secret()),
                        Duration.ofHours(24),
                        Duration.ZERO,
                        Clock.systemUTC(),
                        found::add)) {
            URI url = URI.create("http://127.0.0.1:" + receiver.port() + "/");
            for (QueuedMessage each : messages) {
                Webhook ours = new Webhook(url, secret(), null, null, null);
                assertThat(send(ours, each)).isEqualTo(Answer.TAKEN);
            }
            Webhook forger = new Webhook(url, other, null, null, null);
            assertThat(send(forger, newer).reason()).startsWith("HTTP 401");
        }
        assertThat(found)
                .extracting(Received::finding)
                .containsExactly(
                        Finding.NEW,
                        Finding.REPEATED,
                        Finding.OLDER,
                        Finding.EXPIRED,
                        Finding.NEW,
                        Finding.EXPIRED,
                        Finding.FORGED);
    }

    private static Answer send(Webhook webhook, QueuedMessage message) throws Exception {
        try (WebhookSender sender = sender(Duration.ofMinutes(1), "cad", webhook, "127.0.0.0/8")) {
            return sender.send(message).get(90, TimeUnit.SECONDS);
        }
    }

    private static QueuedMessage announcement(long now, long expiresAt) throws Exception {
        return QueuedMessage.of(
                DispatchRecords.record(
                        new Announcement(
                                "A-" + expiresAt,
                                "SPK-7",
                                now,
                                Announcement.Purpose.PLAY,
                                "I",
                                "seismic-warning",
                                100,
                                false,
                                "Alerta sísmica.",
                                null,
                                expiresAt,
                                null)));
    }

    @Test
    void anAnswerThatDoesNotEndFails() throws Exception {
        HttpServer server = HttpServer.create(ANY_PORT, 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        Answer answer = send(sender(Duration.ofMillis(500), "cad", url, null, "127.0.0.0/8"));
        assertThat(answer.kind()).isEqualTo(Kind.FAILED);
        assertThat(answer.reason()).isEqualTo("no answer in 500 ms");
        server.stop(0);
    }

    @Test
    void sendsNothingToAnAddressThatIsNotAllowed() throws Exception {
        Answer answer = send(sender("cad", "http://localhost:1/", null, "localhost"));

        assertThat(answer.kind()).isEqualTo(Kind.FAILED);
        assertThat(answer.reason())
                .startsWith("no connection to localhost:1: localhost is ")
                .endsWith(", which is not allowed");
    }

    @Test
    void trustsOnlyTheCertificatesOfItsFile() throws Exception {
        TestKey key = TestKey.get();
        HttpsServer server = server(key, false);
        String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/";
        String otherName = "https://localhost:" + server.getAddress().getPort() + "/";

        assertThat(send(sender("cad", url, key.authority(), "127.0.0.0/8")))
                .isEqualTo(Answer.TAKEN);
        assertThat(send(sender("cad", url, null, "127.0.0.0/8")).kind()).isEqualTo(Kind.FAILED);
        assertThat(
                        send(
                                sender(
                                        "cad",
                                        otherName,
                                        key.authority(),
                                        "localhost",
                                        "127.0.0.0/8",
                                        "::1")))
                .as("the certificate is of another name")
                .extracting(Answer::kind)
                .isEqualTo(Kind.FAILED);
        server.stop(0);
        Path nothing = Files.writeString(directory.resolve("nothing.pem"), "");
        assertThatThrownBy(() -> sender("cad", url, nothing, "127.0.0.0/8"))
                .hasMessageContaining("expected PEM certificates");

        HttpsServer asking = server(key, true);
        String strict = "https://127.0.0.1:" + asking.getAddress().getPort() + "/";
        Webhook known =
                new Webhook(
                        URI.create(strict),
                        directory.resolve("secret"),
                        key.authority(),
                        key.store(),
                        key.passwordFile());
        assertThat(send(sender(Duration.ofMinutes(1), "cad", known, "127.0.0.0/8")))
                .isEqualTo(Answer.TAKEN);
        assertThat(send(sender("cad", strict, key.authority(), "127.0.0.0/8")).kind())
                .as("without a certificate")
                .isEqualTo(Kind.FAILED);
        asking.stop(0);
    }

    private static HttpsServer server(TestKey key, boolean needsCertificate) throws Exception {
        HttpsServer server = HttpsServer.create(ANY_PORT, 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(key.context()) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                        wanted.setNeedClientAuth(needsCertificate);
                        parameters.setSSLParameters(wanted);
                    }
                });
        server.createContext("/", exchange -> answer(exchange, 204));
        server.start();
        return server;
    }
}
