package io.atalaya.bridge.webhook;

import io.atalaya.bridge.DispatchRecords;
import io.atalaya.bridge.delivery.Answer;
import io.atalaya.bridge.delivery.Answer.Kind;
import io.atalaya.bridge.delivery.QueuedMessage;
import io.atalaya.bridge.format.CloudEventFormat;
import io.atalaya.bridge.settings.AddressRules;
import io.atalaya.bridge.settings.BridgeSettings.Destination;
import io.atalaya.bridge.settings.BridgeSettings.Webhook;
import io.atalaya.contracts.dispatch.DispatchMessage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebhookSenderTest {
    private static final char[] PASSWORD = "only-a-test".toCharArray();
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
        return sender(Duration.ofSeconds(10), name, url, caFile, allow);
    }

    private WebhookSender sender(
            Duration timeout, String name, String url, Path caFile, String... allow)
            throws IOException {
        Path secret =
                Files.writeString(
                        directory.resolve("secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        Destination destination =
                new Destination(
                        name,
                        "TOLUCA",
                        null,
                        null,
                        timeout,
                        null,
                        null,
                        null,
                        false,
                        new Webhook(URI.create(url), secret, caFile, null, null),
                        null);
        return new WebhookSender(
                destination,
                new CloudEventFormat(),
                AddressRules.of(List.of(allow)),
                Clock.systemUTC());
    }

    private static Answer send(WebhookSender sender) throws Exception {
        try {
            return sender.send(MESSAGE).get(10, TimeUnit.SECONDS);
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
        assertThat(answer.reason()).contains("Timeout");
        server.stop(0);
    }

    @Test
    void sendsNothingToAnAddressThatIsNotAllowed() throws Exception {
        Answer answer = send(sender("cad", "http://localhost:1/", null, "localhost"));

        assertThat(answer.kind()).isEqualTo(Kind.FAILED);
        assertThat(answer.reason()).contains("not allowed");
    }

    @Test
    void trustsOnlyTheCertificatesOfItsFile() throws Exception {
        Path store = directory.resolve("server.p12");
        makeKey(store);
        Path certificate = directory.resolve("server.pem");
        Files.writeString(
                certificate,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(
                                        KeyStore.getInstance(store.toFile(), PASSWORD)
                                                .getCertificate("server")
                                                .getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        HttpsServer server = HttpsServer.create(ANY_PORT, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        server.createContext("/", exchange -> answer(exchange, 204));
        server.start();
        String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/";
        String otherName = "https://localhost:" + server.getAddress().getPort() + "/";

        assertThat(send(sender("cad", url, certificate, "127.0.0.0/8"))).isEqualTo(Answer.TAKEN);
        assertThat(send(sender("cad", url, null, "127.0.0.0/8")).kind()).isEqualTo(Kind.FAILED);
        assertThat(send(sender("cad", otherName, certificate, "localhost", "127.0.0.0/8", "::1")))
                .as("the certificate is of another name")
                .extracting(Answer::kind)
                .isEqualTo(Kind.FAILED);
        server.stop(0);
        Path nothing = Files.writeString(directory.resolve("nothing.pem"), "");
        assertThatThrownBy(() -> sender("cad", url, nothing, "127.0.0.0/8"))
                .hasMessageContaining("expected PEM certificates");
    }

    private static SSLContext context(Path store) throws Exception {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void makeKey(Path store) throws Exception {
        ProcessBuilder keytool =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=cad",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass:env",
                        "STORE_PASSWORD");
        keytool.environment().put("STORE_PASSWORD", new String(PASSWORD));
        keytool.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        assertThat(keytool.start().waitFor()).as("keytool").isZero();
    }
}
