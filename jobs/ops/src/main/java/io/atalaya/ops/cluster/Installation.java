package io.atalaya.ops.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Locations of the files of a cluster in the built project.
 *
 * @param home the project's directory
 */
public record Installation(Path home) {
    /** System property with the project's directory; the scripts set it. */
    public static final String HOME_PROPERTY = "atalaya.home";

    /**
     * The installation from which this command was started.
     *
     * @throws ClusterException if the command was not started by a script
     */
    public static Installation current() {
        String home = System.getProperty(HOME_PROPERTY);
        if (home == null) {
            throw new ClusterException(
                    "-D" + HOME_PROPERTY + ": got nothing, expected the project's directory");
        }
        return new Installation(Path.of(home).toAbsolutePath().normalize());
    }

    /** Flink's settings by profile, and the log settings. */
    public Path flinkConf() {
        return home.resolve("flink-conf");
    }

    /** The job's jar for {@code flink run}. */
    public Path jobJar(String job) {
        return require(home.resolve("jobs").resolve(job).resolve("target").resolve(job + ".jar"));
    }

    /** The command line of a JVM with Flink's classes only. */
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
