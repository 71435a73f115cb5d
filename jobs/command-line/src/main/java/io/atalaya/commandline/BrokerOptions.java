package io.atalaya.commandline;

import io.atalaya.kafka.ClientFile;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Options for the address of the broker, and common handling of broker failures. */
public final class BrokerOptions {
    /** A broker without a response within this time counts as unreachable. */
    public static final int ANSWERS_WITHIN_MS = 30_000;

    /** Work with a broker; returns the exit code. */
    @FunctionalInterface
    public interface Work {
        /**
         * @param client settings shared by consumers and producers: servers and security; those of
         *     the file are references to it, which each new client resolves
         */
        int with(Map<String, Object> client) throws InterruptedException;
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--bootstrap-servers",
            defaultValue = "${env:ATALAYA_BOOTSTRAP_SERVERS}",
            paramLabel = "HOST:PORT",
            description = "The brokers; by default what ATALAYA_BOOTSTRAP_SERVERS holds.")
    private String bootstrapServers;

    @Option(
            names = "--kafka-properties",
            defaultValue = "${env:ATALAYA_KAFKA_PROPERTIES}",
            paramLabel = "FILE",
            description =
                    "Kafka client settings, for example for TLS and SASL; by default the file that"
                            + " ATALAYA_KAFKA_PROPERTIES names.")
    private String properties;

    /** Runs the work and converts broker failures into a message and an exit code. */
    public int run(Work work) {
        return run(work, "Nothing was changed: ", "Stopped: a part may be published.");
    }

    /** The same for work that only reads. */
    public int read(Work work) {
        return run(work, "Reading has failed: ", "Stopped.");
    }

    private int run(Work work, String failed, String stopped) {
        Map<String, Object> client = client();
        PrintWriter err = spec.commandLine().getErr();
        try {
            return work.with(client);
        } catch (PublishException e) {
            err.println("Only a part may be published: " + e.getMessage());
            err.println("Run the same command again: it publishes what is missing.");
            return ExitCode.PARTLY_PUBLISHED;
        } catch (KafkaException e) {
            err.println(
                    failed + describe(e, client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)));
            return ExitCode.NOTHING_DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            err.println(stopped);
            return ExitCode.PARTLY_PUBLISHED;
        }
    }

    /** Describes a failure of the broker with its chain of causes. */
    public static String describe(KafkaException e, Object bootstrapServers) {
        StringBuilder text =
                new StringBuilder("no use of the broker at ")
                        .append(bootstrapServers)
                        .append(": ")
                        .append(e.getMessage());
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (!text.toString().endsWith(String.valueOf(cause.getMessage()))) {
                text.append("\n  because: ").append(cause.getMessage());
            }
        }
        return text.toString();
    }

    private Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>();
        client.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWERS_WITHIN_MS);
        if (properties != null && !properties.isBlank()) {
            ClientFile file = read(properties);
            List<String> faults = file.faults(Set.of());
            if (!faults.isEmpty()) {
                throw wrong("--kafka-properties: " + String.join("\n--kafka-properties: ", faults));
            }
            // So that a process that runs for long logs in again with a password changed meanwhile.
            file.references().forEach((key, value) -> client.put((String) key, value));
            String servers = file.values().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
            if (servers != null) {
                // Messages name it.
                client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
            }
        }
        if (bootstrapServers != null && !bootstrapServers.isBlank()) {
            client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        }
        if (!client.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            throw wrong(
                    "--bootstrap-servers: got nothing, expected HOST:PORT here, in"
                            + " ATALAYA_BOOTSTRAP_SERVERS or as bootstrap.servers in"
                            + " --kafka-properties");
        }
        return client;
    }

    private ClientFile read(String name) {
        try {
            return ClientFile.named(name);
        } catch (IllegalArgumentException e) {
            throw wrong(
                    "--kafka-properties: got '"
                            + name
                            + "', expected a readable properties file ("
                            + e.getMessage()
                            + ")");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
