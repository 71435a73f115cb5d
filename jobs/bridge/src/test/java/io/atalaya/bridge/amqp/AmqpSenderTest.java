package io.atalaya.bridge.amqp;

import io.atalaya.bridge.DispatchRecords;
import io.atalaya.bridge.delivery.Answer;
import io.atalaya.bridge.delivery.Answer.Kind;
import io.atalaya.bridge.delivery.QueuedMessage;
import io.atalaya.bridge.format.CloudEventFormat;
import io.atalaya.bridge.settings.AddressRules;
import io.atalaya.bridge.settings.BridgeSettings.Amqp;
import io.atalaya.bridge.settings.BridgeSettings.Destination;
import io.atalaya.contracts.dispatch.DispatchMessage;

import org.apache.qpid.protonj2.test.driver.ProtonTestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Every answer of a peer that speaks AMQP 1.0 by a script. */
class AmqpSenderTest {
    private static final QueuedMessage MESSAGE =
            DispatchRecords.queued(
                    new DispatchMessage(
                            DispatchMessage.Purpose.ASSIGN,
                            1,
                            null,
                            DispatchRecords.incident("i1", 1_783_684_800_000L, 85, List.of())));

    private static AmqpSender sender(int port, Duration timeout) throws IOException {
        Destination destination =
                new Destination(
                        "queue",
                        "TOLUCA",
                        null,
                        null,
                        timeout,
                        1,
                        null,
                        null,
                        false,
                        null,
                        new Amqp(
                                URI.create("amqp://127.0.0.1:" + port),
                                "/queues/incidents",
                                null,
                                null,
                                null));
        return new AmqpSender(
                destination, new CloudEventFormat(), AddressRules.of(List.of("127.0.0.0/8")));
    }

    private static Answer send(AmqpSender sender) throws Exception {
        return sender.send(MESSAGE).get(10, TimeUnit.SECONDS);
    }

    private static void expectLink(ProtonTestServer peer) {
        peer.expectSASLAnonymousConnect();
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
    @EnumSource(Kind.class)
    void readsTheAnswer(Kind kind) throws Exception {
        try (ProtonTestServer peer = new ProtonTestServer()) {
            expectLink(peer);
            var answer = peer.expectTransfer().withNonNullPayload().respond().withSettled(true);
            switch (kind) {
                case TAKEN -> answer.withState().accepted();
                case REJECTED -> answer.withState().rejected("amqp:not-allowed", "no");
                case GONE -> answer.withState().modified(true, true);
                case FAILED -> answer.withState().released();
            }
            peer.start();
            AmqpSender sender = sender(peer.getServerURI().getPort(), Duration.ofSeconds(5));
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
        assertThat(send(sender).reason()).contains("refused");
        sender.close();
    }

    @Test
    void failsIfNothingListens() throws Exception {
        AmqpSender sender = sender(1, Duration.ofSeconds(2));
        assertThat(send(sender).kind()).isEqualTo(Kind.FAILED);
        sender.close();
    }
}
