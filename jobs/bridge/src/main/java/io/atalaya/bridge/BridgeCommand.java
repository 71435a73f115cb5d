package io.atalaya.bridge;

import io.atalaya.bridge.amqp.AmqpSender;
import io.atalaya.bridge.delivery.Backlog;
import io.atalaya.bridge.delivery.DeliveryLoop;
import io.atalaya.bridge.delivery.DeliveryMetrics;
import io.atalaya.bridge.delivery.Sender;
import io.atalaya.bridge.format.CapFormat;
import io.atalaya.bridge.format.CloudEventFormat;
import io.atalaya.bridge.format.EidoFormat;
import io.atalaya.bridge.format.Format;
import io.atalaya.bridge.settings.AddressRules;
import io.atalaya.bridge.settings.BridgeFile;
import io.atalaya.bridge.settings.BridgeFile.InvalidBridgeFileException;
import io.atalaya.bridge.settings.BridgeSettings;
import io.atalaya.bridge.settings.BridgeSettings.Destination;
import io.atalaya.bridge.settings.BridgeSettings.FormatName;
import io.atalaya.bridge.webhook.WebhookSender;
import io.atalaya.commandline.BrokerOptions;
import io.atalaya.commandline.ExitCode;
import io.atalaya.commandline.MetricsOption;
import io.atalaya.commandline.MissingTopics;
import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.Topics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code scripts/bridge}: delivers incidents to other systems until it is stopped. */
@Command(
        name = "bridge",
        sortOptions = false,
        description = {
            "Delivers the queues of the sites to dispatch systems of others, by webhook or AMQP 1.0.",
            "docs/integration.md describes the file. A secret is read again when its file changes.",
        },
        exitCodeList = {
            "0:stopped, or with --check: no fault",
            "2:wrong arguments, a fault in the file, or no broker",
        })
public final class BridgeCommand implements Callable<Integer> {
    private static final long BYTES_PER_MEGABYTE = 1 << 20;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The destinations, a YAML file.")
    private Path file;

    @Option(
            names = "--check",
            description = "Report all faults of the file and of what it names, and exit.")
    private boolean checks;

    @Mixin private BrokerOptions broker;

    @Mixin private MetricsOption metrics;

    @Override
    public Integer call() {
        Map<Destination, Sender> senders;
        try {
            senders = senders(BridgeFile.read(file));
        } catch (InvalidBridgeFileException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.NOTHING_DONE;
        }
        if (checks) {
            senders.values().forEach(Sender::close);
            spec.commandLine().getOut().println("No fault: " + senders.size() + " destinations.");
            return ExitCode.OK;
        }
        return broker.run(client -> deliver(client, senders));
    }

    /** A sender for each destination. */
    static Map<Destination, Sender> senders(BridgeSettings settings)
            throws InvalidBridgeFileException {
        Map<Destination, Sender> senders = new HashMap<>();
        List<String> faults = new ArrayList<>();
        AddressRules rules = AddressRules.of(settings.allow());
        for (Destination each : settings.destinations()) {
            try {
                senders.put(each, sender(each, format(each, settings.sender()), rules));
            } catch (IOException e) {
                faults.add(each.name() + ": " + e.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            senders.values().forEach(Sender::close);
            throw new InvalidBridgeFileException(faults);
        }
        return senders;
    }

    private static Sender sender(Destination destination, Format format, AddressRules rules)
            throws IOException {
        return destination.webhook() == null
                ? new AmqpSender(destination, format, rules)
                : new WebhookSender(destination, format, rules, Clock.systemUTC());
    }

    private static Format format(Destination destination, String sender) {
        return switch (destination.format()) {
            case CLOUDEVENTS -> new CloudEventFormat();
            case EIDO -> new EidoFormat(sender);
            case CAP -> new CapFormat(sender, destination.expireAfter());
        };
    }

    private int deliver(Map<String, Object> client, Map<Destination, Sender> senders)
            throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        PrometheusRegistry registry = new PrometheusRegistry();
        metrics.serve(registry);
        MissingTopics.create(client, Account.BRIDGE);
        try (Producer<byte[], byte[]> results = results(client)) {
            List<DeliveryLoop> loops = start(client, senders, results, registry, Clock.systemUTC());
            // Not before: the exit of a start that fails would wait for it without end.
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> stop(stop, stopped), "bridge-stop"));
            spec.commandLine().getOut().println("Delivering to " + names(senders) + ".");
            stop.await();
            DeliveryLoop.stop(loops);
        } finally {
            stopped.countDown();
        }
        return ExitCode.OK;
    }

    private static void stop(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> names(Map<Destination, Sender> senders) {
        return senders.keySet().stream().map(Destination::name).sorted().toList();
    }

    /** Writes what became of messages, and dead letters. */
    static Producer<byte[], byte[]> results(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Starts a thread for each destination. */
    static List<DeliveryLoop> start(
            Map<String, Object> client,
            Map<Destination, Sender> senders,
            Producer<byte[], byte[]> results,
            PrometheusRegistry registry,
            Clock clock) {
        DeliveryMetrics metrics = new DeliveryMetrics(registry, clock);
        List<DeliveryLoop> loops = new ArrayList<>();
        senders.forEach(
                (destination, sender) -> {
                    DeliveryLoop loop =
                            new DeliveryLoop(
                                    new DeliveryLoop.Settings(
                                            destination.name(),
                                            destination.source(),
                                            destination.audience(),
                                            destination.format() == FormatName.CAP,
                                            new Backlog.Limits(
                                                    destination.maxInFlight(),
                                                    destination.maxWaitingMegabytes()
                                                            * BYTES_PER_MEGABYTE,
                                                    destination.expireAfter(),
                                                    destination.awaitAudit())),
                                    client,
                                    results,
                                    sender,
                                    metrics,
                                    clock);
                    new Thread(loop, "bridge-" + destination.name()).start();
                    loops.add(loop);
                });
        return loops;
    }
}
