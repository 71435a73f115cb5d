package io.atalaya.bridge;

import io.atalaya.bridge.delivery.DeliveryLoop;
import io.atalaya.bridge.settings.BridgeFile;
import io.atalaya.bridge.settings.BridgeFile.InvalidBridgeFileException;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.apache.kafka.clients.producer.Producer;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A bridge within another process, without metrics. */
public final class RunningBridge implements AutoCloseable {
    private final Producer<byte[], byte[]> results;
    private final List<DeliveryLoop> loops;

    private RunningBridge(Producer<byte[], byte[]> results, List<DeliveryLoop> loops) {
        this.results = results;
        this.loops = loops;
    }

    /**
     * Delivers to all destinations of a file until it is closed.
     *
     * @param client settings of the broker
     */
    public static RunningBridge start(Path file, Map<String, Object> client)
            throws InvalidBridgeFileException {
        Producer<byte[], byte[]> results = BridgeCommand.results(client);
        return new RunningBridge(
                results,
                BridgeCommand.start(
                        client,
                        BridgeCommand.senders(BridgeFile.read(file)),
                        results,
                        new PrometheusRegistry(),
                        Clock.systemUTC()));
    }

    @Override
    public void close() {
        try {
            DeliveryLoop.stop(loops);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        results.close();
    }
}
