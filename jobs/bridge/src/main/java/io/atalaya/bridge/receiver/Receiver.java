package io.atalaya.bridge.receiver;

import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.json.InvalidRecordException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.jackson.JsonFormat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A receiver of webhooks as an integrator writes one: it checks the signature, finds repeated and
 * older messages, and keeps the newest revision of each incident. It can also play one that fails.
 */
public final class Receiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Begins the type of a message that has a whole incident. */
    private static final String OF_INCIDENTS = "io.atalaya.dispatch.";

    private static final int MAX_BODY_BYTES = 2_000_000;

    /** So many messages and incidents are remembered, the latest ones. */
    private static final int MAX_KNOWN = 100_000;

    private static final int LIMIT_SECONDS = 2;
    private static final long FLAP_MS = 1_000;

    private final HttpServer server;
    private final WebhookVerifier verifier;
    private final Duration expireAfter;
    private final Duration slowness;
    private final Clock clock;
    private final Consumer<Received> results;
    private final ExecutorService threads = Executors.newCachedThreadPool(Receiver::daemon);
    private final Map<String, Boolean> taken = latest();
    private final Map<String, Long> revisions = latest();
    private volatile Play play = Play.TAKE;

    /** How it answers. */
    enum Play {
        /** Takes what it can check. */
        TAKE,
        /** Fails with 500. */
        FAIL,
        /** Answers late. */
        SLOW,
        /** Takes for a second, fails for a second. */
        FLAP,
        /** Asks for a wait, with 429. */
        LIMIT,
        /** Rejects each message, with 400. */
        REJECT,
        /** Wants no more messages, with 410. */
        GONE,
        /** Breaks off the connection. */
        BREAK,
        /** Leads to another address, with 302. */
        REDIRECT,
        /** Fails with an answer that does not end. */
        ENDLESS
    }

    /** What it found out about a message. */
    public enum Finding {
        NEW,
        /** The same message again, taken before: answered as taken. */
        REPEATED,
        /** An older revision than one taken before: answered as taken, not used. */
        OLDER,
        /** Too old to be of use: answered as taken, not used. */
        EXPIRED,
        /** The signature or the time of the attempt is wrong: 401. */
        FORGED,
        /** Not a message that it knows: 400. */
        UNREADABLE,
        /** Not looked at, because it plays one that fails. */
        REFUSED
    }

    /**
     * A message and what was found out about it.
     *
     * @param id header {@code webhook-id}
     * @param message or null where it was not read, or is about no incident
     * @param reason for people: what is wrong with it, what it is about if not an incident, or null
     */
    public record Received(Finding finding, String id, DispatchMessage message, String reason) {}

    private Receiver(
            HttpServer server,
            WebhookVerifier verifier,
            Duration expireAfter,
            Duration slowness,
            Clock clock,
            Consumer<Received> results) {
        this.server = server;
        this.verifier = verifier;
        this.expireAfter = expireAfter;
        this.slowness = slowness;
        this.clock = clock;
        this.results = results;
    }

    /**
     * Starts a receiver on the loopback interface.
     *
     * @param port or 0 for a free one
     * @param slowness how late {@link Play#SLOW} answers
     */
    public static Receiver start(
            int port,
            WebhookVerifier verifier,
            Duration expireAfter,
            Duration slowness,
            Clock clock,
            Consumer<Received> results)
            throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        Receiver receiver = new Receiver(server, verifier, expireAfter, slowness, clock, results);
        server.createContext("/", receiver::handle);
        server.setExecutor(receiver.threads);
        server.start();
        return receiver;
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    void play(Play other) {
        play = other;
    }

    private void handle(HttpExchange exchange) throws IOException {
        // Read once: play() can change it while this is under way.
        Play playing = play;
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES);
            if (playing == Play.SLOW) {
                Thread.sleep(slowness.toMillis());
            }
            boolean isFailing = playing == Play.FLAP && clock.millis() / FLAP_MS % 2 == 0;
            if (isFailing || playing != Play.TAKE && playing != Play.SLOW && playing != Play.FLAP) {
                String id = exchange.getRequestHeaders().getFirst("webhook-id");
                results.accept(new Received(Finding.REFUSED, id, null, playing.name()));
                refuse(exchange, playing);
                return;
            }
            Received received = check(exchange, body);
            results.accept(received);
            int status =
                    switch (received.finding()) {
                        case FORGED -> 401;
                        case UNREADABLE -> 400;
                        default -> 204;
                    };
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuse(HttpExchange exchange, Play playing)
            throws IOException, InterruptedException {
        switch (playing) {
            case LIMIT -> {
                exchange.getResponseHeaders().set("retry-after", String.valueOf(LIMIT_SECONDS));
                exchange.sendResponseHeaders(429, -1);
            }
            case REJECT -> exchange.sendResponseHeaders(400, -1);
            case GONE -> exchange.sendResponseHeaders(410, -1);
            case REDIRECT -> {
                exchange.getResponseHeaders().set("location", "http://127.0.0.1:1/");
                exchange.sendResponseHeaders(302, -1);
            }
            case BREAK -> {
                // Closed without an answer.
            }
            case ENDLESS -> {
                exchange.sendResponseHeaders(500, 0);
                try (OutputStream out = exchange.getResponseBody()) {
                    while (true) {
                        out.write("nonsense ".getBytes(UTF_8));
                        out.flush();
                        Thread.sleep(1);
                    }
                }
            }
            default -> exchange.sendResponseHeaders(500, -1);
        }
    }

    private synchronized Received check(HttpExchange exchange, byte[] body) {
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String fault =
                verifier.fault(
                        id,
                        exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                        exchange.getRequestHeaders().getFirst("webhook-signature"),
                        body,
                        clock.millis());
        if (fault != null) {
            return new Received(Finding.FORGED, id, null, fault);
        }
        try {
            CloudEvent event = new JsonFormat().deserialize(body);
            byte[] data = event.getData().toBytes();
            if (event.getType().startsWith(OF_INCIDENTS)) {
                DispatchMessage message = DispatchMessage.CODEC.read(data);
                Incident incident = message.incident();
                return new Received(
                        finding(id, incident.incidentId(), incident.revision()), id, message, null);
            }
            // An id such as that of an announcement at a loudspeaker, and its revision.
            String about = event.getId().replaceFirst(":[0-9]+$", "");
            JsonNode content = JSON.readTree(data);
            long revision = content.path("revision").asLong();
            String text = event.getType() + " " + about + " revision " + revision;
            Finding finding = finding(id, about, revision);
            boolean isOver = content.path("expiresAt").asLong(Long.MAX_VALUE) <= clock.millis();
            return new Received(
                    finding == Finding.NEW && isOver ? Finding.EXPIRED : finding, id, null, text);
        } catch (EventDeserializationException | InvalidRecordException | IOException e) {
            return new Received(Finding.UNREADABLE, id, null, e.getMessage());
        }
    }

    private Finding finding(String id, String subject, long revision) {
        if (taken.put(id, true) != null) {
            return Finding.REPEATED;
        }
        if (revision < revisions.getOrDefault(subject, 0L)) {
            return Finding.OLDER;
        }
        revisions.put(subject, revision);
        return clock.millis() - revision > expireAfter.toMillis() ? Finding.EXPIRED : Finding.NEW;
    }

    private static <V> Map<String, V> latest() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MAX_KNOWN;
            }
        };
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "receiver");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
