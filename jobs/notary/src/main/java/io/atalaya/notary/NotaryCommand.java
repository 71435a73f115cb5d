package io.atalaya.notary;

import io.atalaya.commandline.BrokerOptions;
import io.atalaya.commandline.ExitCode;
import io.atalaya.commandline.MetricsOption;
import io.atalaya.commandline.MissingTopics;
import io.atalaya.contracts.topic.Account;
import io.atalaya.notary.chain.HeadKeys;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code scripts/notary}: records what was sent until it is stopped. */
@Command(
        name = "notary",
        sortOptions = false,
        description = {
            "Records what was sent to sites and other systems, decided, answered and looked up.",
            "docs/audit.md describes the topics and the keys. A second process stands by.",
        },
        exitCodeList = {
            "0:stopped",
            "1:ended by an error of Java or of this program",
            "2:wrong arguments, or a fault in a file"
        })
final class NotaryCommand implements Callable<Integer> {
    /** A broker of the other site that does not answer delays the audit by so much a minute. */
    private static final int COPY_BLOCKS_MS = 1_000;

    @Spec private CommandSpec spec;

    @Option(
            names = "--key-file",
            required = true,
            paramLabel = "FILE",
            description = "The private Ed25519 key that signs the heads, in PEM.")
    private Path keyFile;

    @Option(
            names = "--name",
            defaultValue = NotaryLoop.NAME,
            description = "The name in the heads. Default: ${DEFAULT-VALUE}.")
    private String name;

    @Option(
            names = "--heads-every",
            defaultValue = "PT1M",
            paramLabel = "TIME",
            description = "How often the heads are signed. Default: ${DEFAULT-VALUE}.")
    private Duration headsEvery;

    @Option(
            names = "--copy-to",
            paramLabel = "FILE",
            description =
                    "Kafka client settings of the other site's broker, with bootstrap.servers: its"
                            + " topic audit-heads gets the heads, too.")
    private String copyTo;

    @Mixin private BrokerOptions broker;

    @Mixin private MetricsOption metrics;

    @Override
    public Integer call() {
        PrivateKey key;
        Producer<byte[], byte[]> copy;
        try {
            key = HeadKeys.privateKey(keyFile);
            copy = copyTo == null ? null : copy(OtherSite.client(copyTo));
        } catch (IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.NOTHING_DONE;
        }
        PrometheusRegistry registry = new PrometheusRegistry();
        metrics.serve(registry);
        Clock clock = Clock.systemUTC();
        try (copy) {
            return broker.run(
                    client ->
                            audit(
                                    new NotaryLoop(
                                            new NotaryLoop.Settings(name, key, headsEvery),
                                            client,
                                            copy,
                                            new NotaryMetrics(registry, clock),
                                            clock),
                                    client));
        }
    }

    static Producer<byte[], byte[]> copy(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, COPY_BLOCKS_MS);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private int audit(NotaryLoop loop, Map<String, Object> client) throws InterruptedException {
        MissingTopics.create(client, Account.NOTARY);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(loop), "notary-stop"));
        spec.commandLine().getOut().println("Recording.");
        loop.run();
        return ExitCode.OK;
    }

    private static void stop(NotaryLoop loop) {
        try {
            loop.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
