package io.atalaya.bridge.webhook;

import io.atalaya.bridge.delivery.Answer;
import io.atalaya.bridge.delivery.QueuedMessage;
import io.atalaya.bridge.delivery.Sender;
import io.atalaya.bridge.format.Format;
import io.atalaya.bridge.settings.AddressRules;
import io.atalaya.bridge.settings.BridgeSettings.Destination;
import io.atalaya.bridge.settings.Tls;
import io.atalaya.contracts.topic.HashId;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends messages to a receiver of Standard Webhooks. */
public final class WebhookSender implements Sender {
    private static final String AGENT = "Atalaya";

    private final String name;
    private final URI url;
    private final Duration timeout;
    private final Format format;
    private final AddressRules rules;
    private final SecretFile secrets;
    private final Clock clock;
    private final ExecutorService threads;
    private final HttpClient client;

    /**
     * @throws IOException if the secrets, certificates or keys cannot be used
     */
    public WebhookSender(Destination destination, Format format, AddressRules rules, Clock clock)
            throws IOException {
        this.name = destination.name();
        this.url = destination.webhook().url();
        this.timeout = destination.timeout();
        this.format = format;
        this.rules = rules;
        this.secrets = new SecretFile(destination.webhook().secretFile());
        this.clock = clock;
        this.threads =
                Executors.newFixedThreadPool(
                        2,
                        task -> {
                            Thread thread = new Thread(task, "bridge-http-" + destination.name());
                            thread.setDaemon(true);
                            return thread;
                        });
        this.client =
                HttpClient.newBuilder()
                        .connectTimeout(timeout)
                        // A redirection could lead anywhere.
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .sslContext(
                                Tls.context(
                                        destination.webhook().caFile(),
                                        destination.webhook().keyStoreFile(),
                                        destination.webhook().keyStorePasswordFile()))
                        .executor(threads)
                        .build();
    }

    @Override
    public CompletableFuture<Answer> send(QueuedMessage message) {
        byte[] body = format.body(message);
        String id = id(message);
        return CompletableFuture.supplyAsync(() -> request(id, body), threads)
                .thenCompose(this::exchange)
                .handle(
                        (response, fault) ->
                                fault == null ? answer(response) : Answer.failed(text(fault)));
    }

    /** The client's own limit ends with the headers; this one frees the connection as well. */
    private CompletableFuture<HttpResponse<String>> exchange(HttpRequest request) {
        CompletableFuture<HttpResponse<String>> sent =
                client.sendAsync(request, info -> new ShortBody());
        return sent.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, fault) -> sent.cancel(true));
    }

    /**
     * Of the message, not of the attempt; without dots, as the specification asks. One receiver may
     * have two sites, whose messages may have one event id.
     */
    private String id(QueuedMessage message) {
        return "msg_" + HashId.of("webhook", name, message.eventId());
    }

    private HttpRequest request(String id, byte[] body) {
        try {
            rules.check(url.getHost());
        } catch (IOException e) {
            throw new CompletionException(new ConnectException(e.getMessage()));
        }
        long seconds = clock.millis() / 1000;
        return HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("content-type", format.contentType())
                .header("user-agent", AGENT)
                .header("webhook-id", id)
                .header("webhook-timestamp", String.valueOf(seconds))
                .header("webhook-signature", secrets.keys().sign(id, seconds, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return Answer.TAKEN;
        }
        String reason = "HTTP " + status;
        if (status == 410) {
            return Answer.gone(reason).saying(response.body());
        }
        if (status >= 400 && status < 500 && status != 408 && status != 429) {
            return Answer.rejected(reason).saying(response.body());
        }
        Optional<String> retryAfter = response.headers().firstValue("retry-after");
        return Answer.failed(reason, retryAfter(retryAfter, clock.millis()))
                .saying(response.body());
    }

    /** In seconds or as a date; null where it is neither. */
    static Duration retryAfter(Optional<String> header, long now) {
        String text = header.orElse("").strip();
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            long until =
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()
                            .toEpochMilli();
            return Duration.ofMillis(Math.max(0, until - now));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** What went wrong, in words. */
    private String text(Throwable fault) {
        Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
        String message = cause.getMessage();
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return "no answer in " + timeout.toMillis() + " ms";
        }
        if (cause instanceof ConnectException) {
            return "no connection to "
                    + url.getAuthority()
                    + (message == null ? "" : ": " + message);
        }
        return "no whole answer: " + (message == null ? cause : message);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
