package io.atalaya.ops.cluster;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Option for the cluster's directory; each cluster on a machine has its own. */
public final class DirectoryOption {
    private static final String DEFAULT = ".cluster";

    @Option(
            names = "--dir",
            defaultValue = "${env:ATALAYA_CLUSTER_DIR}",
            paramLabel = "DIR",
            description =
                    "The cluster's directory: settings, logs, broker, checkpoints, savepoints; by default"
                            + " what ATALAYA_CLUSTER_DIR holds, else .cluster in the project.")
    private Path directory;

    /** Absolute path, whether or not it contains a cluster. */
    public ClusterDirectory get() {
        Path chosen =
                directory == null || directory.toString().isBlank()
                        ? Installation.current().home().resolve(DEFAULT)
                        : directory;
        return new ClusterDirectory(chosen.toAbsolutePath().normalize());
    }
}
