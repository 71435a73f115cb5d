package io.atalaya.lab.demo;

import io.atalaya.bridge.RunningBridge;
import io.atalaya.bridge.receiver.Receiver;
import io.atalaya.bridge.receiver.Receiver.Finding;
import io.atalaya.bridge.receiver.Receiver.Received;
import io.atalaya.bridge.receiver.WebhookVerifier;
import io.atalaya.bridge.settings.BridgeFile.InvalidBridgeFileException;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.TemporaryDirectory;
import io.atalaya.notary.NotaryLoop;
import io.atalaya.notary.chain.HeadKeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What an installation has beside the jobs: the notary, the bridge, and for each site a dispatch
 * system of others that receives incidents by signed webhooks.
 */
final class OtherSystems implements AutoCloseable {
    private static final int SECRET_BYTES = 32;
    private static final Duration HEADS_EVERY = Duration.ofSeconds(10);
    private static final Duration EXPIRY = Duration.ofHours(24);

    /** Takes what one of the systems received. */
    interface Listener {
        void onReceived(String system, Received received, long now);
    }

    private final TemporaryDirectory directory = TemporaryDirectory.create("atalaya-demo-");
    private final List<Receiver> receivers = new ArrayList<>();
    private final RunningBridge bridge;
    private final NotaryLoop notary;
    private final Path publicKey = directory.path().resolve("notary.pub");

    private final Map<Finding, Integer> findings = new EnumMap<>(Finding.class);

    /** The newest revision by system and incident: what was sent, and what arrived. */
    private final Map<String, Long> sent = new HashMap<>();

    private final Map<String, Long> arrived = new HashMap<>();

    OtherSystems(String bootstrapServers, Listener listener) {
        Map<String, Object> client = Map.of("bootstrap.servers", bootstrapServers);
        Path privateKey = directory.path().resolve("notary.key");
        try {
            HeadKeys.createPair(privateKey, publicKey);
            notary =
                    new NotaryLoop(
                            new NotaryLoop.Settings(
                                    NotaryLoop.NAME, HeadKeys.privateKey(privateKey), HEADS_EVERY),
                            client,
                            Clock.systemUTC());
            bridge = RunningBridge.start(destinations(listener), client);
        } catch (IOException e) {
            throw new UncheckedIOException("starting the systems that receive", e);
        } catch (InvalidBridgeFileException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        new Thread(notary, "demo-notary").start();
    }

    /** Starts the receivers and writes the bridge's file. */
    private Path destinations(Listener listener) throws IOException {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        Path secretFile =
                Files.writeString(
                        directory.path().resolve("cad.secret"),
                        "whsec_" + Base64.getEncoder().encodeToString(secret) + "\n");
        StringBuilder file =
                new StringBuilder("sender: c5.example\nallow: [127.0.0.0/8]\ndestinations:\n");
        for (String site : new TreeSet<>(Topics.QUEUES.keySet())) {
            Receiver receiver =
                    Receiver.start(
                            0,
                            WebhookVerifier.read(secretFile),
                            EXPIRY,
                            Duration.ZERO,
                            Clock.systemUTC(),
                            received -> onReceived(system(site), received, listener));
            receivers.add(receiver);
            file.append(
                    "  - {name: %s, site: %s, webhook: {url: 'http://127.0.0.1:%d/', secretFile: %s}}%n"
                            .formatted(
                                    system(site), site, receiver.port(), secretFile.getFileName()));
        }
        return Files.writeString(directory.path().resolve("bridge.yaml"), file);
    }

    private static String system(String site) {
        return "cad-" + site.toLowerCase();
    }

    private void onReceived(String system, Received received, Listener listener) {
        synchronized (this) {
            findings.merge(received.finding(), 1, Integer::sum);
            if (received.message() != null) {
                Incident incident = received.message().incident();
                arrived.merge(system + incident.incidentId(), incident.revision(), Math::max);
            }
        }
        listener.onReceived(system, received, System.currentTimeMillis());
    }

    /** Notes a message of dispatch; one that is for a few persons only is not for these systems. */
    synchronized void onMessage(String site, Incident incident) {
        if (incident.notified().isEmpty()) {
            sent.merge(system(site) + incident.incidentId(), incident.revision(), Math::max);
        }
    }

    /** Whether each incident has arrived in its last revision. */
    synchronized boolean haveAll() {
        return missing() == 0;
    }

    private long missing() {
        return sent.entrySet().stream()
                .filter(each -> arrived.getOrDefault(each.getKey(), 0L) < each.getValue())
                .count();
    }

    /** The public key of the notary. */
    Path publicKey() {
        return publicKey;
    }

    /** What arrived, for the summary. */
    synchronized String text(Language language) {
        long messages = findings.values().stream().mapToInt(each -> each).sum();
        return language.format(
                "Recibido por los sistemas de despacho, webhooks firmados: %d mensajes, firma correcta %d,"
                        + " repetidos %d; incidentes en su última versión %d / %d",
                "Received by the dispatch systems, signed webhooks: %d messages, signature right %d,"
                        + " repeated %d; incidents in their last revision %d / %d",
                messages,
                messages - findings.getOrDefault(Finding.FORGED, 0),
                findings.getOrDefault(Finding.REPEATED, 0),
                sent.size() - missing(),
                sent.size());
    }

    @Override
    public void close() {
        bridge.close();
        receivers.forEach(Receiver::close);
        try {
            notary.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        directory.close();
    }
}
