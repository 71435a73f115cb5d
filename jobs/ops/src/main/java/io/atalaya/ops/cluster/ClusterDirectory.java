package io.atalaya.ops.cluster;

import org.apache.flink.util.FileUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory with all files of a cluster.
 *
 * @param root absolute path
 */
public record ClusterDirectory(Path root) {
    /** The parameters of the cluster, written when it starts. */
    Path description() {
        return root.resolve("cluster.properties");
    }

    /** Flink's {@code conf/}, also used by its client. */
    public Path conf() {
        return root.resolve("conf");
    }

    Path logs() {
        return root.resolve("logs");
    }

    /** Log file of a process. */
    Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** Standard output and errors of a process, which include failures before logging works. */
    Path out(String process) {
        return logs().resolve(process + ".out");
    }

    Path pids() {
        return root.resolve("pids");
    }

    Path tmp(String process) {
        return root.resolve("tmp").resolve(process);
    }

    /** Empties the directory, because the next process cannot use the files of a killed one. */
    void emptyTmp(String process) {
        try {
            FileUtils.deleteDirectoryQuietly(tmp(process).toFile());
            Files.createDirectories(tmp(process));
        } catch (IOException e) {
            throw new UncheckedIOException("emptying " + tmp(process), e);
        }
    }

    /** Private key of the notary, made at the first start. */
    Path notaryKey() {
        return root.resolve("notary.key");
    }

    /** Public key for those who check the audit. */
    Path notaryPublicKey() {
        return root.resolve("notary.pub");
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    /** ZooKeeper's data: the running jobs, and references to the rest of their metadata. */
    Path zookeeper() {
        return root.resolve("zookeeper");
    }

    /** The files that ZooKeeper refers to: job graphs, jars and checkpoint locations. */
    Path highAvailability() {
        return root.resolve("ha");
    }

    Path checkpoints() {
        return root.resolve("checkpoints");
    }

    Path savepoints() {
        return root.resolve("savepoints");
    }

    void create() {
        try {
            for (Path each :
                    new Path[] {root, conf(), logs(), pids(), checkpoints(), savepoints()}) {
                Files.createDirectories(each);
            }
            // Topics, checkpoints and the notary's key are below it.
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("creating the cluster's directory " + root, e);
        }
    }
}
