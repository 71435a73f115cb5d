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
import io.atalaya.contracts.topic.Topics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A bridge at work: a thread for each destination. */
public final class RunningBridge implements AutoCloseable {
    private final List<DeliveryLoop> loops = new ArrayList<>();

    /**
     * @param client settings of the broker
     * @param results makes a producer for the results of a destination
     */
    RunningBridge(
            Map<String, Object> client,
            Map<Destination, Sender> senders,
            Supplier<Producer<byte[], byte[]>> results,
            PrometheusRegistry registry) {
        Clock clock = Clock.systemUTC();
        DeliveryMetrics metrics = new DeliveryMetrics(registry, clock);
        senders.forEach(
                (destination, sender) -> {
                    DeliveryLoop loop =
                            new DeliveryLoop(
                                    settings(destination), client, results, sender, metrics, clock);
                    new Thread(loop, "bridge-" + destination.name()).start();
                    loops.add(loop);
                });
    }

    /**
     * Delivers to all destinations of a file until it is closed, without metrics.
     *
     * @param client settings of the broker
     */
    public static RunningBridge start(Path file, Map<String, Object> client)
            throws InvalidBridgeFileException {
        return start(client, senders(BridgeFile.read(file)), new PrometheusRegistry());
    }

    static RunningBridge start(
            Map<String, Object> client,
            Map<Destination, Sender> senders,
            PrometheusRegistry registry) {
        return new RunningBridge(client, senders, () -> results(client), registry);
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

    private static DeliveryLoop.Settings settings(Destination destination) {
        return new DeliveryLoop.Settings(
                destination.name(),
                destination.source(),
                destination.audience(),
                destination.format() == FormatName.CAP,
                new Backlog.Limits(
                        destination.maxInFlight(),
                        destination.maxWaitingMegabytes() * BridgeSettings.BYTES_PER_MEGABYTE,
                        destination.expireAfter(),
                        destination.awaitAudit()));
    }

    /** Writes what became of messages, and dead letters. */
    static Producer<byte[], byte[]> results(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        try {
            DeliveryLoop.stop(loops);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
