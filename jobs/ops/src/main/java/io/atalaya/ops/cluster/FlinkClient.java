package io.atalaya.ops.cluster;

import org.apache.flink.client.cli.CliFrontend;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Flink's own command line, as a distribution's {@code bin/flink} runs it: in a JVM that has Flink
 * and nothing of ours, so that a job's classes come from its jar.
 *
 * @param conf directory of its settings
 */
public record FlinkClient(Installation installation, Path conf) {
    /** For the cluster of that directory, or for any other if none was started there. */
    public static FlinkClient of(Installation installation, ClusterDirectory directory) {
        return Files.exists(directory.conf())
                ? new FlinkClient(installation, directory.conf())
                : elsewhere(installation);
    }

    /**
     * For a cluster of which only the address is known. Settings of another cluster with high
     * availability would not do: Flink's client looks for the JobManager in that one's ZooKeeper,
     * whatever address it is given.
     */
    public static FlinkClient elsewhere(Installation installation) {
        return new FlinkClient(
                installation, installation.flinkConf().resolve(FlinkSettings.PROFILE));
    }

    /**
     * Runs it on this process's streams and returns its exit code.
     *
     * @param arguments as after {@code bin/flink}
     */
    public int run(List<String> arguments) throws InterruptedException {
        List<String> command =
                new ArrayList<>(
                        installation.flinkJava(
                                List.of(
                                        "-Xmx512m",
                                        "-Dfile.encoding=UTF-8",
                                        "-Dlog4j.configurationFile="
                                                + installation
                                                        .flinkConf()
                                                        .resolve("log4j-client.properties")),
                                CliFrontend.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("FLINK_CONF_DIR", conf.toString());
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "starting " + new File(command.get(0)).getName() + " for Flink's client", e);
        }
    }
}
