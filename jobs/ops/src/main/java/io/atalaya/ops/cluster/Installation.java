package io.atalaya.ops.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the built project keeps what a cluster is made of.
 *
 * @param home the project's directory
 */
public record Installation(Path home) {
    /** System property that names the project's directory; scripts set it. */
    public static final String HOME_PROPERTY = "atalaya.home";

    /**
     * The one that this command was started from.
     *
     * @throws ClusterException if it was not started by a script
     */
    public static Installation current() {
        String home = System.getProperty(HOME_PROPERTY);
        if (home == null) {
            throw new ClusterException(
                    "-D" + HOME_PROPERTY + ": got nothing, expected the project's directory");
        }
        return new Installation(Path.of(home).toAbsolutePath().normalize());
    }

    /** Flink's settings, by profile, and those of the logs. */
    public Path flinkConf() {
        return home.resolve("flink-conf");
    }

    /** What {@code flink run} takes. */
    public Path jobJar(String job) {
        return require(home.resolve("jobs").resolve(job).resolve("target").resolve(job + ".jar"));
    }

    /** The command line of a JVM with Flink and none of our classes. */
    List<String> flinkJava(List<String> options, String mainClass) {
        Path lib = require(home.resolve("jobs/flink-lib/target/lib"));
        return java(options, lib + "/*", mainClass);
    }

    /** The command line of a JVM with this command's classes. */
    List<String> ownJava(List<String> options, String mainClass) {
        return java(options, System.getProperty("java.class.path"), mainClass);
    }

    private List<String> java(List<String> options, String classPath, String mainClass) {
        return Stream.of(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "@" + require(home.resolve("jobs/command-line/target/opens.args"))),
                        options.stream(),
                        Stream.of("-cp", classPath, mainClass))
                .flatMap(each -> each)
                .toList();
    }

    private static Path require(Path built) {
        if (!Files.exists(built)) {
            throw new ClusterException(built + " is missing; scripts/build --force makes it");
        }
        return built;
    }
}
