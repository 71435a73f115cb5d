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
 * A cluster as it was started.
 *
 * @param taskManagers how many processes
 * @param webPort of the web UI and the REST interface
 * @param rpcPort of the JobManager, for TaskManagers
 * @param metricsPort of the JobManager's metrics; TaskManager n has the n-th after it
 * @param zookeeperPort of the ZooKeeper that keeps which jobs run and which JobManager leads
 * @param kafkaPort of the cluster's own broker, whose controller has the next; 0 if it has none
 * @param bootstrapServers of the broker that jobs use unless told otherwise
 */
public record ClusterDescription(
        int taskManagers,
        int webPort,
        int rpcPort,
        int metricsPort,
        int zookeeperPort,
        int kafkaPort,
        String bootstrapServers) {
    /** Every process listens there only, but for the metrics, whose reporter takes no address. */
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

    /** Every port that must be free, with what it is for. */
    Map<Integer, String> ports() {
        Map<Integer, String> ports = new LinkedHashMap<>();
        ports.put(webPort, "--web-port");
        ports.put(rpcPort, "--rpc-port");
        for (int each = 0; each <= taskManagers; each++) {
            ports.put(metricsPort(each), "--metrics-port" + (each == 0 ? "" : " + " + each));
        }
        ports.put(zookeeperPort, "--zookeeper-port");
        if (hasBroker()) {
            ports.put(kafkaPort, "--kafka-port");
            ports.put(controllerPort(), "--kafka-port + 1");
        }
        return ports;
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
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, "Written by scripts/cluster start");
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }

    /**
     * The cluster of that directory.
     *
     * @throws ClusterException if none was ever started there
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
                properties.getProperty("bootstrap-servers"));
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
