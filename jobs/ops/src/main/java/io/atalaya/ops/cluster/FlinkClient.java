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
 * Runs Flink's command line, like a distribution's {@code bin/flink}: in a JVM with Flink's classes
 * only, so that a job's classes come from its jar.
 *
 * @param conf directory of its settings
 */
public record FlinkClient(Installation installation, Path conf) {
    /**
     * For the cluster in the given directory, or for any other cluster if none was started there.
     */
    public static FlinkClient of(Installation installation, ClusterDirectory directory) {
        return Files.exists(directory.conf())
                ? new FlinkClient(installation, directory.conf())
                : elsewhere(installation);
    }

    /**
     * For a cluster of which only the address is known. It does not use the settings of a
     * high-availability cluster, because with them Flink's client looks up the JobManager in that
     * cluster's ZooKeeper and ignores a given address.
     */
    public static FlinkClient elsewhere(Installation installation) {
        return new FlinkClient(
                installation, installation.flinkConf().resolve(FlinkSettings.PROFILE));
    }

    /**
     * Runs with this process's streams and returns the exit code.
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
                                        // A job may read a directory of the installation.
                                        "-D"
                                                + Installation.HOME_PROPERTY
                                                + "="
                                                + installation.home(),
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
