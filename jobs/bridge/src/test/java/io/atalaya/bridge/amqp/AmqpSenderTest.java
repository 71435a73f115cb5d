package io.atalaya.bridge.amqp;

import io.atalaya.bridge.DispatchRecords;
import io.atalaya.bridge.delivery.Answer;
import io.atalaya.bridge.delivery.Answer.Kind;
import io.atalaya.bridge.delivery.QueuedMessage;
import io.atalaya.bridge.format.CloudEventFormat;
import io.atalaya.bridge.settings.AddressRules;
import io.atalaya.bridge.settings.BridgeSettings.Amqp;
import io.atalaya.bridge.settings.BridgeSettings.Destination;
import io.atalaya.bridge.settings.TestKey;
import io.atalaya.contracts.dispatch.DispatchMessage;

import org.apache.qpid.protonj2.test.driver.ProtonTestServer;
import org.apache.qpid.protonj2.test.driver.ProtonTestServerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Every answer of a peer that speaks AMQP 1.0 by a script. */
class AmqpSenderTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final QueuedMessage MESSAGE =
            DispatchRecords.queued(
                    new DispatchMessage(
                            DispatchMessage.Purpose.ASSIGN,
                            1,
                            null,
                            DispatchRecords.incident("i1", 1_783_684_800_000L, 85, List.of())));

    private static AmqpSender sender(int port, Duration timeout) throws IOException {
        return sender("amqp://127.0.0.1:" + port, timeout, null, null, null);
    }

    private static AmqpSender sender(
            String url, Duration timeout, Path caFile, Path keyStoreFile, Path passwordFile)
            throws IOException {
        Destination destination =
                new Destination(
                        "queue",
                        "TOLUCA",
                        null,
                        null,
                        null,
                        timeout,
                        1,
                        null,
                        null,
                        false,
                        null,
                        new Amqp(
                                URI.create(url),
                                "/queues/incidents",
                                null,
                                null,
                                caFile,
                                keyStoreFile,
                                passwordFile));
        return new AmqpSender(
                destination,
                new CloudEventFormat(),
                AddressRules.of(List.of("127.0.0.0/8", "localhost", "::1")));
    }

    private static Answer send(AmqpSender sender) throws Exception {
        return sender.send(MESSAGE).get(90, TimeUnit.SECONDS);
    }

    private static void expectLink(ProtonTestServer peer) {
        peer.expectSASLAnonymousConnect();
        expectOpenLink(peer);
    }

    private static void expectOpenLink(ProtonTestServer peer) {
        peer.expectOpen().respond();
        peer.expectBegin().respond();
        peer.expectAttach()
                .ofSender()
                .withTarget()
                .withAddress("/queues/incidents")
                .and()
                .respond();
        peer.remoteFlow().withLinkCredit(10).queue();
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "UNSENDABLE", mode = EnumSource.Mode.EXCLUDE)
    void readsTheAnswer(Kind kind) throws Exception {
        try (ProtonTestServer peer = new ProtonTestServer()) {
            expectLink(peer);
            var answer = peer.expectTransfer().withNonNullPayload().respond().withSettled(true);
            switch (kind) {
                case TAKEN -> answer.withState().accepted();
                case REJECTED -> answer.withState().rejected("amqp:not-allowed", "no");
                case GONE -> answer.withState().modified(true, true);
                case FAILED -> answer.withState().released();
                default -> throw new IllegalArgumentException(kind + " is no answer");
            }
            peer.start();
            AmqpSender sender = sender(peer.getServerURI().getPort(), PATIENCE);
            // There is no answer in AMQP that ends a destination.
            assertThat(send(sender).kind()).isEqualTo(kind == Kind.GONE ? Kind.FAILED : kind);
            sender.close();
        }
    }

    @Test
    void failsWithoutAnAnswerAndConnectsAgain() throws Exception {
        ProtonTestServer peer = new ProtonTestServer();
        expectLink(peer);
        peer.expectTransfer().withNonNullPayload();
        peer.start();
        AmqpSender sender = sender(peer.getServerURI().getPort(), Duration.ofMillis(300));
        assertThat(send(sender).reason()).isEqualTo("no answer in 300 ms");
        peer.close();
        String reason = "";
        // On a busy machine a refusal may take longer than that, too.
        for (int tries = 0; tries < 300 && !reason.contains("refused"); tries++) {
            reason = send(sender).whole();
        }
        assertThat(reason).contains("refused");
        sender.close();
    }

    /** The certificate is the login. */
    @Test
    void isKnownByItsCertificate() throws Exception {
        TestKey key = TestKey.get();
        ProtonTestServerOptions options =
                new ProtonTestServerOptions()
                        .setSecure(true)
                        .setNeedClientAuth(true)
                        .setVerifyHost(false)
                        .setSslContextOverride(key.context());
        try (ProtonTestServer peer = new ProtonTestServer(options)) {
            peer.expectSaslExternalConnect();
            expectOpenLink(peer);
            peer.expectTransfer()
                    .withNonNullPayload()
                    .respond()
                    .withSettled(true)
                    .withState()
                    .accepted();
            peer.start();
            String port = ":" + peer.getServerURI().getPort();
            AmqpSender sender =
                    sender(
                            "amqps://127.0.0.1" + port,
                            PATIENCE,
                            key.authority(),
                            key.store(),
                            key.passwordFile());
            assertThat(send(sender)).isEqualTo(Answer.TAKEN);
            sender.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsNothingToWhomItDoesNotKnow(boolean isKnownByOtherName) throws Exception {
        TestKey key = TestKey.get();
        ProtonTestServerOptions options =
                new ProtonTestServerOptions().setSecure(true).setSslContextOverride(key.context());
        try (ProtonTestServer peer = new ProtonTestServer(options)) {
            peer.start();
            String host = isKnownByOtherName ? "localhost" : "127.0.0.1";
            AmqpSender sender =
                    sender(
                            "amqps://" + host + ":" + peer.getServerURI().getPort(),
                            PATIENCE,
                            isKnownByOtherName ? key.authority() : null,
                            null,
                            null);
            assertThat(send(sender).kind()).isEqualTo(Kind.FAILED);
            sender.close();
        }
    }

    @Test
    void failsIfNothingListens() throws Exception {
        AmqpSender sender = sender(1, Duration.ofSeconds(2));
        assertThat(send(sender).kind()).isEqualTo(Kind.FAILED);
        sender.close();
    }
}
