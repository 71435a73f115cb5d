package io.atalaya.ops.cluster;

import io.atalaya.bridge.receiver.Receiver;
import io.atalaya.bridge.receiver.Receiver.Finding;
import io.atalaya.bridge.receiver.Receiver.Received;
import io.atalaya.bridge.receiver.WebhookVerifier;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.notary.Notary;
import io.atalaya.ops.broker.TopicScan;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.atalaya.ops.cluster.StartedCluster.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The far ends of the bridge, one for each site, and what must hold of all that dispatch sends: its
 * last revisions arrive, and the audit has each message once.
 */
final class DispatchedIncidents implements AutoCloseable {
    private static final Pattern WHOLE = Pattern.compile("Whole: (\\d+) records");

    /** Each time all topics are read. */
    private static final Duration READING_PAUSE = Duration.ofSeconds(1);

    private final List<Receiver> receivers = new ArrayList<>();
    private final Path bridgeFile;

    /** By site and incident. */
    private final Map<String, Long> newest = new ConcurrentHashMap<>();

    private final Map<Finding, Integer> findings = new ConcurrentHashMap<>();

    /**
     * Starts the far ends and writes the bridge's file.
     *
     * @param directory of the file
     */
    DispatchedIncidents(Path directory) throws IOException {
        Path secret =
                Files.writeString(
                        directory.resolve("cad.secret"),
                        "whsec_"
                                + Base64.getEncoder()
                                        .encodeToString(
                                                "a secret of the tests only".getBytes(UTF_8)));
        StringBuilder file =
                new StringBuilder("sender: c5.example\nallow: [127.0.0.0/8]\ndestinations:\n");
        for (String site : Topics.QUEUES.keySet()) {
            Receiver receiver =
                    Receiver.start(
                            0,
                            WebhookVerifier.read(secret),
                            Duration.ofHours(1),
                            Duration.ZERO,
                            Clock.systemUTC(),
                            received -> onReceived(site, received));
            receivers.add(receiver);
            file.append(
                    "  - {name: cad-%s, site: %s, webhook: {url: 'http://127.0.0.1:%d/', secretFile: %s}}%n"
                            .formatted(site.toLowerCase(), site, receiver.port(), secret));
        }
        bridgeFile = Files.writeString(directory.resolve("bridge.yaml"), file);
    }

    Path bridgeFile() {
        return bridgeFile;
    }

    private void onReceived(String site, Received received) {
        findings.merge(received.finding(), 1, Integer::sum);
        if (received.message() != null) {
            Incident incident = received.message().incident();
            newest.merge(site + incident.incidentId(), incident.revision(), Math::max);
        }
    }

    /** Waits until each incident has arrived in its last revision and all is in the audit. */
    void requireAllArrivedAndAudited(StartedCluster cluster) throws Exception {
        String bootstrapServers = cluster.description().bootstrapServers();
        await(
                "each incident in its last revision",
                READING_PAUSE,
                () -> haveArrived(bootstrapServers));
        assertThat(findings)
                .containsKey(Finding.NEW)
                .doesNotContainKeys(
                        Finding.FORGED, Finding.UNREADABLE, Finding.OLDER, Finding.EXPIRED);
        // It signs what it has not signed yet, before the next one begins.
        cluster.mark(ClusterProcesses.NOTARY).process().orElseThrow().destroy();
        AtomicReference<Matcher> whole = new AtomicReference<>();
        await(
                "a whole audit of all",
                READING_PAUSE,
                () -> {
                    whole.set(WHOLE.matcher(audit(cluster)));
                    return whole.get().lookingAt();
                });
        System.out.printf(
                "%d incidents arrived, %s; %s records in the audit%n",
                newest.size(), findings, whole.get().group(1));
    }

    private boolean haveArrived(String bootstrapServers) {
        Map<String, Long> sent = new HashMap<>();
        Topics.QUEUES.forEach(
                (site, topic) ->
                        TopicScan.of(
                                Map.of("bootstrap.servers", bootstrapServers),
                                topic,
                                record -> {
                                    Incident incident = incident(record.value());
                                    if (incident.notified().isEmpty()) {
                                        sent.merge(
                                                site + incident.incidentId(),
                                                incident.revision(),
                                                Math::max);
                                    }
                                }));
        return sent.size() > 10 && newest.equals(sent);
    }

    private static Incident incident(byte[] message) {
        try {
            return DispatchMessage.CODEC.read(message).incident();
        } catch (InvalidRecordException e) {
            throw new AssertionError("dispatch wrote a message that cannot be read", e);
        }
    }

    private static String audit(StartedCluster cluster) {
        StringWriter out = new StringWriter();
        CommandLine audit = Notary.commandLine();
        audit.setOut(new PrintWriter(out));
        audit.setErr(new PrintWriter(out));
        audit.execute(
                "audit",
                "verify",
                "--sent",
                "--key-file",
                cluster.directory().notaryPublicKey().toString(),
                "--bootstrap-servers",
                cluster.description().bootstrapServers());
        return out.toString();
    }

    @Override
    public void close() {
        receivers.forEach(Receiver::close);
    }
}
