package io.atalaya.ops.cluster;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Parameters with which a cluster was started.
 *
 * @param taskManagers number of processes
 * @param webPort web UI and REST interface
 * @param rpcPort JobManager port for TaskManagers
 * @param metricsPort JobManager metrics; TaskManager n uses {@code metricsPort + n}, notary and
 *     bridge the next two
 * @param zookeeperPort ZooKeeper, which stores the running jobs and the leading JobManager
 * @param kafkaPort the cluster's own broker, whose controller uses the next port; 0 without a
 *     broker
 * @param bootstrapServers default broker of the jobs
 * @param notaryKey private key of the notary, or null without a notary
 * @param bridgeFile destinations of the bridge, or null without a bridge
 */
public record ClusterDescription(
        int taskManagers,
        int webPort,
        int rpcPort,
        int metricsPort,
        int zookeeperPort,
        int kafkaPort,
        String bootstrapServers,
        Path notaryKey,
        Path bridgeFile) {
    /**
     * The only address on which processes listen, except for metrics, whose reporter has no address
     * setting.
     */
    public static final String HOST = "localhost";

    public boolean hasBroker() {
        return kafkaPort != 0;
    }

    int controllerPort() {
        return kafkaPort + 1;
    }

    int metricsPort(int taskManager) {
        return metricsPort + taskManager;
    }

    int lastMetricsPort() {
        if (bridgeFile != null) {
            return bridgeMetricsPort();
        }
        return notaryKey == null ? metricsPort(taskManagers) : notaryMetricsPort();
    }

    int notaryMetricsPort() {
        return metricsPort(taskManagers + 1);
    }

    int bridgeMetricsPort() {
        return metricsPort(taskManagers + 2);
    }

    /** All ports that must be free, with the option that sets each. */
    Map<Integer, String> ports() {
        Map<Integer, String> ports = new LinkedHashMap<>();
        ports.put(webPort, "--web-port");
        ports.put(rpcPort, "--rpc-port");
        for (int each = 0; each <= taskManagers; each++) {
            ports.put(metricsPort(each), metricsOption(each));
        }
        if (notaryKey != null) {
            ports.put(notaryMetricsPort(), metricsOption(taskManagers + 1));
        }
        if (bridgeFile != null) {
            ports.put(bridgeMetricsPort(), metricsOption(taskManagers + 2));
        }
        ports.put(zookeeperPort, "--zookeeper-port");
        if (hasBroker()) {
            ports.put(kafkaPort, "--kafka-port");
            ports.put(controllerPort(), "--kafka-port + 1");
        }
        return ports;
    }

    private static String metricsOption(int after) {
        return "--metrics-port" + (after == 0 ? "" : " + " + after);
    }

    void write(Path file) {
        Properties properties = new Properties();
        properties.setProperty("task-managers", String.valueOf(taskManagers));
        properties.setProperty("web-port", String.valueOf(webPort));
        properties.setProperty("rpc-port", String.valueOf(rpcPort));
        properties.setProperty("metrics-port", String.valueOf(metricsPort));
        properties.setProperty("zookeeper-port", String.valueOf(zookeeperPort));
        properties.setProperty("kafka-port", String.valueOf(kafkaPort));
        properties.setProperty("bootstrap-servers", bootstrapServers);
        if (notaryKey != null) {
            properties.setProperty("notary-key", notaryKey.toString());
        }
        if (bridgeFile != null) {
            properties.setProperty("bridge", bridgeFile.toString());
        }
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, "Written by scripts/cluster start");
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }

    /**
     * The cluster in the given directory.
     *
     * @throws ClusterException if no cluster was started there
     */
    public static ClusterDescription of(ClusterDirectory directory) {
        Path file = directory.description();
        if (!Files.exists(file)) {
            throw new ClusterException(
                    "no cluster in " + directory.root() + "; scripts/cluster start makes one");
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
        return new ClusterDescription(
                number(file, properties, "task-managers"),
                number(file, properties, "web-port"),
                number(file, properties, "rpc-port"),
                number(file, properties, "metrics-port"),
                number(file, properties, "zookeeper-port"),
                number(file, properties, "kafka-port"),
                properties.getProperty("bootstrap-servers"),
                path(properties, "notary-key"),
                path(properties, "bridge"));
    }

    private static Path path(Properties properties, String key) {
        String value = properties.getProperty(key);
        return value == null ? null : Path.of(value);
    }

    private static int number(Path file, Properties properties, String key) {
        String value = properties.getProperty(key);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new ClusterException(
                    file + ": " + key + ": got '" + value + "', expected a whole number", e);
        }
    }
}
