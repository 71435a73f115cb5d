package io.atalaya.bridge.amqp;

import io.atalaya.bridge.delivery.Answer;
import io.atalaya.bridge.delivery.QueuedMessage;
import io.atalaya.bridge.delivery.Sender;
import io.atalaya.bridge.format.CloudEventFormat;
import io.atalaya.bridge.format.Format;
import io.atalaya.bridge.settings.AddressRules;
import io.atalaya.bridge.settings.BridgeSettings.Amqp;
import io.atalaya.bridge.settings.BridgeSettings.Destination;
import io.atalaya.bridge.settings.Tls;

import io.cloudevents.CloudEvent;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.DeliveryState;
import org.apache.qpid.protonj2.client.ErrorCondition;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.SenderOptions;
import org.apache.qpid.protonj2.client.Tracker;
import org.apache.qpid.protonj2.client.exceptions.ClientConnectionRemotelyClosedException;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.apache.qpid.protonj2.client.exceptions.ClientResourceRemotelyClosedException;

import javax.net.ssl.SSLContext;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends messages to a broker that speaks AMQP 1.0, in the binary mode of CloudEvents' AMQP binding:
 * the attributes are application properties. A connection is made for the first message, and again
 * after a failure.
 */
public final class AmqpSender implements Sender {
    private static final int PORT = 5672;
    private static final int TLS_PORT = 5671;
    private static final String TOO_LARGE = "amqp:link:message-size-exceeded";

    private final Amqp settings;
    private final long timeoutMillis;
    private final Format format;
    private final AddressRules rules;
    private final SSLContext tls;
    private final ExecutorService threads;
    private final Client client = Client.create();
    private Link link;

    /**
     * A connection with its link to the address.
     *
     * @param largest bytes of the largest message that was sent over it
     */
    private record Link(
            Connection connection,
            org.apache.qpid.protonj2.client.Sender sender,
            AtomicInteger largest) {}

    /**
     * @throws IOException if the password or certificates cannot be used
     */
    public AmqpSender(Destination destination, Format format, AddressRules rules)
            throws IOException {
        this.settings = destination.amqp();
        this.timeoutMillis = destination.timeout().toMillis();
        this.format = format;
        this.rules = rules;
        this.tls =
                Tls.context(
                        settings.caFile(),
                        settings.keyStoreFile(),
                        settings.keyStorePasswordFile());
        password();
        this.threads =
                Executors.newFixedThreadPool(
                        destination.maxInFlight(),
                        task -> {
                            Thread thread = new Thread(task, "bridge-amqp-" + destination.name());
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    @Override
    public CompletableFuture<Answer> send(QueuedMessage message) {
        CloudEvent event = CloudEventFormat.event(message);
        byte[] data = format.data(message);
        return CompletableFuture.supplyAsync(
                () -> send(message(event, data), data.length), threads);
    }

    private Message<byte[]> message(CloudEvent event, byte[] data) {
        try {
            Message<byte[]> message = Message.create(data);
            message.durable(true);
            message.messageId(event.getId());
            message.subject(event.getSubject());
            message.contentType(format.dataContentType());
            for (String name : event.getAttributeNames()) {
                if (!name.equals("datacontenttype")) {
                    message.property("cloudEvents:" + name, event.getAttribute(name).toString());
                }
            }
            return message;
        } catch (ClientException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer send(Message<byte[]> message, int bytes) {
        Link used = null;
        try {
            used = link();
            used.largest.accumulateAndGet(bytes, Math::max);
            Tracker tracker = used.sender.send(message);
            tracker.settlementFuture().get(timeoutMillis, TimeUnit.MILLISECONDS);
            return answer(tracker.remoteState());
        } catch (ClientException | ExecutionException | IOException e) {
            close(used);
            // The others that were under way fail with it, and are sent again.
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            return used != null && isTooLarge(cause) && bytes == used.largest.get()
                    ? Answer.unsendable("got %d bytes".formatted(bytes)).saying(cause.getMessage())
                    : Answer.failed("no answer of " + settings.url().getAuthority())
                            .saying(cause.getMessage());
        } catch (TimeoutException e) {
            close(used);
            return Answer.failed("no answer in " + timeoutMillis + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.failed("stopped");
        }
    }

    /** Whether the far end has closed the link because of the size of a message. */
    private static boolean isTooLarge(Throwable cause) {
        ErrorCondition condition =
                cause instanceof ClientResourceRemotelyClosedException closed
                        ? closed.getErrorCondition()
                        : cause instanceof ClientConnectionRemotelyClosedException closed
                                ? closed.getErrorCondition()
                                : null;
        return condition != null && TOO_LARGE.equals(condition.condition());
    }

    /** Released or modified is what no queue has taken, which can change. */
    private static Answer answer(DeliveryState state) {
        return switch (state.getType()) {
            case ACCEPTED -> Answer.TAKEN;
            case REJECTED -> Answer.rejected("rejected");
            default -> Answer.failed("not taken: " + state.getType());
        };
    }

    private synchronized Link link()
            throws ClientException,
                    ExecutionException,
                    IOException,
                    InterruptedException,
                    TimeoutException {
        if (link == null) {
            rules.check(settings.url().getHost());
            boolean isSecure = settings.url().getScheme().equals("amqps");
            ConnectionOptions options = new ConnectionOptions();
            options.openTimeout(timeoutMillis).sendTimeout(timeoutMillis).closeTimeout(100);
            options.sslEnabled(isSecure).sslOptions().sslContextOverride(tls);
            if (settings.user() != null) {
                options.user(settings.user()).password(password());
            }
            int given = settings.url().getPort();
            int port = given >= 0 ? given : isSecure ? TLS_PORT : PORT;
            Connection connection = client.connect(settings.url().getHost(), port, options);
            try {
                connection.openFuture().get(timeoutMillis, TimeUnit.MILLISECONDS);
                link =
                        new Link(
                                connection,
                                connection
                                        .openSender(
                                                settings.address(),
                                                new SenderOptions().sendTimeout(timeoutMillis))
                                        .openFuture()
                                        .get(timeoutMillis, TimeUnit.MILLISECONDS),
                                new AtomicInteger());
            } finally {
                if (link == null) {
                    connection.closeAsync();
                }
            }
        }
        return link;
    }

    private synchronized void close(Link failed) {
        if (failed != null && link == failed) {
            link = null;
            failed.connection.closeAsync();
        }
    }

    /** Read for each connection, so that it changes without a stop. */
    private String password() throws IOException {
        return settings.passwordFile() == null
                ? null
                : Files.readString(settings.passwordFile()).strip();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.closeAsync();
    }
}
