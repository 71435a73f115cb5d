package io.atalaya.embedded;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

import java.nio.file.Files;
import java.nio.file.Path;

/** The project's Flink settings, {@code flink-conf/<profile>/config.yaml}. */
public final class FlinkConf {
    /** System property with the directory of the profiles; the scripts set it. */
    public static final String DIRECTORY_PROPERTY = "atalaya.flink-conf";

    private FlinkConf() {}

    /** The profile of tests, demo and replay: one small machine, frequent checkpoints. */
    public static Configuration local() {
        return profile("local");
    }

    /**
     * The named profile, from {@code -Datalaya.flink-conf} or else from {@code flink-conf} in the
     * working directory or a parent, so that a test finds it from its module.
     *
     * @throws IllegalStateException when there is no such profile
     */
    public static Configuration profile(String name) {
        return GlobalConfiguration.loadConfiguration(directory(name).toString());
    }

    private static Path directory(String profile) {
        String set = System.getProperty(DIRECTORY_PROPERTY);
        if (set != null) {
            return require(Path.of(set).resolve(profile));
        }
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            Path candidate = at.resolve("flink-conf").resolve(profile);
            if (Files.exists(candidate.resolve(GlobalConfiguration.FLINK_CONF_FILENAME))) {
                return candidate;
            }
        }
        throw new IllegalStateException(
                "no flink-conf/"
                        + profile
                        + "/config.yaml in "
                        + start
                        + " or above it; set -D"
                        + DIRECTORY_PROPERTY
                        + "=<the project's flink-conf directory>");
    }

    private static Path require(Path directory) {
        Path file = directory.resolve(GlobalConfiguration.FLINK_CONF_FILENAME);
        if (!Files.exists(file)) {
            throw new IllegalStateException(
                    "-D" + DIRECTORY_PROPERTY + ": " + file + " does not exist");
        }
        return directory;
    }
}
