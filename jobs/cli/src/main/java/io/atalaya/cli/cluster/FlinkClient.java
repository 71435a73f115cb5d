package io.atalaya.cli.cluster;

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
 * @param directory of the cluster whose {@code conf/} it reads; if there is none, it reads {@code
 *     flink-conf/production}
 */
public record FlinkClient(Installation installation, ClusterDirectory directory) {
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
        builder.environment().put("FLINK_CONF_DIR", conf().toString());
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "starting " + new File(command.get(0)).getName() + " for Flink's client", e);
        }
    }

    private Path conf() {
        return Files.exists(directory.conf())
                ? directory.conf()
                : installation.flinkConf().resolve(FlinkSettings.PROFILE);
    }
}
